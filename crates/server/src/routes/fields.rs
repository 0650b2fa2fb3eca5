//! The fields that people fill in, read as the settings want them.

use frontdesk_protocol::{
    AttemptVerification, CreateSignUp, Email, ErrorCode, ErrorMeta, Field, Filled, Metadata, Phone,
    Proof, Requirements, Secret, SignUp, SignUpId, Strategy, User, Username,
};
use serde_json::Value;

use super::sign_ins;
use crate::app::App;
use crate::config::{Asked, CustomKind, Settings};
use crate::error::Error;
use crate::password;
use crate::restrictions;
use crate::store::{Identifier, Kept};
use crate::wire::Caller;

/// The most code points of a name.
const LONGEST_NAME: usize = 100;
/// The most bytes of what browsers write.
pub const LARGEST_METADATA: usize = 8 * 1024;
/// How deep it may be nested.
const DEEPEST_METADATA: u32 = 32;

/// What a command says of a sign-up, and the sealed hash of the password if there is one.
///
/// # Errors
/// Those of its fields; `NotAllowedAccess`; `FormIdentifierExists` for a user name.
pub async fn filled(
    caller: &Caller,
    command: &CreateSignUp,
    kept: &Kept,
) -> Result<(Box<Filled>, Option<String>), Error> {
    let app = &caller.app;
    let settings = app.settings();
    let email = optional(
        command.email_address.as_deref(),
        Email::parse,
        "email_address",
    )?;
    let is_blank = |typed: &Option<String>| typed.as_deref().is_some_and(|it| it.trim().is_empty());
    for (typed, is_required, field) in [
        (
            &command.email_address,
            settings.email_address.required,
            "email_address",
        ),
        (
            &command.phone_number,
            settings.phone_number.required,
            "phone_number",
        ),
    ] {
        if is_required && is_blank(typed) {
            return Err(Error::at(ErrorCode::FormParamNil, field));
        }
    }
    let gone = |typed: &Option<String>| is_blank(typed).then(String::new);
    let email = email.filter(|_| settings.email_address.enabled);
    if let Some(email) = &email {
        let identifier = Identifier::Email(email.to_string());
        restrictions::check(app, &identifier, "email_address").await?;
    }
    let phone = optional(
        command.phone_number.as_deref(),
        Phone::parse,
        "phone_number",
    )?;
    let phone = phone.filter(|_| settings.phone_number.enabled);
    if let Some(phone) = &phone {
        let identifier = Identifier::Phone(phone.to_string());
        if kept.invitation.is_some() {
            restrictions::check_block(app, &identifier, "phone_number").await?;
        } else {
            restrictions::check(app, &identifier, "phone_number").await?;
        }
    }
    let username = match command.username.as_deref() {
        Some(typed) if settings.username.enabled => self::username(app, typed).await?,
        Some(_) | None => None,
    };
    let no_username = gone(&command.username).filter(|_| !settings.username.required);
    let first_name = name(command.first_name.as_deref(), "first_name")?;
    let last_name = name(command.last_name.as_deref(), "last_name")?;
    for (asked, name, field) in [
        (settings.sign_up.first_name, &first_name, "first_name"),
        (settings.sign_up.last_name, &last_name, "last_name"),
    ] {
        if asked == Asked::Required && name.as_deref() == Some("") {
            return Err(Error::at(ErrorCode::FormParamNil, field));
        }
    }
    let is_accepted = command.legal_accepted.as_deref() == Some("true");
    let metadata = metadata(command.unsafe_metadata.as_deref())?;
    let has_custom = match &metadata {
        Some(metadata) => has_custom(&settings, metadata)?,
        None => kept.has_custom || settings.sign_up.fields.iter().all(|it| !it.required),
    };
    // Other people's screens send the password empty once it was given, as they do not ask for it again.
    let is_kept = |typed: &Secret<String>| kept.password.is_some() && typed.expose().is_empty();
    let password = match &command.password {
        Some(typed) if settings.password.enabled && !is_kept(typed) => {
            let about = [
                command.email_address.as_deref(),
                command.username.as_deref(),
                command.first_name.as_deref(),
                command.last_name.as_deref(),
            ];
            let about: Vec<&str> = about.into_iter().flatten().collect();
            Some(password::take(app, typed, &about, "password", caller.now).await?)
        }
        Some(_) | None => None,
    };
    let filled = Filled {
        email_address: email.map(String::from).or(gone(&command.email_address)),
        phone_number: phone.map(String::from).or(gone(&command.phone_number)),
        username: username.or(no_username),
        has_password: password.is_some(),
        first_name,
        last_name,
        locale: command.locale.clone(),
        legal_accepted_at: is_accepted.then_some(caller.now),
        unsafe_metadata: metadata,
        has_custom,
    };
    Ok((Box::new(filled), password))
}

/// A field that may be left out, or empty.
fn optional<T>(
    typed: Option<&str>,
    parse: fn(&str) -> Result<T, ErrorCode>,
    field: &str,
) -> Result<Option<T>, Error> {
    let typed = typed.filter(|typed| !typed.trim().is_empty());
    let parsed = typed.map(parse).transpose();
    parsed.map_err(|code| Error::at(code, field))
}

/// A user name that nobody has; who has one is no secret, because everybody sees them.
///
/// # Errors
/// Those of a user name, `FormIdentifierExists`.
pub async fn username(app: &App, typed: &str) -> Result<Option<String>, Error> {
    const FIELD: &str = "username";
    if typed.trim().is_empty() {
        return Ok(None);
    }
    let shape = app.settings().username.shape();
    let name = Username::parse(typed, &shape).map_err(|code| {
        let meta = ErrorMeta {
            min_length: Some(shape.min_length),
            max_length: Some(shape.max_length),
            ..ErrorMeta::param(FIELD)
        };
        Error::Refused(code, Box::new(meta))
    })?;
    if app.store.owner_of_username(name.as_str()).await?.is_some() {
        return Err(Error::at(ErrorCode::FormIdentifierExists, FIELD));
    }
    Ok(Some(name.into()))
}

/// What a user is known by, which makes a password easy to guess.
pub fn about(user: &User) -> Vec<&str> {
    let known = [
        user.primary_email(),
        user.username.as_deref(),
        user.first_name.as_deref(),
        user.last_name.as_deref(),
    ];
    known.into_iter().flatten().collect()
}

/// A name without the spaces around it.
///
/// # Errors
/// `FormParamMaxLengthExceeded`, `FormParamFormatInvalid`.
pub fn name(typed: Option<&str>, field: &str) -> Result<Option<String>, Error> {
    let typed = typed.map(str::trim);
    if typed.is_some_and(|name| name.chars().count() > LONGEST_NAME) {
        return Err(Error::at(ErrorCode::FormParamMaxLengthExceeded, field));
    }
    if typed.is_some_and(|name| name.chars().any(char::is_control)) {
        return Err(Error::at(ErrorCode::FormParamFormatInvalid, field));
    }
    Ok(typed.map(str::to_owned))
}

/// What browsers write: a JSON object.
///
/// # Errors
/// `FormParamFormatInvalid`, `FormParamMaxLengthExceeded`.
pub fn metadata(text: Option<&str>) -> Result<Option<Metadata>, Error> {
    const FIELD: &str = "unsafe_metadata";
    let Some(text) = text.filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    if text.len() > LARGEST_METADATA {
        return Err(Error::at(ErrorCode::FormParamMaxLengthExceeded, FIELD));
    }
    let read: Option<Metadata> = serde_json::from_str(text).ok();
    let read = read.filter(|it| !is_too_deep(it));
    read.map(Some)
        .ok_or_else(|| Error::at(ErrorCode::FormParamFormatInvalid, FIELD))
}

/// Whether metadata is nested so deep that what holds it could not be read again.
pub fn is_too_deep(metadata: &Metadata) -> bool {
    fn is_below(value: &Value, levels: u32) -> bool {
        let Some(levels) = levels.checked_sub(1) else {
            return false;
        };
        match value {
            Value::Array(all) => all.iter().all(|it| is_below(it, levels)),
            Value::Object(all) => all.values().all(|it| is_below(it, levels)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => true,
        }
    }
    !metadata.0.values().all(|it| is_below(it, DEEPEST_METADATA))
}

/// Whether everything is there that the settings ask for beside the usual.
fn has_custom(settings: &Settings, metadata: &Metadata) -> Result<bool, Error> {
    let mut is_complete = true;
    for field in &settings.sign_up.fields {
        let refused = || Error::at(ErrorCode::FormParamValueInvalid, &field.name);
        let given = metadata.0.get(&field.name).filter(|value| !value.is_null());
        let is_there = match (field.kind, given) {
            (_, None) => false,
            (CustomKind::Text, Some(Value::String(text))) => {
                if text.chars().count() > LONGEST_NAME * 10 {
                    let code = ErrorCode::FormParamMaxLengthExceeded;
                    return Err(Error::at(code, &field.name));
                }
                !text.trim().is_empty()
            }
            (CustomKind::Select, Some(Value::String(text))) => {
                if !text.is_empty() && !field.options.contains(text) {
                    return Err(refused());
                }
                !text.is_empty()
            }
            (CustomKind::Checkbox, Some(Value::Bool(is_checked))) => *is_checked,
            (CustomKind::Text | CustomKind::Select | CustomKind::Checkbox, Some(_)) => {
                return Err(refused());
            }
        };
        is_complete &= is_there || !field.required;
    }
    Ok(is_complete)
}

/// A sign-up in which everything is missing that the settings ask for.
///
/// # Errors
/// Where there are no random bytes.
pub fn blank(caller: &Caller) -> Result<SignUp, Error> {
    let settings = caller.app.settings();
    let id = SignUpId::from_random(caller.app.chance.bytes()?);
    let abandon_at = caller.now.plus_s(settings.verification.attempt_lifetime_s);
    Ok(SignUp::new(id, requirements(&settings), abandon_at))
}

fn requirements(settings: &Settings) -> Requirements {
    let asked = |is_enabled: bool, is_required: bool| match (is_enabled, is_required) {
        (false, _) => Asked::Off,
        (true, false) => Asked::Optional,
        (true, true) => Asked::Required,
    };
    let Settings {
        email_address,
        phone_number,
        username,
        password,
        sign_up,
        ..
    } = settings;
    let custom = &sign_up.fields;
    let fields = [
        (
            Field::EmailAddress,
            asked(email_address.enabled, email_address.required),
        ),
        (
            Field::PhoneNumber,
            asked(phone_number.enabled, phone_number.required),
        ),
        (Field::Username, asked(username.enabled, username.required)),
        (Field::Password, asked(password.enabled, password.required)),
        (Field::FirstName, sign_up.first_name),
        (Field::LastName, sign_up.last_name),
        (Field::LegalAccepted, asked(sign_up.legal_consent, true)),
        (
            Field::Custom,
            asked(!custom.is_empty(), custom.iter().any(|it| it.required)),
        ),
    ];
    let those = |wanted: Asked| {
        let chosen = fields.iter().filter(move |(_, asked)| *asked == wanted);
        chosen.map(|(field, _)| *field).collect()
    };
    let email = [
        (
            email_address.code || !email_address.link,
            Strategy::EmailCode,
        ),
        (email_address.link, Strategy::EmailLink),
    ];
    Requirements {
        required: those(Asked::Required),
        optional: those(Asked::Optional),
        email_strategies: email
            .iter()
            .filter(|(is_used, _)| *is_used && email_address.enabled)
            .map(|(_, strategy)| *strategy)
            .collect(),
        phone_strategies: if phone_number.enabled {
            vec![Strategy::PhoneCode]
        } else {
            Vec::new()
        },
    }
}

/// How a finished sign-up proved who the person is.
pub fn strategy_of(step: &SignUp) -> Strategy {
    let external = step.verifications.external_account.as_ref();
    let email = step.verifications.email_address.as_ref();
    let phone = step.verifications.phone_number.as_ref();
    [external, email, phone]
        .into_iter()
        .flatten()
        .find_map(|verification| verification.strategy)
        .unwrap_or(Strategy::Password)
}

/// The strategy and the digits in a command.
///
/// # Errors
/// `StrategyInvalid`, `FormParamNil`.
pub fn digits(command: &AttemptVerification) -> Result<(Strategy, Secret<String>), Error> {
    let strategy = sign_ins::strategy(command.strategy.as_deref())?;
    match strategy {
        Strategy::EmailCode | Strategy::PhoneCode => {}
        Strategy::Password
        | Strategy::Passkey
        | Strategy::EmailLink
        | Strategy::Totp
        | Strategy::BackupCode
        | Strategy::ResetPasswordEmailCode
        | Strategy::ResetPasswordPhoneCode
        | Strategy::Ticket
        | Strategy::OAuth(_) => return Err(Error::at(ErrorCode::StrategyInvalid, "strategy")),
    }
    let proof = Proof::of(strategy, None, command.code.as_ref(), None);
    let proof = proof.map_err(|(code, field)| Error::at(code, field))?;
    Ok((strategy, proof.secret))
}
