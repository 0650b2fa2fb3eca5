//! Elements as one type, whatever their tag, attributes and children.
//!
//! Every element of `view!` is a type of its own, and a browser would download code for each of them.
//! Here all of them share one, so that the whole kit costs what a few of those would.

use std::borrow::Cow;

use leptos::html::custom;
use leptos::prelude::*;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::html::attribute::custom::custom_attribute;
use leptos::tachys::html::directive::directive;
use leptos::tachys::html::event::{Custom, on};
use leptos::tachys::html::property::prop;
use leptos::tachys::view::iterators::StaticVec;
use web_sys::{Element, Event};

use crate::kit::fresh::Fresh;
use crate::kit::{Handle, Words};
use crate::provider::use_site;

type Attributes = Vec<AnyAttribute>;

/// An element under construction; it becomes a view by `.into()`.
pub struct El {
    tag: &'static str,
    attributes: Attributes,
    children: Vec<AnyView>,
}

/// An element with this tag.
pub fn el(tag: &'static str) -> El {
    El {
        tag,
        attributes: Vec::new(),
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
        self.push(fixed(name, value.into()))
    }

    /// An attribute that follows signals; absent for `None`.
    #[must_use]
    pub fn attr_when(
        self,
        name: &'static str,
        value: impl Fn() -> Option<String> + Send + 'static,
    ) -> Self {
        self.push(following(name, Box::new(value)))
    }

    /// An attribute without a value that is there while `is` holds.
    #[must_use]
    pub fn flag(self, name: &'static str, is: impl Fn() -> bool + Send + 'static) -> Self {
        self.attr_when(name, move || is().then(String::new))
    }

    /// An attribute that says `true` or `false`.
    #[must_use]
    pub fn truth(self, name: &'static str, is: impl Fn() -> bool + Send + 'static) -> Self {
        self.attr_when(name, move || Some(is().to_string()))
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
    pub fn value(self, value: RwSignal<String>) -> Self {
        let read: Box<dyn FnMut() -> String + Send> = Box::new(move || value.get());
        self.push(prop("value", read).into_any_attr())
    }

    /// Runs `handler` on each event `name`.
    #[must_use]
    pub fn on(self, name: &'static str, handler: impl FnMut(Event) + 'static) -> Self {
        self.push(listening(name, Box::new(handler)))
    }

    /// Lets `handle` reach the element.
    #[must_use]
    pub fn keep(self, handle: Handle) -> Self {
        let keep: fn(Element, Handle) = |element, handle| handle.set(element);
        self.push(directive(keep, handle).into_any_attr())
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
        self.child(following_text(Box::new(text)))
    }

    fn push(mut self, attribute: AnyAttribute) -> Self {
        self.attributes.push(attribute);
        self
    }
}

impl From<El> for AnyView {
    fn from(el: El) -> Self {
        // Only these have no end tag, and are typed by Leptos.
        match el.tag {
            "input" => leptos::html::input().add_any_attr(el.attributes).into_any(),
            "img" => leptos::html::img().add_any_attr(el.attributes).into_any(),
            tag => custom(tag)
                .add_any_attr(el.attributes)
                .child(StaticVec::from(el.children))
                .into_any(),
        }
    }
}

/// A view that is made anew whenever a signal that `make` reads changes; nothing for `None`.
///
/// What `make` creates ends with the view; it must not start work that a signal it reads would start again.
pub fn switch(make: impl Fn() -> Option<AnyView> + Send + 'static) -> AnyView {
    let make: Box<dyn FnMut() -> Fresh + Send> =
        Box::new(move || Fresh(make().unwrap_or_else(|| ().into_any())));
    make.into_any()
}

/// A sentence in the language of the moment.
pub fn say(words: impl Into<Words>) -> AnyView {
    let words = words.into();
    let text = use_site().text;
    following_text(Box::new(move || text.with(|text| words.say(text))))
}

#[inline(never)]
fn following_text(text: Box<dyn FnMut() -> String + Send>) -> AnyView {
    text.into_any()
}

#[inline(never)]
fn fixed(name: &'static str, value: Cow<'static, str>) -> AnyAttribute {
    custom_attribute(name, value.into_owned()).into_any_attr()
}

#[inline(never)]
fn following(name: &'static str, value: Box<dyn FnMut() -> Option<String> + Send>) -> AnyAttribute {
    custom_attribute(name, value).into_any_attr()
}

#[inline(never)]
fn listening(name: &'static str, handler: Box<dyn FnMut(Event)>) -> AnyAttribute {
    on(Custom::<Event>::new(name), handler).into_any_attr()
}
