//! What a component on a page has to do with, in signals, so that a page can change its mind.

use frontdesk_client::Value;
use frontdesk_components::{Appearance, Finish, Prop, State};
use frontdesk_locale::Text;
use frontdesk_protocol::json::Source as _;
use js_sys::Function;
use leptos::callback::UnsyncCallback;
use wasm_bindgen::JsValue;

use crate::options;

/// What a component on a page has to do with; clones are the same thing.
#[derive(Clone)]
pub(crate) struct Page {
    tell: Function,
    given: State<Value>,
    /// How it looks.
    pub(crate) appearance: State<Appearance>,
    /// In which words it speaks.
    pub(crate) text: State<Text>,
}

impl Page {
    /// A page as its first options say; it ends with the current owner.
    pub(crate) fn new(tell: Function, given: &Value) -> Self {
        Self {
            tell,
            given: State::new(given.clone()),
            appearance: State::new(options::appearance(given)),
            text: State::new(options::text(given)),
        }
    }

    /// Takes other options.
    pub(crate) fn update(&self, given: &Value) {
        self.given.set(given.clone());
        self.appearance.set(options::appearance(given));
        self.text.set(options::text(given));
    }

    /// The option `name` as it is now; empty where it is absent.
    pub(crate) fn text_of(&self, name: &str) -> String {
        let text = self.given.with_untracked(|it| options::member(it, name));
        text.unwrap_or_default()
    }

    /// The option `name`, followed; absent where it is empty.
    pub(crate) fn prop(&self, name: &'static str) -> Prop {
        let given = self.given;
        Prop::from(move || {
            let text = given.with(|it| options::member(it, name));
            text.filter(|text| !text.is_empty())
        })
    }

    /// The items of the option `name`, followed.
    pub(crate) fn list(&self, name: &'static str) -> impl Fn() -> Vec<Value> + 'static {
        let option = self.option(name);
        move || option().and_then(|it| it.items()).unwrap_or_default()
    }

    /// The option `name`, followed.
    pub(crate) fn option(&self, name: &'static str) -> impl Fn() -> Option<Value> + 'static {
        let given = self.given;
        move || given.with(|it| it.member(name))
    }

    /// Whether the option `name` is set, followed: to `true`, or as an attribute to anything but `false`.
    pub(crate) fn flag(&self, name: &'static str) -> Prop {
        let option = self.option(name);
        Prop::from(move || {
            let option = option()?;
            let is_set = option
                .truth()
                .unwrap_or_else(|| option.text().is_some_and(|text| text != "false"));
            is_set.then(String::new)
        })
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
