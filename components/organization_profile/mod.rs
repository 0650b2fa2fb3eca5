//! The organization: its name, who is in it and who is invited, and what they may do.

mod domains;
mod general;
mod here;
mod invitations;
mod invite;
mod listing;
mod members;
mod pages;
mod proof;
mod requests;
mod roles;
#[cfg(test)]
mod tests;

use std::cell::Cell;

use frontdesk_locale::Text;
use leptos::callback::UnsyncCallback;
use leptos::prelude::*;

use crate::fetched::Part;
use crate::kit::{Handle, Prop, Root, State, card, switch, words};
use crate::provider::use_site;
use crate::standing::for_members;
use here::Here;
pub(crate) use invite::Invite;

thread_local! {
    static CARD: Cell<Option<OrganizationCard>> = const { Cell::new(None) };
    static DOMAINS: Cell<Option<OrganizationDomains>> = const { Cell::new(None) };
}

/// The card with every page.
#[derive(Clone, Copy)]
pub struct OrganizationCard {
    draw: fn(Root, Part<OrganizationDomains>, Option<UnsyncCallback<()>>) -> AnyView,
}

/// The page about domains.
#[derive(Clone, Copy)]
pub struct OrganizationDomains {
    draw: fn(Here) -> AnyView,
}

/// Where the card and its rarest page come from.
#[derive(Clone, Copy)]
pub struct OrganizationCards {
    /// The card.
    pub card: Part<OrganizationCard>,
    /// The page about domains.
    pub domains: Part<OrganizationDomains>,
}

impl OrganizationDomains {
    /// The one there is.
    pub const ALL: Self = Self {
        draw: |here| domains::draw(here).into(),
    };
}

/// Draws the page about domains, as soon as it is there.
fn draw_domains(here: Here) -> AnyView {
    here.domains.draw(&DOMAINS, move |page| (page.draw)(here))
}

impl OrganizationCard {
    /// The one there is.
    pub const ALL: Self = Self { draw: draw_card };
}

impl OrganizationCards {
    /// All is there.
    pub const HERE: Self = Self {
        card: Part::Here(OrganizationCard::ALL),
        domains: Part::Here(OrganizationDomains::ALL),
    };

    /// Draws the card, as soon as it is there.
    pub(crate) fn draw(self, root: Root, on_changed: Option<UnsyncCallback<()>>) -> AnyView {
        let draw = move |card: OrganizationCard| (card.draw)(root, self.domains, on_changed);
        self.card.draw(&CARD, draw)
    }
}

/// Lets a person see the organization that the session is in, and change of it what their role allows.
///
/// Parts: `root`, `card`, `header`, `title`, `subtitle`, `main`, `tabs`, `tab`, `page`, `section`, `section-title`,
/// `table`, `person`, `avatar`, `pager`, `row`, `panel`, `badge`, `form`, `field`, `label`, `input`, `hint`, `error`,
/// `alert`, `submit`, `spinner`, `button`, `link`, `skeleton`. A tab's `data-tab` and a page's `data-page` are
/// `general`, `members`, `invitations`, `requests`, `domains` or `roles`; a section's `data-section` is `profile`,
/// `leave`, `delete`, `invite` or `add-domain`; a button's `data-action` is what it does; a badge's `data-kind` is
/// `you`, `verified` or `unverified`.
#[component]
pub fn OrganizationProfile(
    /// Where people sign in; by default, where the settings say.
    #[prop(into, optional)]
    sign_in_url: Prop,
    /// Where the card comes from.
    #[prop(default = OrganizationCards::HERE)]
    cards: OrganizationCards,
    /// Runs when the person has left the organization, or it is deleted.
    #[prop(into, optional)]
    on_organization_changed: Option<UnsyncCallback<()>>,
) -> impl IntoView {
    let root = Root::new("organization-profile");
    let texts = [
        Text::organization_profile_title,
        Text::organization_profile_signed_out,
    ];
    let cards = for_members(root, texts, sign_in_url, move || {
        cards.draw(root, on_organization_changed)
    });
    AnyView::from(root.draw(cards))
}

/// The card of whichever organization the session is in.
fn draw_card(
    root: Root,
    domains: Part<OrganizationDomains>,
    on_changed: Option<UnsyncCallback<()>>,
) -> AnyView {
    let site = use_site();
    let active = State::derived(move || {
        site.of_client(|client| Some(client.active_membership()?.organization.id.clone()))
    });
    let was_in = State::new(false);
    switch(move || {
        let Some(id) = active.get() else {
            let title = Handle::new();
            // Whoever has just left one is told where that has led.
            if was_in.get_untracked() {
                title.focus_when_drawn();
            }
            let none = card(Text::organization_profile_title).keep(title);
            return Some(none.subtitle(Text::organization_profile_none).into());
        };
        was_in.set(true);
        Some(untrack(|| {
            let here = Here::new(root, id, domains, on_changed);
            let name = words(move |_| here.name());
            card(name)
                .subtitle(Text::organization_profile_subtitle)
                .main(pages::draw(here))
                .into()
        }))
    })
}
