//! Creating an organization, being in it at once, and inviting others.

mod draft;
mod others;
#[cfg(test)]
mod tests;

use frontdesk_locale::Text;
use leptos::callback::{Callable as _, UnsyncCallback};
use leptos::prelude::*;

use crate::kit::{Prop, Root, State, Target, card, link, skeleton, switch};
use crate::standing::{Standing, standing};
pub(crate) use draft::Draft;

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
    let sign_in = Target::new(sign_in_url, false, |config| &config.sign_in_url);
    let standing = standing();
    let made = State::new(None);
    let finish = move || {
        made.set(None);
        if let Some(changed) = on_organization_changed {
            changed.try_run(());
        }
    };
    let cards = switch(move || {
        root.enter();
        Some(match standing.get() {
            Standing::Unknown | Standing::Unreachable => skeleton().into(),
            Standing::SignedOut => card(Text::create_organization_title)
                .subtitle(Text::create_organization_signed_out)
                .main(link(Text::action_sign_in, move || sign_in.url()))
                .into(),
            Standing::SignedIn(_) => match made.get() {
                Some(id) => untrack(|| others::draw(root, id, finish)).into(),
                None => untrack(|| {
                    let done = move |id| {
                        root.announce(Text::status_saved);
                        if skip_invitation_screen.get().is_some() {
                            finish();
                        } else {
                            made.set(Some(id));
                        }
                    };
                    Draft::new(None).draw(done).into()
                }),
            },
        })
    });
    AnyView::from(root.draw(cards))
}
