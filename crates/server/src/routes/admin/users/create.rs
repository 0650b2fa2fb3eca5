//! Making a user.

use axum::http::StatusCode;
use axum::response::Response;
use frontdesk_protocol::{
    Email, EmailAddressId, ErrorCode, Metadata, Password, PasswordSettings, Phone, PhoneNumberId,
    Secret, Strategy, Timestamp, UserId, Verification,
};
use serde::Deserialize;

use super::{answer, external_id, metadata, username};
use crate::app::App;
use crate::error::Error;
use crate::factor::{backup_code, totp};
use crate::flow;
use crate::foreign::{Foreign, Refused};
use crate::password;
use crate::routes::fields::name;
use crate::store::{NewAddress, NewUser};
use crate::wire::{Backend, Document};

/// The most addresses or numbers of one user.
const MOST: usize = 20;

/// Somebody about to be a user.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CreateUser {
    email_address: Vec<String>,
    phone_number: Vec<String>,
    username: Option<String>,
    password: Option<Secret<String>>,
    password_digest: Option<Secret<String>>,
    password_hasher: Option<String>,
    skip_password_checks: bool,
    totp_secret: Option<Secret<String>>,
    backup_codes: Vec<Secret<String>>,
    first_name: Option<String>,
    last_name: Option<String>,
    locale: Option<String>,
    external_id: Option<String>,
    public_metadata: Option<Metadata>,
    private_metadata: Option<Metadata>,
    unsafe_metadata: Option<Metadata>,
    legal_accepted_at: Option<Timestamp>,
    created_at: Option<Timestamp>,
}

/// `POST /admin/v1/users`: makes a user; the app's word is taken for their addresses and numbers.
///
/// # Errors
/// `FormParamNil`, `FormIdentifierExists`, and those of its fields.
pub async fn create(
    backend: Backend,
    Document(command): Document<CreateUser>,
) -> Result<Response, Error> {
    let app = &backend.app;
    let emails = known(
        &command.email_address,
        Email::parse,
        "email_address",
        || Ok(EmailAddressId::from_random(app.chance.bytes()?).to_string()),
    )?;
    let phones = known(&command.phone_number, Phone::parse, "phone_number", || {
        Ok(PhoneNumberId::from_random(app.chance.bytes()?).to_string())
    })?;
    let username = username(app, command.username.as_deref().filter(|it| !it.is_empty()))?;
    if emails.is_empty() && phones.is_empty() && username.is_none() {
        return Err(Error::at(ErrorCode::FormParamNil, "email_address"));
    }
    let filled = |name: Option<String>| name.filter(|name| !name.is_empty());
    let first_name = filled(name(command.first_name.as_deref(), "first_name")?);
    let last_name = filled(name(command.last_name.as_deref(), "last_name")?);
    let external_id = filled(external_id(command.external_id)?);
    let about: Vec<&str> = [&username, &first_name, &last_name]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .chain(emails.iter().map(|(_, email)| email.as_str()))
        .collect();
    let password = match (&command.password, &command.password_digest) {
        (Some(typed), _) => {
            let is_checked = !command.skip_password_checks;
            Some(sealed(app, typed, &about, is_checked, backend.now).await?)
        }
        (None, Some(digest)) => {
            Some(adopted(app, digest, command.password_hasher.as_deref()).await?)
        }
        (None, None) => None,
    };
    let verification = serde_json::to_string(&Verification::proved(None, Strategy::Ticket))
        .map_err(anyhow::Error::from)?;
    let [emails, phones] = [&emails, &phones].map(|known| addresses(known, &verification));
    let id = UserId::from_random(app.chance.bytes()?);
    let totp = command
        .totp_secret
        .as_ref()
        .map(|secret| totp::brought(app, secret.expose()));
    let totp = totp.transpose()?;
    let codes = backup_code::brought(app, &id, &command.backup_codes)?;
    let public_metadata = metadata(command.public_metadata.as_ref(), "public_metadata")?;
    let private_metadata = metadata(command.private_metadata.as_ref(), "private_metadata")?;
    let unsafe_metadata = metadata(command.unsafe_metadata.as_ref(), "unsafe_metadata")?;
    let user = NewUser {
        email: emails.first().copied(),
        phone: phones.first().copied(),
        username: username.as_deref(),
        first_name: first_name.as_deref(),
        last_name: last_name.as_deref(),
        locale: command.locale.as_deref(),
        password: password.as_deref(),
        totp: totp.as_deref(),
        backup_codes: &codes,
        legal_accepted_at: command.legal_accepted_at,
        unsafe_metadata: unsafe_metadata.as_deref(),
        public_metadata: public_metadata.as_deref(),
        private_metadata: private_metadata.as_deref(),
        external_id: external_id.as_deref(),
        ..NewUser::of(&id)
    };
    let more = (
        emails.get(1..).unwrap_or_default(),
        phones.get(1..).unwrap_or_default(),
    );
    let is_made = app
        .store
        .create_person(&user, more, command.created_at, backend.cause())
        .await?;
    if !is_made {
        return Err(taken(app, &user, more).await?);
    }
    answer(app, &id, StatusCode::CREATED).await
}

/// The sealed hash of a password that the app's server gives, checked by the rules or not.
///
/// # Errors
/// Those of a new password.
pub async fn sealed(
    app: &App,
    typed: &Secret<String>,
    about: &[&str],
    is_checked: bool,
    now: Timestamp,
) -> Result<String, Error> {
    const FIELD: &str = "password";
    if is_checked {
        return password::take(app, typed, about, FIELD, now).await;
    }
    let shape = PasswordSettings {
        min_length: 1,
        ..app.settings().password_settings()
    };
    let password =
        Password::parse(typed.expose(), &shape).map_err(|code| Error::at(code, FIELD))?;
    let hash = app.hasher.hash(&password, &app.chance).await?;
    Ok(flow::seal_password(app, &hash)?)
}

/// The hash of a password that other software made, sealed.
///
/// # Errors
/// `FormParamNil` without a hasher, `FormParamValueInvalid` where there is none of that name,
/// `FormParamFormatInvalid` where the digest is not one of its, or costs too much to check.
async fn adopted(
    app: &App,
    digest: &Secret<String>,
    hasher: Option<&str>,
) -> Result<String, Error> {
    const FIELD: &str = "password_hasher";
    let hasher = hasher.ok_or_else(|| Error::at(ErrorCode::FormParamNil, FIELD))?;
    let foreign = Foreign::parse(hasher, digest.expose()).map_err(|refused| match refused {
        Refused::Hasher => Error::at(ErrorCode::FormParamValueInvalid, FIELD),
        Refused::Digest => Error::at(ErrorCode::FormParamFormatInvalid, "password_digest"),
    })?;
    let stored = app.hasher.adopt(foreign, &app.chance).await?;
    Ok(flow::seal_password(app, &stored)?)
}

/// Each of `typed` with an id of its own, canonical.
fn known<T: Into<String>>(
    typed: &[String],
    parse: fn(&str) -> Result<T, ErrorCode>,
    field: &str,
    draw: impl Fn() -> Result<String, Error>,
) -> Result<Vec<(String, String)>, Error> {
    if typed.len() > MOST {
        return Err(Error::at(ErrorCode::FormParamMaxLengthExceeded, field));
    }
    let mut known: Vec<(String, String)> = Vec::new();
    for typed in typed {
        let text = parse(typed).map_err(|code| Error::at(code, field))?.into();
        if known.iter().all(|(_, other)| *other != text) {
            known.push((draw()?, text));
        }
    }
    Ok(known)
}

fn addresses<'a>(known: &'a [(String, String)], verification: &'a str) -> Vec<NewAddress<'a>> {
    known
        .iter()
        .map(|(id, text)| NewAddress {
            id,
            text,
            verification,
        })
        .collect()
}

/// What of a new user turned out to be somebody else's.
async fn taken(
    app: &App,
    user: &NewUser<'_>,
    (emails, phones): (&[NewAddress<'_>], &[NewAddress<'_>]),
) -> Result<Error, Error> {
    let code = ErrorCode::FormIdentifierExists;
    if let Some(name) = user.username
        && app.store.owner_of_username(name).await?.is_some()
    {
        return Ok(Error::at(code, "username"));
    }
    for email in user.email.iter().chain(emails) {
        if app.store.owner(email.text).await?.is_some() {
            return Ok(Error::at(code, "email_address"));
        }
    }
    for phone in user.phone.iter().chain(phones) {
        if app.store.owner_of_number(phone.text).await?.is_some() {
            return Ok(Error::at(code, "phone_number"));
        }
    }
    Ok(Error::at(code, "external_id"))
}
