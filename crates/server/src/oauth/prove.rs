//! Whether a provider's answer can be believed, and who it says somebody is.

use anyhow::{Context as _, Result, ensure};
use frontdesk_protocol::{
    ErrorCode, ExternalAccount, ExternalAccountId, Provider, Strategy, Verification,
};

use super::Held;
use super::begin::Pending;
use super::directory::{Place, Tells};
use super::id_token::{self, Expected};
use super::profile::{self, Profile};
use super::tokens::{self, Tokens};
use crate::wire::Caller;

/// What a provider says that the person said no by.
const DENIALS: [&str; 4] = [
    "access_denied",
    "user_cancelled_authorize",
    "user_cancelled_login",
    "interaction_required",
];

/// What a provider sends a browser back with.
#[derive(Clone, Debug, Default)]
pub struct Callback {
    /// Which question it answers.
    pub state: String,
    /// What is exchanged for tokens.
    pub code: Option<String>,
    /// Why there is no code.
    pub error: Option<String>,
    /// Who answers (RFC 9207).
    pub issuer: Option<String>,
    /// First and last name, where the provider tells them by the browser alone; they prove nothing.
    pub name: (Option<String>, Option<String>),
}

/// The account that the person proved to be theirs.
///
/// # Errors
/// `OauthAccessDenied`, `OauthProviderFailed`; the log knows more.
pub async fn prove(
    caller: &Caller,
    provider: Provider,
    pending: &Pending,
    answer: Callback,
) -> Result<Held, ErrorCode> {
    if let Some(error) = answer.error.as_deref()
        && DENIALS.contains(&error)
    {
        return Err(ErrorCode::OauthAccessDenied);
    }
    believe(caller, provider, pending, answer)
        .await
        .map_err(|error| {
            tracing::warn!("{provider:?} is not believed: {error:#}");
            ErrorCode::OauthProviderFailed
        })
}

async fn believe(
    caller: &Caller,
    provider: Provider,
    pending: &Pending,
    answer: Callback,
) -> Result<Held> {
    ensure!(
        pending.provider == provider.name(),
        "it answers what another provider was asked"
    );
    ensure!(answer.error.is_none(), "it answers with an error");
    let app = &caller.app;
    let place = Place::find(app, provider).await?;
    let place = place.context("the settings have no such provider any more")?;
    if let Tells::IdToken {
        issuer,
        names_itself,
        ..
    } = &place.tells
    {
        ensure!(
            answer.issuer.is_some() || !names_itself,
            "it does not say who it is"
        );
        let is_it = answer.issuer.is_none_or(|named| named == *issuer);
        ensure!(is_it, "it says that it is another");
    }
    let code = answer.code.context("it gives no code")?;
    let verifier = pending.verifier.clone();
    let (tokens, id_token) =
        tokens::exchange(app, &place, (code, verifier), &pending.scopes).await?;
    let (issuer, mut profile) = who(caller, &place, pending, &tokens, id_token).await?;
    if profile.first_name.is_none() && profile.last_name.is_none() {
        (profile.first_name, profile.last_name) = answer.name;
    }
    held(caller, &place, issuer, profile, &tokens)
}

/// Who issued the account, and whose it is.
async fn who(
    caller: &Caller,
    place: &Place,
    pending: &Pending,
    tokens: &Tokens,
    id_token: Option<String>,
) -> Result<(String, Profile)> {
    let app = &caller.app;
    let (issuer, keys) = match &place.tells {
        Tells::User(shape) => {
            let profile = profile::ask(app, place, *shape, tokens.access()).await?;
            return Ok((place.issuer(), profile));
        }
        Tells::IdToken { issuer, keys, .. } => (issuer, keys),
    };
    let id_token = id_token.context("it gives no ID token")?;
    let expected = Expected {
        issuer,
        keys,
        client_id: &place.settings.client_id,
        nonce: &pending.nonce,
        access_token: tokens.access(),
        now: caller.now,
    };
    let claims = id_token::verify(app, &id_token, expected).await?;
    let name = place.provider.name();
    let mut found = profile::of_claims(&claims, name)?;
    // Some say only here what they were asked for; it counts if it is about the same person.
    if found.email.is_none()
        && let Some(url) = &place.user
    {
        let more = super::directory::get(app, url, Some(tokens.access())).await?;
        let more = more.as_object().context("it tells nothing of the user")?;
        let more = profile::of_claims(more, name)?;
        ensure!(more.subject == found.subject, "it tells of another user");
        found = more;
    }
    let issuer = claims.get("iss").and_then(serde_json::Value::as_str);
    Ok((issuer.unwrap_or(issuer_of(place)).to_owned(), found))
}

fn issuer_of(place: &Place) -> &str {
    match &place.tells {
        Tells::IdToken { issuer, .. } => issuer,
        Tells::User(_) => &place.authorization,
    }
}

fn held(
    caller: &Caller,
    place: &Place,
    issuer: String,
    profile: Profile,
    tokens: &Tokens,
) -> Result<Held> {
    let app = &caller.app;
    let strategy = Strategy::OAuth(place.provider);
    let email = profile.email.map(String::from);
    let shown = ExternalAccount {
        id: ExternalAccountId::from_random(app.chance.bytes()?),
        provider: strategy.as_str().to_owned(),
        provider_user_id: profile.subject.clone(),
        approved_scopes: tokens.scopes.clone(),
        email_address: email.clone().unwrap_or_default(),
        username: profile.username,
        first_name: profile.first_name,
        last_name: profile.last_name,
        image_url: profile.picture.unwrap_or_default(),
        verification: Some(Verification::proved(None, strategy)),
        created_at: caller.now,
        updated_at: caller.now,
    };
    Ok(Held {
        provider: place.provider.name().to_owned(),
        issuer,
        subject: profile.subject,
        shown,
        sealed: tokens.seal(app)?,
        email,
        is_verified: profile.is_verified,
        at: caller.now,
    })
}
