//! Where the cards come from: they are there, or fetched when somebody is first asked.

use std::cell::Cell;

use frontdesk_client::{Failure, Task};
use leptos::task::spawn_local;

use super::{Asking, proof};
use crate::kit::{El, Root, State};

thread_local! {
    static FETCHED: Cell<Option<StepUpCards>> = const { Cell::new(None) };
}

/// The cards that ask for a proof.
#[derive(Clone, Copy)]
pub struct StepUpCards {
    draw: fn(Asking, Root) -> El,
}

/// Where those cards come from.
#[derive(Clone, Copy)]
pub enum StepUp {
    /// They are there.
    Here(StepUpCards),
    /// They are fetched when somebody is first asked; nothing comes where that fails.
    Fetched(fn() -> Task<Option<StepUpCards>>),
}

impl StepUpCards {
    /// All of them.
    pub const ALL: Self = Self { draw: proof::draw };

    pub(super) fn draw(self, asking: Asking, root: Root) -> El {
        (self.draw)(asking, root)
    }
}

impl Asking {
    /// The cards, followed: they come when they are fetched. Where that fails nothing is asked.
    pub(super) fn cards(self) -> Option<StepUpCards> {
        let fetch = match self.step_up {
            StepUp::Here(cards) => return Some(cards),
            StepUp::Fetched(fetch) => fetch,
        };
        let is_here = State::new(FETCHED.get().is_some());
        if !is_here.get() {
            spawn_local(async move {
                match fetch().await {
                    Some(cards) => {
                        FETCHED.set(Some(cards));
                        is_here.set(true);
                    }
                    None => self.answer(Err(Failure::Offline)),
                }
            });
        }
        FETCHED.get()
    }
}
