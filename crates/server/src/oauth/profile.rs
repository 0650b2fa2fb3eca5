//! Who somebody is, as their provider tells it.

use anyhow::{Context as _, Result};
use frontdesk_protocol::Email;
use serde_json::{Map, Value};

use super::directory::{Place, get};
use super::presets::Shape;
use crate::app::App;

/// The most characters that are kept of a name.
const LONGEST: usize = 100;

/// Who somebody is.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    /// What the provider calls them; nothing else identifies them.
    pub subject: String,
    /// Their address.
    pub email: Option<Email>,
    /// Whether the provider says that the address is theirs.
    pub is_verified: bool,
    /// Their first name.
    pub first_name: Option<String>,
    /// Their last name.
    pub last_name: Option<String>,
    /// Their user name.
    pub username: Option<String>,
    /// Where their picture is.
    pub picture: Option<String>,
}

/// Reads the claims of an ID token, or what a userinfo endpoint answers.
///
/// # Errors
/// Where nobody is named.
pub fn of_claims(claims: &Map<String, Value>, provider: &str) -> Result<Profile> {
    let subject = text(claims.get("sub")).context("nobody is named")?;
    // Whoever runs a tenant writes any address there, unless it says that the domain is the tenant's.
    let verified = if provider == "microsoft" {
        claims.get("xms_edov")
    } else {
        claims.get("email_verified")
    };
    let (first, last) = names(claims);
    Ok(Profile {
        subject,
        email: address(claims.get("email")),
        is_verified: is_true(verified),
        first_name: first,
        last_name: last,
        username: text(claims.get("preferred_username").or(claims.get("nickname"))),
        picture: picture(claims.get("picture")),
    })
}

/// Asks a provider without OpenID whose a token is.
///
/// # Errors
/// Where it does not say.
pub async fn ask(app: &App, place: &Place, shape: Shape, token: &str) -> Result<Profile> {
    let url = place.user.as_deref().context("no user_url")?;
    let answer = get(app, url, Some(token)).await?;
    let mut profile = read(&answer, shape)?;
    if shape == Shape::Github {
        // What the profile shows is chosen by the person, and need not be theirs.
        let addresses = get(app, &format!("{url}/emails"), Some(token)).await?;
        let primary = addresses
            .as_array()
            .into_iter()
            .flatten()
            .find(|it| is_true(it.get("primary")) && is_true(it.get("verified")));
        profile.email = primary.and_then(|it| address(it.get("email")));
        profile.is_verified = profile.email.is_some();
    }
    Ok(profile)
}

fn read(answer: &Value, shape: Shape) -> Result<Profile> {
    let at = |path: &str| answer.pointer(path);
    let named = |first: &str, last: &str| (text(at(first)), text(at(last)));
    let whole = |path: &str| split(text(at(path)));
    let (subject, email, verified, (first_name, last_name), username, image) = match shape {
        Shape::Usual => (
            text(at("/sub").or(at("/id"))),
            at("/email"),
            is_true(at("/email_verified").or(at("/verified_email"))),
            answer.as_object().map(names).unwrap_or_default(),
            text(at("/preferred_username").or(at("/username"))),
            at("/picture"),
        ),
        Shape::Github => (
            text(at("/id")),
            None,
            false,
            whole("/name"),
            text(at("/login")),
            at("/avatar_url"),
        ),
        Shape::X => (
            text(at("/data/id")),
            at("/data/confirmed_email"),
            at("/data/confirmed_email").is_some(),
            whole("/data/name"),
            text(at("/data/username")),
            at("/data/profile_image_url"),
        ),
        Shape::Facebook => (
            text(at("/id")),
            at("/email"),
            false,
            named("/first_name", "/last_name"),
            None,
            at("/picture/data/url"),
        ),
        Shape::Discord => (
            text(at("/id")),
            at("/email"),
            is_true(at("/verified")),
            whole("/global_name"),
            text(at("/username")),
            None,
        ),
        Shape::Notion => (
            text(at("/bot/owner/user/id")),
            at("/bot/owner/user/person/email"),
            false,
            whole("/bot/owner/user/name"),
            None,
            at("/bot/owner/user/avatar_url"),
        ),
        Shape::Spotify => (
            text(at("/id")),
            at("/email"),
            false,
            whole("/display_name"),
            None,
            at("/images/0/url"),
        ),
    };
    Ok(Profile {
        subject: subject.context("nobody is named")?,
        email: address(email),
        is_verified: verified,
        first_name,
        last_name,
        username,
        picture: picture(image),
    })
}

/// First and last name: as such, or out of the whole.
fn names(claims: &Map<String, Value>) -> (Option<String>, Option<String>) {
    let first = text(claims.get("given_name"));
    let last = text(claims.get("family_name"));
    if first.is_some() || last.is_some() {
        return (first, last);
    }
    split(text(claims.get("name")))
}

fn split(name: Option<String>) -> (Option<String>, Option<String>) {
    let Some(name) = name else {
        return (None, None);
    };
    match name.split_once(' ') {
        Some((first, last)) => (Some(first.to_owned()), Some(last.trim().to_owned())),
        None => (Some(name), None),
    }
}

/// A text or a number, without what does not belong in a name.
fn text(value: Option<&Value>) -> Option<String> {
    let text = match value? {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => return None,
    };
    let is_clean = !text.is_empty() && !text.chars().any(char::is_control);
    let is_short = text.chars().count() <= LONGEST || text.len() <= 255;
    (is_clean && is_short).then_some(text)
}

fn address(value: Option<&Value>) -> Option<Email> {
    Email::parse(value?.as_str()?).ok()
}

fn picture(value: Option<&Value>) -> Option<String> {
    let url = value?.as_str()?;
    (url.starts_with("https://") && url.len() <= 2048).then(|| url.to_owned())
}

/// Some say it as a text, and some as a number.
fn is_true(value: Option<&Value>) -> bool {
    value.is_some_and(|value| {
        value.as_bool() == Some(true)
            || matches!(value.as_str(), Some("true" | "1"))
            || value.as_i64() == Some(1)
    })
}
