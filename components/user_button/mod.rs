//! Who is signed in, and under it what they can do about that.

mod items;
mod menu;
mod others;
#[cfg(test)]
mod tests;

use frontdesk_locale::Text;
use leptos::prelude::*;

use crate::kit::{Finish, Handle, Prop, Root, Target, avatar, button, part, switch};
use crate::leaving::Leaving;
use crate::provider::use_site;
use crate::standing::{Standing, standing};
use crate::user_profile::{AdditionalOAuthScopes, ProfilePages, ProfileSections};
use crate::user_verification::{StepUp, StepUpCards};
pub use items::{MenuItem, MenuItems};
use menu::{Menu, Wishes};

/// Shows who is signed in, and lets them manage the account or sign out; draws nothing for anybody else.
///
/// Parts: `root`, `trigger`, `avatar`, `dialog`, `identity`, `alert`, `menu-item`, `spinner`, `button`,
/// `skeleton`, and those of `UserProfile`.
#[component]
pub fn UserButton(
    /// Where it goes on after signing out; by default, where people sign in.
    #[prop(into, optional)]
    after_sign_out_url: Prop,
    /// Where the profile is; without it, the profile opens in a dialog.
    #[prop(into, optional)]
    user_profile_url: Prop,
    /// How the profile opens: `modal` or `navigation`.
    #[prop(into, optional)]
    user_profile_mode: Prop,
    /// Anything but nothing shows the name beside the picture.
    #[prop(into, optional)]
    show_name: Prop,
    /// Items of the app's own in the menu, and the order of all.
    #[prop(into, optional)]
    items: MenuItems,
    /// Pages and links of the app's own in the profile.
    #[prop(into, optional)]
    pages: ProfilePages,
    /// What providers are asked for in the profile beside what the settings say.
    #[prop(into, optional)]
    additional_oauth_scopes: AdditionalOAuthScopes,
    /// Where people sign in.
    #[prop(into, optional)]
    sign_in_url: Prop,
    /// Runs when the person has signed out.
    #[prop(into, optional)]
    on_signed_out: Option<Finish>,
    /// Where the profile's sections come from that most people look at seldom.
    #[prop(default = ProfileSections::HERE)]
    sections: ProfileSections,
    /// Where the cards come from that ask for a proof again.
    #[prop(default = StepUp::Here(StepUpCards::ALL))]
    step_up: StepUp,
) -> impl IntoView {
    let site = use_site();
    let root = Root::new("user-button");
    let leaving = Leaving::new(after_sign_out_url, sign_in_url, on_signed_out);
    let wishes = Wishes {
        root,
        leaving,
        sections,
        scopes: additional_oauth_scopes,
        user_profile_url,
        user_profile_mode,
        sign_in: Target::new(sign_in_url, false, |config| &config.sign_in_url),
        shows_name: show_name,
        items,
        pages,
    };
    let standing = standing();
    let content = switch(move || {
        root.enter();
        match standing.get() {
            Standing::Unknown => {
                let skeleton = part("skeleton").attr("aria-hidden", "true");
                Some(skeleton.child(avatar("", "")).into())
            }
            Standing::Unreachable => {
                let again = button(Handle::new(), Text::action_try_again, move || site.load());
                Some(again.into())
            }
            Standing::SignedOut => None,
            Standing::SignedIn(_) => Some(untrack(|| Menu::new(wishes).draw())),
        }
    });
    let is_hidden = move || standing.get() == Standing::SignedOut;
    let content = root.draw(content).flag("hidden", is_hidden);
    AnyView::from(content.child(step_up.dialog(root)))
}
