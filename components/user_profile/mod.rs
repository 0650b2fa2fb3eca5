//! The account: names, addresses, everything that proves who one is, and signing out.

mod address;
mod authenticator;
mod codes;
mod connected;
mod delete;
mod details;
mod devices;
mod disclosure;
mod email_addresses;
mod item;
mod moment;
mod more;
mod name;
mod pages;
mod passkeys;
mod password;
mod phone_numbers;
#[cfg(test)]
mod security_tests;
mod session;
#[cfg(test)]
mod tests;
mod totp;
mod two_step;
mod username;
mod verify;

use frontdesk_locale::Text;
use leptos::prelude::*;

use crate::kit::{Card, El, Finish, Handle, Prop, Root, Words, card, el};
use crate::leaving::Leaving;
use crate::picture::{Whose, picture};
use crate::routing::Routing;
use crate::standing::for_members;
use crate::user_verification::{StepUp, StepUpCards};

pub(crate) use codes::copy_button;
pub use connected::AdditionalOAuthScopes;
pub(crate) use disclosure::{Disclosure, is_escape};
pub(crate) use item::{action, badge};
pub(crate) use moment::day;
pub use more::{ProfileMore, ProfileOthers, ProfileSections};
pub(crate) use name::following;
pub use pages::{ProfilePage, ProfilePages};

/// Lets a person see and change everything about their account.
///
/// Parts: `root`, `card`, `header`, `title`, `subtitle`, `main`, `section`, `section-title`, `row`, `badge`,
/// `nav`, `nav-link`, `page`,
/// `form`, `field`, `label`, `input`, `password-toggle`, `code`, `hint`, `error`, `alert`, `submit`, `spinner`,
/// `resend`, `button`, `link`, `panel`, `countries`, `country`, `avatar`, `cut`, `zoom`, `skeleton`, `dialog`. A page's `data-page`
/// is `account`, `security` or the path of the app's own; a section's `data-section` is `picture`, `name`, `username`,
/// `emails`, `phones`, `connected`, `session`, `password`, `passkeys`, `two-step`, `devices` or `delete`; a button's `data-action` is what it does; a badge's `data-kind` is `primary`, `unverified`,
/// `default` or `this-device`.
#[component]
pub fn UserProfile(
    /// Where it goes on after signing out; by default, where people sign in.
    #[prop(into, optional)]
    after_sign_out_url: Prop,
    /// Where people sign in; by default, where the settings say.
    #[prop(into, optional)]
    sign_in_url: Prop,
    /// Runs when the person has signed out.
    #[prop(into, optional)]
    on_signed_out: Option<Finish>,
    /// How the page's address says which page of the profile it is: `hash` (`#/security`), which it is by default,
    /// `path` (`/user/security`) or `memory`, where it does not.
    #[prop(into, optional)]
    routing: Prop,
    /// The path of the first page, e.g. `/user`, where the address says it by its path.
    #[prop(into, optional)]
    path: Prop,
    /// Pages and links of the app's own, and the order of all.
    #[prop(into, optional)]
    pages: ProfilePages,
    /// What providers are asked for beside what the settings say.
    #[prop(into, optional)]
    additional_oauth_scopes: AdditionalOAuthScopes,
    /// Where the sections come from that most people look at seldom.
    #[prop(default = ProfileSections::HERE)]
    sections: ProfileSections,
    /// Where the cards come from that ask for a proof again.
    #[prop(default = StepUp::Here(StepUpCards::ALL))]
    step_up: StepUp,
) -> impl IntoView {
    let root = Root::new("user-profile");
    let leaving = Leaving::new(after_sign_out_url, sign_in_url, on_signed_out);
    let routing = Routing::new(routing, path);
    let texts = [Text::user_profile_title, Text::user_profile_signed_out];
    let cards = for_members(root, texts, sign_in_url, move || {
        let parts = Parts {
            root,
            leaving,
            sections,
            scopes: additional_oauth_scopes,
        };
        profile(parts, pages, routing).into()
    });
    AnyView::from(root.draw(cards).child(step_up.dialog(root)))
}

/// What the pages are made of.
#[derive(Clone, Copy)]
pub(crate) struct Parts {
    pub(crate) root: Root,
    pub(crate) leaving: Leaving,
    pub(crate) sections: ProfileSections,
    pub(crate) scopes: AdditionalOAuthScopes,
}

/// The card with every page, for whoever is signed in.
pub(crate) fn profile(parts: Parts, pages: ProfilePages, routing: Routing) -> Card {
    card(Text::user_profile_title)
        .subtitle(Text::user_profile_subtitle)
        .main(pages::draw(pages, routing, parts))
}

/// Who somebody is.
fn account(parts: Parts) -> El {
    let root = parts.root;
    el("div")
        .attr("data-sections", "")
        .child(picture(root, Whose::User))
        .child(name::draw(root).unwrap_or_else(nothing))
        .child(username::draw(root).unwrap_or_else(nothing))
        .child(email_addresses::draw(root))
        .child(
            parts
                .sections
                .others(root, parts.scopes)
                .unwrap_or_else(nothing),
        )
        .child(session::draw(parts.leaving))
}

/// What somebody proves that with.
fn security(parts: Parts) -> AnyView {
    parts.sections.security(parts.root)
}

pub(crate) fn section(name: &'static str, title: impl Into<Words>) -> El {
    section_at(Handle::new(), name, title)
}

/// The same with a title that can have the focus, where nothing else is always there.
fn section_at(handle: Handle, name: &'static str, title: impl Into<Words>) -> El {
    let heading = el("h2").part("section-title").attr("tabindex", "-1");
    el("section")
        .part("section")
        .attr("data-section", name)
        .child(heading.keep(handle).say(title))
}

fn nothing() -> AnyView {
    ().into_any()
}

/// A sentence that says what was done; the live region says it aloud.
pub(crate) fn done(words: impl Into<Words>) -> El {
    el("p").part("hint").attr("data-status", "").say(words)
}
