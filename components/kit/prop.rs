//! A text that an app may give to a component, once or as something to follow.

use std::rc::Rc;

use leptos::prelude::{Get as _, MaybeProp, RwSignal, Signal, untrack};

use crate::kit::State;

/// A text, or something that gives one, or nothing; copies are the same one.
#[derive(Clone, Copy, Default)]
pub struct Prop(Option<State<Give>>);

type Give = Rc<dyn Fn() -> Option<String>>;

impl Prop {
    /// The text of the moment, if there is one.
    pub fn get(self) -> Option<String> {
        // The borrow of the closure ends before it runs, so it may lead back here.
        let give = self.0?.get_untracked();
        give()
    }

    /// The text of the moment, without following it.
    pub fn get_untracked(self) -> Option<String> {
        untrack(|| self.get())
    }
}

#[inline(never)]
fn following(give: Give) -> Prop {
    Prop(Some(State::new(give)))
}

impl<F: Fn() -> Option<String> + 'static> From<F> for Prop {
    fn from(give: F) -> Self {
        following(Rc::new(give))
    }
}

impl From<Option<String>> for Prop {
    fn from(text: Option<String>) -> Self {
        Self::from(move || text.clone())
    }
}

impl From<String> for Prop {
    fn from(text: String) -> Self {
        Self::from(Some(text))
    }
}

impl From<&str> for Prop {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl From<State<String>> for Prop {
    fn from(text: State<String>) -> Self {
        Self::from(move || Some(text.get()))
    }
}

impl From<RwSignal<String>> for Prop {
    fn from(text: RwSignal<String>) -> Self {
        Self::from(move || Some(text.get()))
    }
}

impl From<Signal<String>> for Prop {
    fn from(text: Signal<String>) -> Self {
        Self::from(move || Some(text.get()))
    }
}

impl From<Signal<Option<String>>> for Prop {
    fn from(text: Signal<Option<String>>) -> Self {
        Self::from(move || text.get())
    }
}

impl From<MaybeProp<String>> for Prop {
    fn from(text: MaybeProp<String>) -> Self {
        Self::from(move || text.get())
    }
}
