//! The fields of a sign-up: which are asked for, and how each is drawn.

use frontdesk_locale::Text;
use frontdesk_protocol::{CustomField, Environment, Field, SignUp, UsernameSettings};
use leptos::prelude::*;

use super::{Flow, custom, legal};
use crate::json::setting;
use crate::kit::{El, Form, Handle, Input, el, part, switch, words};
use crate::phone;
use crate::strength::strength;

/// What is asked for, in order, and whether it must be filled in.
#[derive(Clone, Default)]
pub struct Asked {
    pub fields: Vec<(Field, bool)>,
    pub custom: Vec<CustomField>,
    /// What might be asked for in the place of another field, and is not.
    pub instead_of: Option<Field>,
}

impl Asked {
    /// Whether a field is among them.
    pub fn has(&self, field: Field) -> bool {
        self.fields.iter().any(|(asked, _)| *asked == field)
    }
}

/// The order in which they are asked for at first.
const ORDER: [Field; 8] = [
    Field::FirstName,
    Field::LastName,
    Field::Username,
    Field::EmailAddress,
    Field::PhoneNumber,
    Field::Password,
    Field::Custom,
    Field::LegalAccepted,
];

/// What the settings ask everybody for.
pub fn of_settings(flow: Flow) -> Asked {
    let custom = custom::fields(flow.site);
    let fields = flow.site.of_environment(|environment| {
        ORDER
            .into_iter()
            .filter_map(|field| Some((field, asked(environment, field, &custom)?)))
            .filter(|(field, _)| !(flow.has_ticket() && *field == Field::EmailAddress))
            .collect::<Vec<_>>()
    });
    let mut fields = fields.unwrap_or_default();
    let mut instead_of = None;
    if flow.is_either() {
        let other = if flow.by_phone.get() {
            Field::EmailAddress
        } else {
            Field::PhoneNumber
        };
        fields.retain(|(field, _)| *field != other);
        for (field, is_required) in &mut fields {
            *is_required |= matches!(field, Field::EmailAddress | Field::PhoneNumber);
        }
        instead_of = Some(other);
    }
    Asked {
        fields,
        custom,
        instead_of,
    }
}

/// What of an attempt is missing still.
pub fn missing(flow: Flow, attempt: &SignUp) -> Asked {
    Asked {
        fields: attempt
            .missing_fields
            .iter()
            .map(|field| (*field, true))
            .collect(),
        custom: custom::fields(flow.site),
        instead_of: None,
    }
}

/// Whether a field must be filled in, if the settings ask for it at all.
fn asked(environment: &Environment, field: Field, custom: &[CustomField]) -> Option<bool> {
    let settings = &environment.user_settings;
    let attributes = &settings.attributes;
    let attribute = match field {
        Field::EmailAddress => &attributes.email_address,
        Field::PhoneNumber => &attributes.phone_number,
        Field::Username => &attributes.username,
        Field::Password => &attributes.password,
        Field::FirstName => &attributes.first_name,
        Field::LastName => &attributes.last_name,
        Field::LegalAccepted => return settings.sign_up.legal_consent_enabled.then_some(true),
        Field::Custom => {
            let is_required = custom.iter().any(|field| field.required);
            return (!custom.is_empty()).then_some(is_required);
        }
    };
    let is_shown =
        attribute.enabled && (attribute.required || settings.sign_up.shows_optional_fields);
    // With an address or a number, either will do: both are there to be chosen from.
    let is_either =
        is_either(environment) && matches!(field, Field::EmailAddress | Field::PhoneNumber);
    (is_shown || is_either).then_some(attribute.required)
}

/// Whether people are known by an address or by a number, as they like.
pub fn is_either(environment: &Environment) -> bool {
    let attributes = &environment.user_settings.attributes;
    let is_free = |attribute: &frontdesk_protocol::Attribute| {
        attribute.enabled && !attribute.required && attribute.used_for_first_factor
    };
    is_free(&attributes.email_address) && is_free(&attributes.phone_number)
}

/// Draws all that are asked for into `form`; `focus` leads to the first.
pub fn draw(flow: Flow, asked: &Asked, mut form_el: El, focus: Handle) -> El {
    let form = flow.form;
    let mut names = Vec::new();
    let mut others = Vec::new();
    // Most people begin with the address, or the number in its place; only without one, with whatever comes first.
    let begins = |field: &Field| match field {
        Field::EmailAddress => true,
        Field::PhoneNumber => asked.instead_of == Some(Field::EmailAddress),
        Field::Username
        | Field::Password
        | Field::FirstName
        | Field::LastName
        | Field::LegalAccepted
        | Field::Custom => false,
    };
    let first = asked
        .fields
        .iter()
        .map(|(field, _)| *field)
        .find(begins)
        .or_else(|| asked.fields.first().map(|(field, _)| *field));
    for &(field, is_required) in &asked.fields {
        let handle = if first == Some(field) {
            focus
        } else {
            Handle::new()
        };
        let drawn = one(flow, asked, field, is_required, handle);
        match field {
            Field::FirstName | Field::LastName => names.extend(drawn),
            Field::EmailAddress
            | Field::PhoneNumber
            | Field::Username
            | Field::Password
            | Field::LegalAccepted
            | Field::Custom => others.extend(drawn),
        }
    }
    if !names.is_empty() {
        form_el = form_el.child(names.into_iter().fold(part("row"), El::child));
    }
    let form_el = others.into_iter().fold(form_el, El::child);
    form_el
        .child_when(move || {
            let checking = el("p").part("hint").attr("data-status", "");
            flow.is_checking
                .get()
                .then(|| checking.say(Text::sign_up_checking))
        })
        .child(form.submit(Text::action_continue))
}

fn one(flow: Flow, asked: &Asked, field: Field, is_required: bool, handle: Handle) -> Vec<El> {
    let form = flow.form;
    let draft = flow.draft;
    let finish = |input: Input| {
        let input = input.keep(handle);
        let input = if is_required { input } else { input.optional() };
        vec![form.field(input)]
    };
    match field {
        Field::EmailAddress => {
            let input = Input::new(
                field.as_str(),
                Text::field_email_address,
                draft.email_address,
            );
            finish(input.kind("email").autocomplete("email"))
        }
        Field::PhoneNumber => {
            let name = field.as_str();
            vec![phone::field(
                form,
                name,
                draft.phone_number,
                handle,
                !is_required,
            )]
        }
        Field::Username => finish(username(flow)),
        Field::Password => {
            let mut drawn = finish(password(flow));
            drawn.push(strength(flow.site, draft.password, draft.email_address));
            drawn
        }
        Field::FirstName => {
            let input = Input::new(field.as_str(), Text::field_first_name, draft.first_name);
            finish(input.autocomplete("given-name"))
        }
        Field::LastName => {
            let input = Input::new(field.as_str(), Text::field_last_name, draft.last_name);
            finish(input.autocomplete("family-name"))
        }
        Field::LegalAccepted => vec![legal::draw(flow, handle)],
        Field::Custom => asked
            .custom
            .iter()
            .map(|field| custom::draw(form, field, draft.custom))
            .collect(),
    }
}

fn username(flow: Flow) -> Input {
    let input = Input::new(
        Field::Username.as_str(),
        Text::field_username,
        flow.draft.username,
    )
    .autocomplete("username");
    let path = ["user_settings", "username_settings"];
    match setting::<UsernameSettings>(flow.site, &path) {
        Some(it) => input.hint(words(move |text| {
            text.field_username_hint(it.max_length, it.min_length)
        })),
        None => input,
    }
}

fn password(flow: Flow) -> Input {
    let input = Input::new(
        Field::Password.as_str(),
        Text::field_password,
        flow.draft.password,
    )
    .kind("password")
    .autocomplete("new-password");
    let min = flow
        .site
        .of_environment(|it| it.user_settings.password_settings.min_length);
    match min {
        Some(min) => input.hint(words(move |text| text.field_password_hint(min))),
        None => input,
    }
}

/// The address that an invitation is for, which cannot be changed.
pub fn invited(form: Form, address: String) -> El {
    form.own_field(
        ("invited_address", "input"),
        crate::kit::say(Text::field_email_address),
        None,
        Handle::new(),
        |input| {
            let input = input
                .attr("type", "email")
                .attr("autocomplete", "email")
                .attr("readonly", "")
                .attr("value", address);
            el("div").attr("data-control", "").child(input)
        },
    )
}

/// The button that asks for a number instead of an address, or the other way round.
pub fn other_way(flow: Flow) -> Option<AnyView> {
    let is_there = untrack(|| flow.is_either());
    let by_phone = flow.by_phone;
    is_there.then(|| {
        switch(move || {
            let label = if by_phone.get() {
                Text::sign_up_use_email
            } else {
                Text::sign_up_use_phone
            };
            let button = flow.form.button("link", label, move || {
                flow.form.forgive_all();
                by_phone.update(|is| *is = !*is);
            });
            Some(button.into())
        })
    })
}
