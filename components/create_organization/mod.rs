//! Creating an organization, being in it at once, and inviting others.

mod draft;
mod others;
#[cfg(test)]
mod tests;

use frontdesk_locale::Text;
use frontdesk_protocol::OrganizationId;
use leptos::callback::{Callable as _, UnsyncCallback};
use leptos::prelude::*;

use crate::kit::{Handle, Prop, Root, State, button, switch, when_drawn};
use crate::standing::for_members;
use draft::Draft;

/// Lets a person create an organization, which becomes the active one, and then give it a logo and invite others.
///
/// Parts: `root`, `card`, `header`, `title`, `subtitle`, `main`, `alert`, `section`, `section-title`, `row`, `form`,
/// `field`, `label`, `input`, `hint`, `error`, `submit`, `spinner`, `button`, `avatar`, `cut`, `zoom`, `link`,
/// `skeleton`.
#[component]
pub fn CreateOrganization(
    /// Where people sign in; by default, where the settings say.
    #[prop(into, optional)]
    sign_in_url: Prop,
    /// Set, nothing is asked once the organization is there.
    #[prop(into, optional)]
    skip_invitation_screen: Prop,
    /// Runs when the new organization is the active one, and nothing is asked any more.
    #[prop(into, optional)]
    on_organization_changed: Option<UnsyncCallback<()>>,
) -> impl IntoView {
    let root = Root::new("create-organization");
    let creation = Creation::new(root, skip_invitation_screen, on_organization_changed);
    let texts = [
        Text::create_organization_title,
        Text::create_organization_signed_out,
    ];
    let cards = for_members(root, texts, sign_in_url, move || {
        // Once all is said of one, there is room for another.
        creation.draw(false, move || focus_on_name(root))
    });
    AnyView::from(root.draw(cards))
}

/// Moves the focus to the name of an organization that is about to be, once that is drawn.
pub(crate) fn focus_on_name(root: Root) {
    when_drawn(move || root.handle.focus_in("input[name=name]"));
}

/// An organization that is about to be, and what is asked once it is there; copies are the same one.
///
/// It lasts as long as the owner it is made under, so that what was typed is there again when it is drawn again.
#[derive(Clone, Copy)]
pub(crate) struct Creation {
    root: Root,
    draft: Draft,
    skip: Prop,
    made: State<Option<OrganizationId>>,
    on_organization_changed: Option<UnsyncCallback<()>>,
}

impl Creation {
    /// Nothing yet; with `skip`, nothing is asked once the organization is there.
    pub(crate) fn new(
        root: Root,
        skip: Prop,
        on_organization_changed: Option<UnsyncCallback<()>>,
    ) -> Self {
        Self {
            root,
            draft: Draft::new(),
            skip,
            made: State::new(None),
            on_organization_changed,
        }
    }

    /// Whether one is made just now, or more is asked about it.
    pub(crate) fn is_under_way(self) -> bool {
        self.draft.is_sent() || self.is_made()
    }

    /// Whether there is one, about which more is asked.
    pub(crate) fn is_made(self) -> bool {
        self.made.with(Option::is_some)
    }

    /// The card of the moment; `back` runs at the end, and where somebody wants none after all, which only
    /// `can_cancel` lets them say.
    pub(crate) fn draw(self, can_cancel: bool, back: impl Fn() + Copy + Send + 'static) -> AnyView {
        switch(move || {
            Some(match self.made.get() {
                Some(id) => untrack(|| {
                    // What comes next takes the focus once this is gone.
                    let finish = move || {
                        self.end();
                        back();
                    };
                    others::draw(self.root, id, finish).into()
                }),
                None => untrack(|| {
                    let card = self.draft.draw(move |id| self.made(id, back));
                    if can_cancel {
                        card.main(button(Handle::new(), Text::action_cancel, back))
                    } else {
                        card
                    }
                    .into()
                }),
            })
        })
    }

    /// Asks no more about the organization that was made, and tells the page of it.
    pub(crate) fn end(self) {
        let was_made = self.made.with_untracked(Option::is_some);
        self.made.set(None);
        if was_made {
            self.tell();
        }
    }

    fn made(self, id: OrganizationId, back: impl Fn()) {
        self.root.announce(Text::status_saved);
        // Who has gone elsewhere meanwhile is asked nothing.
        if self.made.is_disposed() {
            return self.tell();
        }
        if self.skip.get_untracked().is_some() {
            back();
            self.tell();
        } else {
            self.made.set(Some(id));
        }
    }

    fn tell(self) {
        if let Some(changed) = self.on_organization_changed {
            changed.try_run(());
        }
    }
}
