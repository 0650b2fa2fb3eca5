//! The section with what is asked for after the first step: an app, text messages, backup codes.

use frontdesk_locale::Text;
use frontdesk_protocol::{PhoneNumber, PhoneNumberId, UpdatePhoneNumber, UserDetails};
use leptos::prelude::*;

use super::codes::Codes;
use super::details::{details, is_second_factor, is_used};
use super::item::{action, actions, badge, change, row};
use super::phone_numbers::is_verified;
use super::section_at;
use super::totp::Enrolment;
use crate::kit::{El, Form, Handle, Root, State, el, switch, words};
use crate::provider::{Site, use_site};

/// What the settings offer.
#[derive(Clone, Copy)]
struct Offered {
    app: bool,
    phone: bool,
    codes: bool,
}

/// What there is of it, and the ways to have more.
pub(super) fn draw(root: Root) -> Option<AnyView> {
    let site = use_site();
    let offered = Offered {
        app: is_used(site, "authenticator_app"),
        phone: is_second_factor(site, "phone_number"),
        codes: is_used(site, "backup_code"),
    };
    if !offered.app && !offered.phone {
        return None;
    }
    let title = Handle::new();
    let codes = Codes::new(root, title);
    let steps = Steps {
        site,
        root,
        form: Form::new(),
        offered,
        title,
        codes,
        enrolment: Enrolment::new(site, root, title, codes),
    };
    let known = State::derived(move || details(site));
    let list = switch(move || {
        let known = known.get()?;
        Some(untrack(|| steps.list(&known)).into())
    });
    let add = switch(move || {
        let has_app = known.with(|known| known.as_ref().is_some_and(|it| it.totp_enabled));
        (offered.app && !has_app).then(|| untrack(|| steps.enrolment.trigger()).into())
    });
    let section = section_at(title, "two-step", Text::user_profile_two_step)
        .child(list)
        .child(steps.form.alert())
        .child(codes.panel())
        .child(add)
        .child(steps.enrolment.panel());
    Some(section.into())
}

#[derive(Clone, Copy)]
struct Steps {
    site: Site,
    root: Root,
    form: Form,
    offered: Offered,
    /// Where the focus goes when a button is gone.
    title: Handle,
    codes: Codes,
    enrolment: Enrolment,
}

impl Steps {
    fn list(self, known: &UserDetails) -> El {
        let mut list = el("div").attr("data-list", "").attr("role", "list");
        let mut is_empty = true;
        let mut add = |row: El| {
            is_empty = false;
            row.attr("role", "listitem")
        };
        if known.totp_enabled {
            list = list.child(add(self.app()));
        }
        let reserved = known
            .phone_numbers
            .iter()
            .filter(|it| it.reserved_for_second_factor);
        for number in reserved {
            list = list.child(add(self.phone(number)));
        }
        if self.offered.codes && !is_empty {
            list = list.child(self.backup_codes().attr("role", "listitem"));
        }
        if is_empty {
            let off = el("p").part("hint").attr("role", "listitem");
            list = list.child(off.say(Text::user_profile_two_step_off));
        }
        let free = known.phone_numbers.iter().filter(|number| {
            self.offered.phone && is_verified(number) && !number.reserved_for_second_factor
        });
        for number in free {
            list = list.child(self.free(number).attr("role", "listitem"));
        }
        list
    }

    fn app(self) -> El {
        let label = |text: &Text| text.user_profile_remove_email(&text.user_profile_totp());
        let remove = action(self.form, "remove", Text::action_remove, label, move || {
            let desk = self.site.desk();
            change(
                self.form,
                self.root,
                self.title,
                Text::status_removed,
                async move { desk.remove_totp().await.map(drop) },
            );
        });
        row(Text::user_profile_totp)
            .attr("data-factor", "totp")
            .child(remove)
    }

    fn phone(self, number: &PhoneNumber) -> El {
        let (id, name) = (number.id.clone(), number.phone_number.clone());
        let is_default = number.default_second_factor;
        let badge = is_default.then(|| badge("default", Text::user_profile_default));
        let make_default = (!is_default).then(|| {
            let (id, name) = (id.clone(), name.clone());
            let label = words(move |text| text.user_profile_make_default_factor(&name));
            let shown = Text::user_profile_make_default;
            action(self.form, "make-default", shown, label, move || {
                let command = UpdatePhoneNumber {
                    default_second_factor: Some("true".to_owned()),
                    ..UpdatePhoneNumber::default()
                };
                self.update(id.clone(), command, Text::status_saved);
            })
        });
        let removed = name.clone();
        let label = words(move |text| text.user_profile_remove_email(&removed));
        let remove = action(self.form, "remove", Text::action_remove, label, move || {
            self.update(id.clone(), reserved(false), Text::status_removed);
        });
        row(words(move |text| text.user_profile_phone_factor(&name)))
            .attr("data-factor", "phone_code")
            .maybe(badge)
            .child(actions([make_default, Some(remove)]))
    }

    /// A number that could be a second step.
    fn free(self, number: &PhoneNumber) -> El {
        let (id, name) = (number.id.clone(), number.phone_number.clone());
        let label = words(move |text| text.user_profile_add_phone_factor(&name));
        let add = self
            .form
            .button("button", label, move || {
                self.update(id.clone(), reserved(true), Text::status_saved);
            })
            .attr("data-action", "add-phone-factor");
        crate::kit::part("row").child(add)
    }

    fn backup_codes(self) -> El {
        let make = self
            .form
            .button("button", Text::user_profile_backup_codes_new, move || {
                let desk = self.site.desk();
                self.form.send(Box::pin(async move {
                    let made = desk.create_backup_codes().await?;
                    self.codes.show(Some(made.codes));
                    Ok(())
                }));
            })
            .attr("data-action", "new-backup-codes");
        row(Text::user_profile_backup_codes)
            .attr("data-factor", "backup_code")
            .child(make)
    }

    fn update(self, id: PhoneNumberId, command: UpdatePhoneNumber, said: fn(&Text) -> String) {
        let desk = self.site.desk();
        change(self.form, self.root, self.title, said, async move {
            let number = desk.update_phone_number(&id, &command).await?;
            self.codes.show(number.backup_codes);
            Ok(())
        });
    }
}

/// Whether codes go to a number as a second step.
fn reserved(is: bool) -> UpdatePhoneNumber {
    UpdatePhoneNumber {
        reserved_for_second_factor: Some(is.to_string()),
        ..UpdatePhoneNumber::default()
    }
}
