//! Asking somebody again for a proof of who they are, before something that matters is done.

mod cards;
mod fetched;
mod proof;
#[cfg(test)]
mod tests;

use frontdesk_client as client;
use frontdesk_locale::Text;
use leptos::prelude::*;

use crate::kit::{El, Modal, Root, State, effect, el, skeleton, switch};
use crate::provider::{Site, use_site};

pub use fetched::{StepUp, StepUpCards};

/// Draws nothing until a proof is wanted that no other component on the page asks for, and then a dialog.
///
/// `UserProfile`, `UserButton` and the components of organizations ask by themselves; an app whose own routes
/// want a proof (`with_reverification` of its client) puts this on pages without them.
///
/// Parts: `root`, `dialog`, `button`, `card`, `header`, `title`, `subtitle`, `main`, `alert`, `form`, `field`,
/// `label`, `input`, `password-toggle`, `code`, `hint`, `error`, `submit`, `spinner`, `resend`, `link`, `skeleton`.
/// A card's `data-strategy` is how it proves.
#[component]
pub fn UserVerification(
    /// Where the cards come from, which most people see seldom.
    #[prop(default = StepUp::Here(StepUpCards::ALL))]
    step_up: StepUp,
) -> impl IntoView {
    let root = Root::new("user-verification");
    AnyView::from(root.draw(step_up.dialog(root)))
}

/// The dialog of one component; copies are the same one.
#[derive(Clone, Copy)]
struct Asking {
    site: Site,
    modal: Modal,
    /// What is asked for at the moment.
    asked: State<Option<client::StepUp>>,
    step_up: StepUp,
}

impl StepUp {
    /// The dialog, which opens when a proof is wanted while the component of `root` is to be seen.
    pub fn dialog(self, root: Root) -> El {
        let site = use_site();
        let asking = Asking {
            site,
            modal: Modal::new(),
            asked: State::new(None),
            step_up: self,
        };
        // Stored, so that the listening ends with the owner.
        State::new(site.desk().listen(move || asking.heed(root)));
        effect(move || {
            if !asking.modal.is_open() {
                // Whoever closed it has not proven anything.
                asking.take();
            }
        });
        el("div").attr("class", "fd-user-verification").child(
            asking
                .modal
                .draw(Text::step_up_title, move || asking.content()),
        )
    }
}

impl Asking {
    fn heed(self, root: Root) {
        let is_seen = root.handle.get().is_some_and(|it| it.client_width() > 0);
        if is_seen && let Some(asked) = self.site.desk().claim_step_up() {
            self.modal.open();
            self.asked.set(Some(asked));
        }
    }

    fn content(self) -> El {
        let root = Root::new("user-verification");
        let is_asked = State::derived(move || self.asked.with(Option::is_some));
        root.draw_inside(switch(move || {
            if !is_asked.get() {
                return None;
            }
            let content = match self.cards() {
                Some(cards) => untrack(|| cards.draw(self, root)),
                None => skeleton(),
            };
            Some(content.into())
        }))
    }

    fn take(self) -> Option<client::StepUp> {
        let mut asked = None;
        if self.asked.try_with_untracked(Option::is_some) == Some(true) {
            self.asked.update(|it| asked = it.take());
        }
        asked
    }

    /// Closes the dialog, and lets what waits for it go on.
    fn answer(self, outcome: Result<(), client::Failure>) {
        let asked = self.take();
        self.modal.close();
        if let Some(asked) = asked {
            asked.answer(outcome);
        }
    }
}
