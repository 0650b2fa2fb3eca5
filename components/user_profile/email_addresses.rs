//! The section with the e-mail addresses.

use frontdesk_locale::Text;
use frontdesk_protocol::{CreateEmailAddress, Email, EmailAddressId, ErrorCode, UpdateUser};
use leptos::prelude::*;

use super::address::Address;
use super::disclosure::Disclosure;
use super::item::actions;
use super::section;
use super::verify::{Sent, Verify};
use crate::kit::{El, Form, Handle, Input, Problem, Root, State, Words, el, part, switch, words};
use crate::page;
use crate::provider::{Site, use_site};

/// What a link adds to the address of the page that it leads back to.
const STATUS: &str = "__clerk_status";

/// The addresses, what can be done to each, and the way to another one.
pub(super) fn draw(root: Root) -> AnyView {
    let site = use_site();
    let adding = Disclosure::new();
    let emails = Emails {
        site,
        root,
        form: Form::new(),
        add_form: Form::new(),
        email: State::new(String::new()),
        adding,
        verify: Verify::new(root, adding, Sent::Email),
    };
    let landed = landed(root);
    let addresses = State::derived(move || site.of_client(Address::all).unwrap_or_default());
    let list = switch(move || {
        let mut list = el("div").attr("data-list", "").attr("role", "list");
        for address in addresses.get() {
            list = list.child(emails.row(&address).attr("role", "listitem"));
        }
        Some(list.into())
    });
    let opening = move || {
        emails.add_form.forgive_all();
        emails.verify.hide();
    };
    section("emails", Text::user_profile_emails)
        .child(list)
        .maybe(landed)
        .child(emails.form.alert())
        .child(emails.verify.panel())
        .child(adding.trigger("add-email", Text::user_profile_add_email, opening))
        .child(adding.panel(move || emails.add_panel()))
        .into()
}

/// What is wrong with the link that led to this page, if one did.
fn landed(root: Root) -> Option<El> {
    let status = page::query()?.get(STATUS)?;
    page::forget(&[STATUS]);
    let wrong = match status.as_str() {
        "expired" => Text::sign_in_link_expired,
        "failed" => Text::sign_in_link_failed,
        "client_mismatch" => Text::error_verification_link_client_mismatch,
        _ => {
            root.announce(Text::status_saved);
            return None;
        }
    };
    Some(part("alert").attr("role", "alert").say(wrong))
}

#[derive(Clone, Copy)]
struct Emails {
    site: Site,
    root: Root,
    /// What is done to the addresses that are there.
    form: Form,
    add_form: Form,
    email: State<String>,
    adding: Disclosure,
    verify: Verify,
}

impl Emails {
    fn row(self, address: &Address) -> El {
        let text = address.text.clone();
        let badge = |kind: &'static str, words: fn(&Text) -> String| {
            el("span").part("badge").attr("data-kind", kind).say(words)
        };
        let primary = address
            .is_primary
            .then(|| badge("primary", Text::user_profile_primary));
        let unverified =
            (!address.is_verified).then(|| badge("unverified", Text::user_profile_unverified));
        let verify = (!address.is_verified).then(|| {
            let id = address.id.clone();
            let name = address.text.clone();
            let label = words(move |text| text.user_profile_verify_email(&name));
            self.action("verify", Text::action_verify, label, move || {
                self.adding.hide();
                self.verify.open(id.as_str().to_owned());
            })
        });
        let make_primary = (address.is_verified && !address.is_primary).then(|| {
            let id = address.id.clone();
            let name = address.text.clone();
            let label = words(move |text| text.user_profile_make_primary_email(&name));
            self.action(
                "make-primary",
                Text::user_profile_make_primary,
                label,
                move || {
                    self.make_primary(&id);
                },
            )
        });
        let remove = (!address.is_primary).then(|| {
            let id = address.id.clone();
            let name = address.text.clone();
            let label = words(move |text| text.user_profile_remove_email(&name));
            self.action("remove", Text::action_remove, label, move || {
                self.remove(id.clone());
            })
        });
        part("row")
            .attr("data-address", address.id.as_str().to_owned())
            .child(el("span").text(move || text.clone()))
            .maybe(primary)
            .maybe(unverified)
            .child(actions([verify, make_primary, remove]))
    }

    /// A button for one address, which says to those who cannot see it which.
    fn action(
        self,
        name: &'static str,
        label: fn(&Text) -> String,
        full_label: Words,
        run: impl Fn() + 'static,
    ) -> El {
        self.form
            .button("button", label, run)
            .attr("data-action", name)
            .attr_words("aria-label", full_label)
    }

    fn make_primary(self, id: &EmailAddressId) {
        let command = UpdateUser {
            primary_email_address_id: Some(id.as_str().to_owned()),
            ..UpdateUser::default()
        };
        let desk = self.site.desk();
        self.form.send(Box::pin(async move {
            desk.update_me(&command).await?;
            self.saved();
            Ok(())
        }));
    }

    fn remove(self, id: EmailAddressId) {
        let desk = self.site.desk();
        self.form.send(Box::pin(async move {
            desk.remove_email_address(&id).await?;
            self.saved();
            Ok(())
        }));
    }

    /// The button that was pressed is gone, so the focus moves to the one that is always there.
    fn saved(self) {
        self.adding.focus();
        self.root.announce(Text::status_saved);
    }

    fn add_panel(self) -> El {
        let form = self.add_form;
        form.turn_over();
        let focus = Handle::new();
        focus.focus_when_drawn();
        let input = Input::new("email_address", Text::field_email_address, self.email)
            .kind("email")
            .autocomplete("email")
            .keep(focus);
        form.draw(move || self.add())
            .child(form.alert())
            .child(form.field(input))
            .child(
                part("row")
                    .child(form.submit(Text::action_add))
                    .child(form.button("button", Text::action_cancel, move || {
                        self.adding.close();
                    })),
            )
    }

    fn add(self) {
        let typed = self.email.get_untracked();
        if let Err(code) = Email::parse(&typed) {
            let problem = Problem::of(code, "email_address");
            return self.add_form.refuse(vec![problem]);
        }
        // Somebody may have closed the form of an address that waits for its code, and typed it again.
        let known = untrack(|| self.site.of_client(Address::all)).unwrap_or_default();
        if let Some(address) = known.iter().find(|it| it.text == typed.trim()) {
            if address.is_verified {
                let problem = Problem::of(ErrorCode::FormIdentifierExists, "email_address");
                return self.add_form.refuse(vec![problem]);
            }
            return self.added(address.id.clone());
        }
        let desk = self.site.desk();
        let command = CreateEmailAddress {
            email_address: Some(typed.trim().to_owned()),
        };
        self.add_form.send(Box::pin(async move {
            let address = desk.create_email_address(&command).await?;
            if !self.email.is_disposed() {
                self.added(address.id);
            }
            Ok(())
        }));
    }

    fn added(self, id: EmailAddressId) {
        self.email.set(String::new());
        self.adding.hide();
        self.verify.open(id.into());
    }
}
