//! Asking a provider, and keeping what the answer must match.

use anyhow::Context as _;
use frontdesk_protocol::{
    ErrorCode, ExternalAccountId, Prepared, Provider, SignInId, SignUpId, Strategy, UserId,
};
use oauth2::{CsrfToken, PkceCodeChallenge, PkceCodeVerifier, Scope};
use serde::{Deserialize, Serialize};

use super::directory::{Place, Tells};
use super::tokens;
use crate::error::Error;
use crate::seal::hash_token;
use crate::store::Ceremony;
use crate::wire::{Caller, redirect_target};

/// What an answer of a provider is kept for, and sealed for.
const PURPOSE: &str = "oauth";
/// How long a person may take.
const LIFETIME_S: i64 = 600;

/// What a provider was asked, and what for.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Pending {
    /// Which provider.
    pub provider: String,
    /// What proves that the code is ours (RFC 7636).
    pub verifier: String,
    /// What the ID token must repeat.
    pub nonce: String,
    /// What it was asked to allow, with spaces between.
    pub scopes: String,
    /// Where to go on.
    pub urls: Urls,
    /// What for.
    pub what: What,
}

/// Where a browser goes after the provider.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Urls {
    /// While something is left to do.
    pub back: String,
    /// Once nothing is.
    pub done: String,
}

/// What a provider is asked for.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum What {
    /// To sign in.
    SignIn(SignInId),
    /// To sign up.
    SignUp(SignUpId),
    /// To be connected with a user, as an account of this id.
    Connect(UserId, ExternalAccountId),
}

impl Urls {
    /// Where to go on, if we may lead there.
    ///
    /// # Errors
    /// `FormParamNil`, `FormParamValueInvalid`.
    pub fn read(caller: &Caller, back: Option<&str>, done: Option<&str>) -> Result<Self, Error> {
        let back = place(caller, back, "redirect_url")?;
        let done = done.filter(|url| !url.is_empty());
        let done = done
            .map(|url| place(caller, Some(url), "action_complete_redirect_url"))
            .transpose()?;
        let done = done.unwrap_or_else(|| back.clone());
        Ok(Self { back, done })
    }
}

fn place(caller: &Caller, url: Option<&str>, field: &'static str) -> Result<String, Error> {
    let safe = redirect_target(&caller.app.config, url, field)?;
    // A path is one of the page that calls, whose origin is among the allowed ones.
    Ok(if safe.as_str().starts_with('/') {
        format!("{}{}", caller.origin, safe.as_str())
    } else {
        safe.as_str().to_owned()
    })
}

/// Keeps what the answer must match, and says where the provider is.
///
/// # Errors
/// `StrategyInvalid` where the settings have no such provider, `OauthProviderFailed`.
pub async fn ask(
    caller: &Caller,
    client: &str,
    provider: Provider,
    urls: Urls,
    what: What,
    more: Option<&str>,
) -> Result<Prepared, Error> {
    let app = &caller.app;
    let unknown = || Error::at(ErrorCode::StrategyInvalid, "strategy");
    let place = match Place::find(app, provider).await {
        Ok(place) => place.ok_or_else(unknown)?,
        Err(error) => {
            tracing::warn!("{provider:?} cannot be asked: {error:#}");
            return Err(Error::at(ErrorCode::OauthProviderFailed, "strategy"));
        }
    };
    let is_connecting = matches!(what, What::Connect(..));
    if !place.settings.sign_in && !is_connecting {
        return Err(unknown());
    }
    let state = app.chance.token()?;
    let verifier = app.chance.token()?;
    let nonce = app.chance.token()?;
    let hash = hash_token(state.expose());
    let pkce = PkceCodeVerifier::new(verifier.expose().clone());
    let talk = tokens::client(app, &place)?;
    let more = more.unwrap_or_default().split([' ', ',']);
    let more = more.filter(|scope| !scope.is_empty()).map(str::to_owned);
    let scopes: Vec<String> = tokens::scopes(&place).into_iter().chain(more).collect();
    let asked = scopes.join(" ");
    let mut request = talk
        .authorize_url(|| CsrfToken::new(state.expose().clone()))
        .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&pkce))
        .add_scopes(scopes.into_iter().map(Scope::new));
    for (name, value) in place.preset.extra {
        request = request.add_extra_param(*name, *value);
    }
    if matches!(place.tells, Tells::IdToken { .. }) {
        request = request.add_extra_param("nonce", nonce.expose().as_str());
    }
    let (url, _) = request.url();
    let pending = Pending {
        provider: provider.name().to_owned(),
        verifier: verifier.expose().clone(),
        nonce: nonce.expose().clone(),
        scopes: asked,
        urls,
        what,
    };
    let plain = serde_json::to_vec(&pending).map_err(anyhow::Error::from)?;
    let sealed = app.seal.seal(PURPOSE, &plain, &app.chance)?;
    let expires_at = caller.now.plus_s(LIFETIME_S);
    let ceremony = Ceremony {
        purpose: PURPOSE,
        hash: &hash,
        client,
    };
    app.store
        .begin_ceremony(ceremony, &sealed, expires_at)
        .await?;
    Ok(Prepared {
        strategy: Strategy::OAuth(provider),
        expire_at: expires_at,
        resend_at: None,
        url: Some(url.to_string()),
        nonce: None,
    })
}

/// What was asked under `state`, in this browser; whoever asks second gets nothing.
///
/// # Errors
/// Where the store broke.
pub async fn take(caller: &Caller, state: &str) -> Result<Option<Pending>, Error> {
    let Some(browser) = &caller.browser else {
        return Ok(None);
    };
    let hash = hash_token(state);
    let ceremony = Ceremony {
        purpose: PURPOSE,
        hash: &hash,
        client: browser.id.as_str(),
    };
    let app = &caller.app;
    let Some(sealed) = app.store.take_ceremony(ceremony, caller.now).await? else {
        return Ok(None);
    };
    let plain = app.seal.open(PURPOSE, &sealed)?;
    let pending = serde_json::from_slice(&plain).context("a stored question")?;
    Ok(Some(pending))
}
