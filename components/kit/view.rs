//! What the kit puts on a page: elements, text, and what is made anew.
//!
//! All three are one view, which does by itself what Leptos would do by a type for each attribute, event
//! and child. It never turns into the next one, but makes room for it: what belongs to an element, such
//! as its focus, would be left with the wrong card. Its listeners and effects end with it.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::html::attribute::{Attribute, AttributeValue};
use leptos::tachys::hydration::Cursor;
use leptos::tachys::renderer::Rndr;
use leptos::tachys::renderer::types::{Element, Node};
use leptos::tachys::view::any_view::AnyViewState;
use leptos::tachys::view::{Position, PositionState};
use web_sys::HtmlInputElement;
use web_sys::wasm_bindgen::JsCast as _;

use crate::kit::element::{El, Fact};
use crate::kit::listener::Listener;

/// Text that follows signals.
pub type Follow<T> = Box<dyn FnMut() -> T + Send>;

/// A view of the kit.
pub enum View {
    /// An element with its attributes and children.
    Element(El),
    /// Text that follows signals.
    Text(Follow<String>),
    /// A view that is made anew whenever a signal that it reads changes.
    Switch(Follow<Option<AnyView>>),
}

/// What is on the page of a view.
pub struct Drawn {
    /// The element, the text, or the mark behind what is made anew.
    node: Node,
    shown: Shown,
    children: Vec<AnyViewState>,
    effects: Vec<RenderEffect<()>>,
    listeners: Vec<Listener>,
}

/// What stands before the mark at the moment.
type Shown = Rc<RefCell<Option<AnyViewState>>>;

impl Drawn {
    fn new(node: Node) -> Self {
        Self {
            node,
            shown: Shown::default(),
            children: Vec::new(),
            effects: Vec::new(),
            listeners: Vec::new(),
        }
    }

    fn element(el: El) -> Self {
        let element = Rndr::create_element(el.tag, None);
        let mut drawn = Self::new(element.clone().into());
        for fact in el.facts {
            match fact {
                Fact::Fixed(name, value) => drop(element.set_attribute(name, &value)),
                Fact::Following(name, value) => {
                    drawn.effects.push(attribute(element.clone(), name, value));
                }
                Fact::Value(value) => drawn.effects.push(typed(element.clone(), value)),
                Fact::On(name, handler) => {
                    let listener = Listener::new(element.clone(), name, handler.take());
                    drawn.listeners.push(listener);
                }
                Fact::Kept(handle) => handle.set(element.clone()),
            }
        }
        for child in el.children {
            let mut child = child.build();
            child.mount(&element, None);
            drawn.children.push(child);
        }
        drawn
    }

    fn text(mut text: Follow<String>) -> Self {
        let node: Node = Rndr::create_text_node("").into();
        let mut drawn = Self::new(node.clone());
        let mut last = String::new();
        drawn.effects.push(follow(Box::new(move || {
            let new = text();
            // A live region would say again what is set again.
            if new != last {
                node.set_node_value(Some(&new));
                last = new;
            }
        })));
        drawn
    }

    fn switch(mut make: Follow<Option<AnyView>>) -> Self {
        let mark: Node = document().create_comment("").into();
        let mut drawn = Self::new(mark.clone());
        let shown = drawn.shown.clone();
        drawn.effects.push(follow(Box::new(move || {
            let mut new = make().map(Render::build);
            if let (Some(new), Some(parent)) = (&mut new, parent(&mark)) {
                new.mount(&parent, Some(&mark));
            }
            let old = shown.replace(new);
            if let Some(mut old) = old {
                old.unmount();
            }
        })));
        drawn
    }
}

impl Drop for Drawn {
    fn drop(&mut self) {
        // The effect that shows it ends only in its own time, and what it shows must read nothing till then.
        drop(self.shown.take());
    }
}

/// An attribute that follows signals.
fn attribute(
    element: Element,
    name: &'static str,
    mut value: Follow<Option<String>>,
) -> RenderEffect<()> {
    let mut last = None;
    follow(Box::new(move || {
        let new = value();
        if new != last {
            drop(match &new {
                Some(value) => element.set_attribute(name, value),
                None => element.remove_attribute(name),
            });
            last = new;
        }
    }))
}

/// The value of an input, which is set again even if it is the same: somebody may have typed meanwhile.
fn typed(element: Element, mut value: Follow<String>) -> RenderEffect<()> {
    let input: HtmlInputElement = element.unchecked_into();
    follow(Box::new(move || input.set_value(&value())))
}

/// Where `node` is, be it an element or the root of a shadow tree.
fn parent(node: &Node) -> Option<Element> {
    Some(node.parent_node()?.unchecked_into())
}

#[inline(never)]
fn follow(mut run: Box<dyn FnMut()>) -> RenderEffect<()> {
    RenderEffect::new(move |_| run())
}

impl Mountable for Drawn {
    fn unmount(&mut self) {
        if let Some(shown) = &mut *self.shown.borrow_mut() {
            shown.unmount();
        }
        Rndr::remove(&self.node);
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        if let Some(shown) = &mut *self.shown.borrow_mut() {
            shown.mount(parent, marker);
        }
        Rndr::insert_node(parent, &self.node, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        if let Some(shown) = &*self.shown.borrow()
            && shown.insert_before_this(child)
        {
            return true;
        }
        parent(&self.node).is_some_and(|parent| child.try_mount(&parent, Some(&self.node)))
    }

    fn elements(&self) -> Vec<Element> {
        match (&*self.shown.borrow(), self.node.dyn_ref::<Element>()) {
            (Some(shown), _) => shown.elements(),
            (None, element) => element.cloned().into_iter().collect(),
        }
    }
}

impl Render for View {
    type State = Drawn;

    fn build(self) -> Drawn {
        match self {
            Self::Element(el) => Drawn::element(el),
            Self::Text(text) => Drawn::text(text),
            Self::Switch(make) => Drawn::switch(make),
        }
    }

    fn rebuild(self, state: &mut Drawn) {
        let mut new = self.build();
        state.insert_before_this(&mut new);
        state.unmount();
        *state = new;
    }
}

impl RenderHtml for View {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(
        self,
        buffer: &mut String,
        position: &mut Position,
        escape: bool,
        mark_branches: bool,
        attributes: Vec<AnyAttribute>,
    ) {
        match self {
            Self::Element(el) => el.write(buffer, position, mark_branches, attributes),
            Self::Text(mut text) => {
                text().to_html_with_buf(buffer, position, escape, mark_branches, attributes);
            }
            Self::Switch(mut make) => {
                if let Some(view) = make() {
                    view.to_html_with_buf(buffer, position, escape, mark_branches, attributes);
                }
                ().to_html_with_buf(buffer, position, escape, mark_branches, Vec::new());
            }
        }
    }

    /// Draws it anew; nothing that a server has written is taken over.
    fn hydrate<const FROM_SERVER: bool>(self, _: &Cursor, _: &PositionState) -> Drawn {
        self.build()
    }

    fn into_owned(self) -> Self {
        self
    }
}

impl AddAnyAttr for View {
    type Output<New: Attribute> = <AnyView as AddAnyAttr>::Output<New>;

    fn add_any_attr<New: Attribute>(self, attribute: New) -> Self::Output<New> {
        self.into_any().add_any_attr(attribute)
    }
}

impl El {
    fn write(
        self,
        buffer: &mut String,
        position: &mut Position,
        mark_branches: bool,
        attributes: Vec<AnyAttribute>,
    ) {
        buffer.push('<');
        buffer.push_str(self.tag);
        for fact in self.facts {
            match fact {
                Fact::Fixed(name, value) => {
                    AttributeValue::to_html(value.into_owned(), name, buffer);
                }
                Fact::Following(name, mut value) => AttributeValue::to_html(value(), name, buffer),
                // An input's text, its listeners and its handle are a browser's.
                Fact::Value(_) | Fact::On(..) | Fact::Kept(_) => {}
            }
        }
        let (mut class, mut style, mut inner) = <(String, String, String)>::default();
        for attribute in attributes {
            attribute.to_html(buffer, &mut class, &mut style, &mut inner);
        }
        buffer.push('>');
        // Only these have no end tag.
        if !matches!(self.tag, "input" | "img") {
            *position = Position::FirstChild;
            for child in self.children {
                child.to_html_with_buf(buffer, position, true, mark_branches, Vec::new());
            }
            buffer.push_str("</");
            buffer.push_str(self.tag);
            buffer.push('>');
        }
        *position = Position::NextChild;
    }
}
