//! Creating an organization, and being in it at once.

mod draft;
#[cfg(test)]
mod tests;

use frontdesk_locale::Text;
use leptos::callback::UnsyncCallback;
use leptos::prelude::*;

use crate::kit::{Prop, Root, Target, card, link, skeleton, switch};
use crate::standing::{Standing, standing};
pub(crate) use draft::Draft;

/// Lets a person create an organization; it becomes the active one.
///
/// Parts: `root`, `card`, `header`, `title`, `subtitle`, `main`, `alert`, `form`, `field`, `label`,
/// `input`, `hint`, `error`, `submit`, `spinner`, `link`, `skeleton`.
#[component]
pub fn CreateOrganization(
    /// Where people sign in; by default, where the settings say.
    #[prop(into, optional)]
    sign_in_url: Prop,
    /// Runs when the new organization is the active one.
    #[prop(into, optional)]
    on_organization_changed: Option<UnsyncCallback<()>>,
) -> impl IntoView {
    let root = Root::new("create-organization");
    let sign_in = Target::new(sign_in_url, false, |config| &config.sign_in_url);
    let standing = standing();
    let cards = switch(move || {
        root.enter();
        Some(match standing.get() {
            Standing::Unknown | Standing::Unreachable => skeleton().into(),
            Standing::SignedOut => card(Text::create_organization_title)
                .subtitle(Text::create_organization_signed_out)
                .main(link(Text::action_sign_in, move || sign_in.url()))
                .into(),
            Standing::SignedIn(_) => {
                let done = move || root.announce(Text::status_saved);
                untrack(|| Draft::new(on_organization_changed).draw(done)).into()
            }
        })
    });
    AnyView::from(root.draw(cards))
}
