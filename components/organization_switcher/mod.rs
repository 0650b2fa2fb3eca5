//! The organization that one works in, and the way to another one.

mod menu;
mod place;
#[cfg(test)]
mod tests;

use frontdesk_locale::Text;
use leptos::callback::UnsyncCallback;
use leptos::prelude::*;

use crate::create_organization::Creation;
use crate::kit::{Handle, Prop, Root, Target, button, link, part, switch};
use crate::organization_profile::OrganizationCards;
use crate::provider::use_site;
use crate::standing::{Standing, standing};
use menu::{Managing, Menu};
pub(crate) use place::Place;

/// Lets a person switch between their organizations and the personal account, and create another one.
///
/// Parts: `root`, `trigger`, `avatar`, `menu`, `menu-item`, `badge`, `dialog`, `alert`, `button`, `link`,
/// `skeleton`, and those of `OrganizationProfile` and `CreateOrganization`. An item's `data-organization` is the organization's
/// id, empty for the personal account.
#[component]
pub fn OrganizationSwitcher(
    /// Where people sign in; without it, nothing is drawn for those who are signed out.
    #[prop(into, optional)]
    sign_in_url: Prop,
    /// Draws no personal account while it gives something.
    #[prop(into, optional)]
    hide_personal: Prop,
    /// Where the organization's profile is; without it, the profile opens in a dialog.
    #[prop(into, optional)]
    organization_profile_url: Prop,
    /// Where that profile comes from.
    #[prop(default = OrganizationCards::HERE)]
    cards: OrganizationCards,
    /// Set, nothing is asked once a new organization is there.
    #[prop(into, optional)]
    skip_invitation_screen: Prop,
    /// Runs when another organization, or the personal account, is the active one.
    #[prop(into, optional)]
    on_organization_changed: Option<UnsyncCallback<()>>,
) -> impl IntoView {
    let site = use_site();
    let root = Root::new("organization-switcher");
    let profile = Managing {
        url: organization_profile_url,
        target: Target::new(organization_profile_url, false, |config| {
            &config.user_profile_url
        }),
        cards,
    };
    let standing = standing();
    let is_hidden = move || standing.get() == Standing::SignedOut && sign_in_url.get().is_none();
    let content = switch(move || {
        root.enter();
        Some(match standing.get() {
            Standing::Unknown => part("skeleton").attr("aria-hidden", "true").into(),
            Standing::Unreachable => {
                button(Handle::new(), Text::action_try_again, move || site.load()).into()
            }
            Standing::SignedOut => link(Text::action_sign_in, move || {
                sign_in_url.get().unwrap_or_default()
            })
            .into(),
            Standing::SignedIn(_) => untrack(|| {
                let creation = Creation::new(root, skip_invitation_screen, on_organization_changed);
                Menu::new(hide_personal, profile, creation, on_organization_changed).draw()
            }),
        })
    });
    AnyView::from(root.draw(content).flag("hidden", is_hidden))
}
