//! The pages, and the tabs that lead to them.

use frontdesk_locale::Text;
use frontdesk_protocol::SystemPermission;
use leptos::prelude::*;
use web_sys::wasm_bindgen::JsCast as _;
use web_sys::{Event, KeyboardEvent};

use super::here::Here;
use super::{draw_domains, general, invitations, members, requests, roles};
use crate::json::setting;
use crate::kit::{El, Handle, State, effect, el, id, next_number, part, switch};

/// One of the pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Page {
    General,
    Members,
    Invitations,
    Requests,
    Domains,
    Roles,
}

const ALL: [Page; 6] = [
    Page::General,
    Page::Members,
    Page::Invitations,
    Page::Requests,
    Page::Domains,
    Page::Roles,
];

impl Page {
    fn name(self) -> &'static str {
        match self {
            Self::General => "general",
            Self::Members => "members",
            Self::Invitations => "invitations",
            Self::Requests => "requests",
            Self::Domains => "domains",
            Self::Roles => "roles",
        }
    }

    fn label(self) -> fn(&Text) -> String {
        match self {
            Self::General => Text::organization_profile_general,
            Self::Members => Text::organization_profile_members,
            Self::Invitations => Text::organization_profile_invitations,
            Self::Requests => Text::organization_profile_requests,
            Self::Domains => Text::organization_profile_domains,
            Self::Roles => Text::organization_profile_roles,
        }
    }

    /// What the user's role must allow for the page to be there.
    fn asks(self) -> Option<SystemPermission> {
        match self {
            Self::General => None,
            Self::Members | Self::Roles => Some(SystemPermission::MembershipsRead),
            Self::Invitations | Self::Requests => Some(SystemPermission::MembershipsManage),
            Self::Domains => Some(SystemPermission::DomainsRead),
        }
    }

    /// Whether the settings and the user's role let it be there, followed.
    fn is_there(self, here: Here) -> bool {
        let path = ["organization_settings", "domains", "enabled"];
        let is_on = match self {
            Self::Requests | Self::Domains => setting(here.site, &path) == Some(true),
            Self::General | Self::Members | Self::Invitations | Self::Roles => true,
        };
        is_on && self.asks().is_none_or(|it| here.may(it))
    }

    pub(super) fn draw(self, here: Here) -> AnyView {
        match self {
            Self::General => general::draw(here).into(),
            Self::Members => members::draw(here).into(),
            Self::Invitations => invitations::draw(here).into(),
            Self::Requests => requests::draw(here).into(),
            Self::Domains => draw_domains(here),
            Self::Roles => roles::draw(here).into(),
        }
    }
}

/// The tabs, and the page that is chosen.
pub(super) fn draw(here: Here) -> El {
    let tabs = Tabs {
        here,
        number: next_number(),
        chosen: State::new(Page::General),
        allowed: State::derived(move || {
            let is_there = |page: &Page| page.is_there(here);
            ALL.into_iter().filter(is_there).collect()
        }),
        list: Handle::new(),
    };
    // A role that has just changed may allow less.
    effect(move || {
        if !tabs
            .allowed
            .with(|all| all.contains(&tabs.chosen.get_untracked()))
        {
            tabs.chosen.set(Page::General);
        }
    });
    let page = part("page")
        .attr("role", "tabpanel")
        .attr("id", tabs.id_of("page"))
        .attr_when("aria-labelledby", move || {
            Some(tabs.id_of(tabs.chosen.get().name()))
        })
        .attr_when("data-page", move || {
            Some(tabs.chosen.get().name().to_owned())
        })
        .child(switch(move || {
            let chosen = tabs.chosen.get();
            Some(untrack(|| chosen.draw(here)))
        }));
    el("div")
        .attr("data-pages", "")
        .child_when(move || Some(tabs.draw(&tabs.allowed.get())))
        .child(page)
}

#[derive(Clone, Copy)]
struct Tabs {
    here: Here,
    /// What tells its ids from those of others.
    number: u32,
    chosen: State<Page>,
    allowed: State<Vec<Page>>,
    list: Handle,
}

impl Tabs {
    fn draw(self, allowed: &[Page]) -> El {
        let mut list = part("tabs")
            .keep(self.list)
            .attr("role", "tablist")
            .attr_words("aria-label", Text::organization_profile_pages)
            .on("keydown", move |event| self.key(&event));
        for page in allowed.iter().copied() {
            let is_chosen = move || self.chosen.get() == page;
            let tab = el("button")
                .part("tab")
                .attr("type", "button")
                .attr("role", "tab")
                .attr("id", self.id_of(page.name()))
                .attr("aria-controls", self.id_of("page"))
                .attr("data-tab", page.name())
                .truth("aria-selected", is_chosen)
                .attr_when("tabindex", move || (!is_chosen()).then(|| "-1".to_owned()))
                .on("click", move |_| self.choose(page))
                .say(page.label());
            list = list.child(tab);
        }
        list
    }

    /// Shows a page; the one that is there already stays as it is, with what was typed in it.
    fn choose(self, page: Page) {
        if self.chosen.get_untracked() != page {
            self.chosen.set(page);
        }
    }

    fn id_of(self, name: &str) -> String {
        id(self.number, name, "")
    }

    /// Arrows go to the tab on that side, Home and End to the first and the last (ARIA APG, tabs).
    fn key(self, event: &Event) {
        let Some(key) = event.dyn_ref::<KeyboardEvent>().map(KeyboardEvent::key) else {
            return;
        };
        let is_from_right = self
            .here
            .site
            .text
            .with_untracked(|text| text.direction() == "rtl");
        let allowed = self.allowed.get_untracked();
        let chosen = self.chosen.get_untracked();
        let here = allowed.iter().position(|page| *page == chosen).unwrap_or(0);
        let count = allowed.len().max(1);
        let next = match (key.as_str(), is_from_right) {
            ("ArrowRight", false) | ("ArrowLeft", true) => here + 1,
            ("ArrowLeft", false) | ("ArrowRight", true) => here + count - 1,
            ("Home", _) => 0,
            ("End", _) => count - 1,
            _ => return,
        };
        event.prevent_default();
        if let Some(page) = allowed.get(next % count) {
            self.choose(*page);
            self.list
                .focus_in(&["[data-tab=", page.name(), "]"].concat());
        }
    }
}
