//! The trigger, and the menu that opens at it.

use frontdesk_locale::Text;
use leptos::prelude::*;

use crate::kit::{El, Form, Modal, Popover, Prop, Root, State, Target, avatar, el, part, switch};
use crate::leaving::Leaving;
use crate::provider::{Site, use_site};
use crate::user_profile::{ProfileSections, profile};

/// Everything that opens at the trigger; copies are the same thing.
#[derive(Clone, Copy)]
pub(super) struct Menu {
    popover: Popover,
    modal: Modal,
    form: Form,
    leaving: Leaving,
    sections: ProfileSections,
    user_profile_url: Prop,
    profile: Target,
    person: State<Person>,
}

/// What is shown of the person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Person {
    /// The full name, or else the address.
    name: String,
    /// The address, where it is not the name.
    address: Option<String>,
    image_url: String,
}

impl Menu {
    pub(super) fn new(leaving: Leaving, user_profile_url: Prop, sections: ProfileSections) -> Self {
        let site = use_site();
        Self {
            popover: Popover::new(),
            modal: Modal::new(),
            form: Form::new(),
            leaving,
            sections,
            user_profile_url,
            profile: Target::new(user_profile_url, false, |config| &config.user_profile_url),
            person: State::derived(move || person(site)),
        }
    }

    /// The trigger and what opens at it.
    pub(super) fn draw(self) -> AnyView {
        let trigger = el("button")
            .part("trigger")
            .attr_words("aria-label", Text::user_button_open)
            .child_when(move || Some(self.picture()));
        (
            AnyView::from(self.popover.trigger(trigger, "dialog")),
            switch(move || self.popover.is_open().then(|| self.panel().into())),
            self.modal.draw(Text::user_profile_title, move || {
                let root = Root::new("user-profile");
                root.draw_inside(profile(root, self.leaving, self.sections))
            }),
        )
            .into_any()
    }

    fn picture(self) -> El {
        self.person
            .with(|person| avatar(&person.image_url, &person.name))
    }

    fn panel(self) -> El {
        let person = self.person;
        let address = move || {
            let address = person.get().address?;
            Some(el("span").text(move || address.clone()))
        };
        let identity = part("identity")
            .child_when(move || Some(self.picture()))
            .child(el("span").text(move || person.get().name))
            .child_when(address);
        let manage = self
            .form
            .button("menu-item", Text::user_button_manage, move || self.manage())
            .attr("data-action", "manage-account");
        let sign_out = self
            .form
            .button("menu-item", Text::action_sign_out, move || {
                self.leaving.leave(self.form);
            })
            .attr("data-action", "sign-out");
        let panel = part("dialog")
            .attr("role", "dialog")
            .attr_words("aria-label", Text::user_button_menu)
            .child(identity)
            .child(self.form.alert())
            .child(manage)
            .child(sign_out);
        self.popover.panel(panel)
    }

    fn manage(self) {
        self.popover.close();
        if self.user_profile_url.get_untracked().is_some() {
            self.profile.reach(None);
        } else {
            self.modal.open();
        }
    }
}

fn person(site: Site) -> Person {
    site.of_client(|client| {
        let user = &client.active_session()?.user;
        let address = user.primary_email().map(str::to_owned);
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
