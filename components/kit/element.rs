//! Elements as one type, whatever their tag, attributes and children.
//!
//! Every element of `view!` is a type of its own, and a browser would download code for each of them.
//! Here all of them share one, so that the whole kit costs what a few of those would.

use std::borrow::Cow;

use leptos::__reexports::send_wrapper::SendWrapper;
use leptos::prelude::*;
use web_sys::Event;

use crate::kit::listener::{Handler, at_home};
use crate::kit::view::{Follow, View};
use crate::kit::{Handle, State, Words};
use crate::provider::use_site;

/// An element under construction; it becomes a view by `.into()`.
pub struct El {
    pub(super) tag: &'static str,
    pub(super) facts: Vec<Fact>,
    pub(super) children: Vec<AnyView>,
}

/// One thing about an element besides its children.
pub enum Fact {
    /// An attribute that stays as it is.
    Fixed(&'static str, Cow<'static, str>),
    /// An attribute that follows signals.
    Following(&'static str, Follow<Option<String>>),
    /// The DOM property `value`.
    Value(Follow<String>),
    /// What runs on an event, in a browser.
    On(&'static str, SendWrapper<Handler>),
    /// Who is told of the element.
    Kept(Handle),
}

/// An element with this tag.
pub fn el(tag: &'static str) -> El {
    El {
        tag,
        facts: Vec::new(),
        children: Vec::new(),
    }
}

/// A `div` that pages can style by `name`.
pub fn part(name: &'static str) -> El {
    el("div").part(name)
}

impl El {
    /// Lets pages style it by `name`, and gives it the classes that the appearance has for that.
    #[must_use]
    pub fn part(self, name: &'static str) -> Self {
        let appearance = use_site().appearance;
        self.attr("part", name)
            .attr_when("class", move || appearance.with(|it| it.classes(name)))
    }

    /// An attribute that stays as it is.
    #[must_use]
    pub fn attr(self, name: &'static str, value: impl Into<Cow<'static, str>>) -> Self {
        self.push(Fact::Fixed(name, value.into()))
    }

    /// An attribute that follows signals; absent for `None`.
    #[must_use]
    pub fn attr_when(
        self,
        name: &'static str,
        value: impl Fn() -> Option<String> + Send + 'static,
    ) -> Self {
        self.push(Fact::Following(name, Box::new(value)))
    }

    /// An attribute without a value that is there while `is` holds.
    #[must_use]
    pub fn flag(self, name: &'static str, is: impl Fn() -> bool + Send + 'static) -> Self {
        self.attr_when(name, move || is().then(String::new))
    }

    /// An attribute that says `true` or `false`.
    #[must_use]
    pub fn truth(self, name: &'static str, is: impl Fn() -> bool + Send + 'static) -> Self {
        self.attr_when(name, move || {
            let word = if is() { "true" } else { "false" };
            Some(word.to_owned())
        })
    }

    /// An attribute that is a sentence in the language of the moment.
    #[must_use]
    pub fn attr_words(self, name: &'static str, words: impl Into<Words>) -> Self {
        let words = words.into();
        let text = use_site().text;
        self.attr_when(name, move || Some(text.with(|text| words.say(text))))
    }

    /// Keeps the DOM property `value` equal to what `value` gives.
    #[must_use]
    pub fn value(self, value: State<String>) -> Self {
        self.push(Fact::Value(Box::new(move || value.get())))
    }

    /// Runs `handler` on each event `name`.
    #[must_use]
    pub fn on(self, name: &'static str, handler: impl FnMut(Event) + 'static) -> Self {
        // Elsewhere nothing happens, and a view may be dropped by another thread than drew it.
        if cfg!(target_arch = "wasm32") {
            let handler = at_home(Box::new(handler));
            self.push(Fact::On(name, SendWrapper::new(handler)))
        } else {
            self
        }
    }

    /// Lets `handle` reach the element.
    #[must_use]
    pub fn keep(self, handle: Handle) -> Self {
        self.push(Fact::Kept(handle))
    }

    /// A child: another element, or any view.
    #[must_use]
    pub fn child(mut self, child: impl Into<AnyView>) -> Self {
        self.children.push(child.into());
        self
    }

    /// A child if there is one.
    #[must_use]
    pub fn maybe(self, child: Option<impl Into<AnyView>>) -> Self {
        match child {
            Some(child) => self.child(child),
            None => self,
        }
    }

    /// A child that is made anew whenever a signal that `make` reads changes.
    #[must_use]
    pub fn child_when(self, make: impl Fn() -> Option<El> + Send + 'static) -> Self {
        self.child(switch(move || make().map(AnyView::from)))
    }

    /// A sentence in the language of the moment.
    #[must_use]
    pub fn say(self, words: impl Into<Words>) -> Self {
        self.child(say(words))
    }

    /// Text that follows signals.
    #[must_use]
    pub fn text(self, text: impl FnMut() -> String + Send + 'static) -> Self {
        self.child(View::Text(Box::new(text)))
    }

    fn push(mut self, fact: Fact) -> Self {
        self.facts.push(fact);
        self
    }
}

impl From<El> for AnyView {
    fn from(el: El) -> Self {
        View::Element(el).into()
    }
}

impl From<View> for AnyView {
    #[inline(never)]
    fn from(view: View) -> Self {
        view.into_any()
    }
}

/// A view that is made anew whenever a signal that `make` reads changes; nothing for `None`.
///
/// What `make` creates ends with the view; it must not start work that a signal it reads would start again.
pub fn switch(make: impl Fn() -> Option<AnyView> + Send + 'static) -> AnyView {
    View::Switch(Box::new(make)).into()
}

/// A sentence in the language of the moment.
pub fn say(words: impl Into<Words>) -> AnyView {
    let words = words.into();
    let text = use_site().text;
    View::Text(Box::new(move || text.with(|text| words.say(text)))).into()
}
