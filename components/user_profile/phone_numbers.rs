//! The section with the phone numbers.

use frontdesk_locale::Text;
use frontdesk_protocol::json::Source as _;
use frontdesk_protocol::{
    CreatePhoneNumber, Phone, PhoneNumber, PhoneNumberId, UpdateUser, VerificationStatus,
};
use leptos::prelude::*;

use super::details::{details, is_used};
use super::disclosure::Disclosure;
use super::item::{action, actions, badge, change, list, row};
use super::section;
use super::verify::{Sent, Verify};
use crate::json::user;
use crate::kit::{El, Form, Handle, Problem, Root, State, part, words};
use crate::phone::{self, Number};
use crate::provider::{Site, use_site};

/// The name of the field.
const FIELD: &str = "phone_number";

/// A number in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Line {
    id: PhoneNumberId,
    text: String,
    is_primary: bool,
    is_verified: bool,
}

/// Whether it is proven that the number is the user's.
pub(super) fn is_verified(number: &PhoneNumber) -> bool {
    let verification = number.verification.as_ref();
    verification.is_some_and(|it| it.status == VerificationStatus::Verified)
}

/// All of them: the primary one, then the verified ones, then the others.
fn lines(site: Site) -> Vec<Line> {
    let primary = user(site)
        .and_then(|user| user.member("primary_phone_number_id"))
        .and_then(|id| id.text());
    let all = details(site).map(|it| it.phone_numbers).unwrap_or_default();
    let mut lines: Vec<Line> = all
        .into_iter()
        .map(|number| Line {
            is_primary: primary.as_deref() == Some(number.id.as_str()),
            is_verified: is_verified(&number),
            id: number.id,
            text: number.phone_number,
        })
        .collect();
    lines.sort_by_key(|line| (!line.is_primary, !line.is_verified));
    lines
}

/// The numbers, what can be done to each, and the way to another one.
pub(super) fn draw(root: Root) -> Option<AnyView> {
    let site = use_site();
    if !is_used(site, FIELD) {
        return None;
    }
    let adding = Disclosure::new();
    let phones = Phones {
        site,
        root,
        form: Form::new(),
        add_form: Form::new(),
        number: Number::new(),
        adding,
        verify: Verify::new(root, adding, Sent::Phone),
    };
    let opening = move || {
        phones.add_form.forgive_all();
        phones.verify.hide();
    };
    let lines = State::derived(move || lines(site));
    let section = section("phones", Text::user_profile_phones)
        .child(list(lines, move |line| phones.row(line)))
        .child(phones.form.alert())
        .child(phones.verify.panel())
        .child(adding.trigger("add-phone", Text::user_profile_add_phone, opening))
        .child(adding.panel(move || phones.add_panel()));
    Some(section.into())
}

#[derive(Clone, Copy)]
struct Phones {
    site: Site,
    root: Root,
    /// What is done to the numbers that are there.
    form: Form,
    add_form: Form,
    number: Number,
    adding: Disclosure,
    verify: Verify,
}

impl Phones {
    fn row(self, line: &Line) -> El {
        let Line { id, text, .. } = line.clone();
        let name = text.clone();
        let named = move |say: fn(&Text, &str) -> String| {
            let name = name.clone();
            words(move |text| say(text, &name))
        };
        let primary = line
            .is_primary
            .then(|| badge("primary", Text::user_profile_primary));
        let unverified =
            (!line.is_verified).then(|| badge("unverified", Text::user_profile_unverified));
        let verify = (!line.is_verified).then(|| {
            let id = id.clone();
            let label = named(Text::user_profile_verify_email);
            action(self.form, "verify", Text::action_verify, label, move || {
                self.adding.hide();
                self.verify.open(id.as_str().to_owned());
            })
        });
        let make_primary = (line.is_verified && !line.is_primary).then(|| {
            let id = id.clone();
            let label = named(Text::user_profile_make_primary_phone);
            let words = Text::user_profile_make_primary;
            action(self.form, "make-primary", words, label, move || {
                self.make_primary(&id);
            })
        });
        let label = named(Text::user_profile_remove_email);
        let remove = {
            let id = id.clone();
            action(self.form, "remove", Text::action_remove, label, move || {
                self.remove(id.clone());
            })
        };
        // A number is read from left to right in every language.
        row(move |_: &Text| ["\u{2066}", &text, "\u{2069}"].concat())
            .attr("data-address", id.as_str().to_owned())
            .maybe(primary)
            .maybe(unverified)
            .child(actions([verify, make_primary, Some(remove)]))
    }

    fn make_primary(self, id: &PhoneNumberId) {
        let command = UpdateUser {
            primary_phone_number_id: Some(id.as_str().to_owned()),
            ..UpdateUser::default()
        };
        let desk = self.site.desk();
        change(
            self.form,
            self.root,
            self.adding.handle(),
            Text::status_saved,
            async move { desk.update_me(&command).await.map(drop) },
        );
    }

    fn remove(self, id: PhoneNumberId) {
        let desk = self.site.desk();
        change(
            self.form,
            self.root,
            self.adding.handle(),
            Text::status_removed,
            async move { desk.remove_phone_number(&id).await.map(drop) },
        );
    }

    fn add_panel(self) -> El {
        let form = self.add_form;
        form.turn_over();
        let focus = Handle::new();
        focus.focus_when_drawn();
        form.draw(move || self.add())
            .child(form.alert())
            .child(phone::field(form, FIELD, self.number, focus, false))
            .child(
                part("row")
                    .child(form.submit(Text::action_add))
                    .child(form.button("button", Text::action_cancel, move || {
                        self.adding.close();
                    })),
            )
    }

    fn add(self) {
        let typed = self.number.e164();
        let phone = match Phone::parse(&typed) {
            Ok(phone) => phone,
            Err(code) => return self.add_form.refuse(vec![Problem::of(code, FIELD)]),
        };
        // Somebody may have closed the form of a number that waits for its code, and typed it again.
        let known = untrack(|| lines(self.site));
        let known = known.into_iter().find(|line| line.text == phone.as_str());
        if let Some(line) = known.filter(|line| !line.is_verified) {
            return self.added(line.id);
        }
        let desk = self.site.desk();
        let command = CreatePhoneNumber {
            phone_number: Some(phone.into()),
        };
        self.add_form.send(Box::pin(async move {
            let number = desk.create_phone_number(&command).await?;
            if !self.number.is_disposed() {
                self.added(number.id);
            }
            Ok(())
        }));
    }

    fn added(self, id: PhoneNumberId) {
        self.number.clear();
        self.adding.hide();
        self.verify.open(id.into());
    }
}
