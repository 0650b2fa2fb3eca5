//! What a component on a page has to do with, in signals, so that a page can change its mind.

use frontdesk_client::Value;
use frontdesk_components::{Appearance, Finish, Prop, State};
use frontdesk_locale::Text;
use js_sys::Function;
use leptos::callback::UnsyncCallback;
use wasm_bindgen::JsValue;

use crate::options;

/// The options that are text.
#[derive(Clone, Copy)]
pub(crate) enum Name {
    SignInUrl,
    SignUpUrl,
    AfterSignInUrl,
    AfterSignUpUrl,
    AfterSignOutUrl,
    UserProfileUrl,
    InitialEmail,
}

/// In the order of [`Name`].
const NAMES: [&str; 7] = [
    "signInUrl",
    "signUpUrl",
    "afterSignInUrl",
    "afterSignUpUrl",
    "afterSignOutUrl",
    "userProfileUrl",
    "initialEmail",
];

/// What a component on a page has to do with; clones are the same thing.
#[derive(Clone)]
pub(crate) struct Page {
    tell: Function,
    texts: [State<String>; NAMES.len()],
    /// How it looks.
    pub(crate) appearance: State<Appearance>,
    /// In which words it speaks.
    pub(crate) text: State<Text>,
}

impl Page {
    /// A page as its first options say; it ends with the current owner.
    pub(crate) fn new(tell: Function, given: &Value) -> Self {
        let page = Self {
            tell,
            texts: NAMES.map(|_| State::new(String::new())),
            appearance: State::new(Appearance::default()),
            text: State::new(Text::english()),
        };
        page.update(given);
        page
    }

    /// Takes other options.
    pub(crate) fn update(&self, given: &Value) {
        for (text, name) in self.texts.iter().zip(NAMES) {
            text.set(options::member(given, name).unwrap_or_default());
        }
        self.appearance.set(options::appearance(given));
        self.text.set(options::text(given));
    }

    /// The option `name` as it is now.
    pub(crate) fn text_of(&self, name: Name) -> String {
        self.texts[name as usize].get_untracked()
    }

    /// The option `name`, followed; absent where it is empty.
    pub(crate) fn prop(&self, name: Name) -> Prop {
        let text = self.texts[name as usize];
        Prop::from(move || Some(text.get()).filter(|text| !text.is_empty()))
    }

    /// Tells the page by the event `kind`; it answers whether it goes on by itself.
    pub(crate) fn news(&self, kind: &'static str) -> Finish {
        let tell = self.tell.clone();
        Finish::from(move |()| {
            let answer = tell.call1(&JsValue::UNDEFINED, &JsValue::from_str(kind));
            answer.is_ok_and(|answer| answer.is_truthy())
        })
    }

    /// The same where it leads nowhere.
    pub(crate) fn bare_news(&self, kind: &'static str) -> UnsyncCallback<()> {
        let news = self.news(kind);
        UnsyncCallback::new(move |()| {
            news.run();
        })
    }
}
