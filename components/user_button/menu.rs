//! The trigger, and the menu that opens at it.

use frontdesk_locale::Text;
use leptos::prelude::*;

use super::items::{self, MenuItems};
use super::others;
use crate::kit::{
    El, Form, Modal, Popover, Prop, Root, State, Target, Words, avatar, el, part, switch,
    when_drawn,
};
use crate::leaving::Leaving;
use crate::provider::{Site, identifier, use_site};
use crate::routing::Routing;
use crate::user_profile::{AdditionalOAuthScopes, Parts, ProfilePages, ProfileSections, profile};

/// What the app says about the button; copies are the same thing.
#[derive(Clone, Copy)]
pub(super) struct Wishes {
    pub(super) root: Root,
    pub(super) leaving: Leaving,
    pub(super) sections: ProfileSections,
    pub(super) scopes: AdditionalOAuthScopes,
    pub(super) user_profile_url: Prop,
    pub(super) user_profile_mode: Prop,
    pub(super) sign_in: Target,
    pub(super) shows_name: Prop,
    pub(super) items: MenuItems,
    pub(super) pages: ProfilePages,
}

/// Everything that opens at the trigger; copies are the same thing.
#[derive(Clone, Copy)]
pub(super) struct Menu {
    site: Site,
    popover: Popover,
    modal: Modal,
    form: Form,
    wishes: Wishes,
    profile: Target,
    person: State<Person>,
}

/// What is shown of the person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Person {
    /// The full name, or else the address, the user name or the number.
    name: String,
    /// The address, or what there is instead, where it is not the name.
    address: Option<String>,
    image_url: String,
}

impl Menu {
    pub(super) fn new(wishes: Wishes) -> Self {
        let site = use_site();
        let url = wishes.user_profile_url;
        Self {
            site,
            popover: Popover::new(),
            modal: Modal::new(),
            form: Form::new(),
            wishes,
            profile: Target::new(url, false, |config| &config.user_profile_url),
            person: State::derived(move || person(site)),
        }
    }

    /// The trigger and what opens at it.
    pub(super) fn draw(self) -> AnyView {
        let name = move || {
            self.wishes.shows_name.get()?;
            let name = self.person.get().name;
            Some(el("span").attr("data-name", "").text(move || name.clone()))
        };
        let trigger = el("button")
            .part("trigger")
            // What is to be seen of it is a part of what it is called (WCAG 2.2 SC 2.5.3).
            .attr_words("aria-label", move |text: &Text| {
                if self.wishes.shows_name.get().is_some() {
                    text.user_button_open_of(&self.person.get().name)
                } else {
                    text.user_button_open()
                }
            })
            .child_when(move || Some(self.picture()))
            .child_when(name);
        (
            AnyView::from(self.popover.trigger(trigger, "dialog")),
            switch(move || {
                let is_open = self.popover.is_open();
                is_open.then(|| untrack(|| self.panel()).into())
            }),
            self.modal.draw(Text::user_profile_title, move || {
                let root = Root::new("user-profile");
                let parts = Parts {
                    root,
                    leaving: self.wishes.leaving,
                    sections: self.wishes.sections,
                    scopes: self.wishes.scopes,
                };
                root.draw_inside(profile(parts, self.wishes.pages, Routing::in_memory()))
            }),
        )
            .into_any()
    }

    pub(super) fn site(self) -> Site {
        self.site
    }

    pub(super) fn form(self) -> Form {
        self.form
    }

    /// Moves the focus to the trigger, which is drawn anew where somebody else is there.
    pub(super) fn focus_anew(self) {
        let root = self.wishes.root;
        when_drawn(move || root.handle.focus_in("[part~=trigger]"));
    }

    /// Where people sign in.
    pub(super) fn sign_in_url(self) -> String {
        self.wishes.sign_in.url()
    }

    /// A button in the menu.
    pub(super) fn item(
        self,
        action: &'static str,
        picture: Option<El>,
        label: impl Into<Words>,
        run: impl Fn() + 'static,
    ) -> El {
        self.form
            .button("menu-item", label, run)
            .attr("data-action", action)
            .maybe(picture)
    }

    fn picture(self) -> El {
        self.person
            .with(|person| avatar(&person.image_url, &person.name))
    }

    fn panel(self) -> El {
        let person = self.person;
        let address = move || {
            let address = person.get().address?;
            let address = el("bdi").text(move || address.clone());
            Some(el("span").child(address))
        };
        let identity = part("identity")
            .child_when(move || Some(self.picture()))
            .child(el("span").child(el("bdi").text(move || person.get().name)))
            .child_when(address);
        let panel = part("dialog")
            .attr("role", "dialog")
            .attr_words("aria-label", Text::user_button_menu)
            .child(identity)
            .child(self.form.alert())
            .child_when(move || Some(items::draw(self.wishes.items, self)))
            .maybe(others::draw(self));
        self.popover.panel(panel)
    }

    /// Moves the focus back into what is open, where a part of it that had it is drawn anew.
    pub(super) fn focus_inside(self) {
        self.popover.enter();
    }

    pub(super) fn close(self) {
        self.popover.close();
    }

    pub(super) fn manage(self) {
        self.popover.close();
        let mode = self.wishes.user_profile_mode.get_untracked();
        let has_url = self.wishes.user_profile_url.get_untracked().is_some();
        let navigates = match mode.as_deref() {
            Some("navigation") => true,
            Some("modal") => false,
            Some(_) | None => has_url,
        };
        if navigates {
            self.profile.reach(None);
        } else {
            self.modal.open();
        }
    }

    /// Signs everybody in this browser out.
    pub(super) fn sign_out_all(self) {
        self.wishes.leaving.leave(self.form);
    }
}

fn person(site: Site) -> Person {
    site.of_client(|client| {
        let session = client.active_session()?;
        let user = &session.user;
        let address = identifier(session);
        let (name, address) = match user.full_name() {
            Some(name) => (name, address),
            None => (address.unwrap_or_default(), None),
        };
        Some(Person {
            name,
            address,
            image_url: user.image_url.clone(),
        })
    })
    .unwrap_or_default()
}
