//! A provider's tokens: exchanged for a code, sealed with the account, refreshed when they are needed.

use std::pin::Pin;

use anyhow::{Context as _, Result, anyhow, bail};
use frontdesk_protocol::{
    ApiError, ErrorCode, ExternalAccountId, Provider, Secret, Timestamp, UserId,
};
use oauth2::basic::{
    BasicErrorResponse, BasicRevocationErrorResponse, BasicTokenIntrospectionResponse,
    BasicTokenType,
};
use oauth2::{
    AsyncHttpClient, AuthType, AuthUrl, AuthorizationCode, ClientId, ClientSecret, EndpointNotSet,
    EndpointSet, ExtraTokenFields, HttpRequest, HttpResponse, PkceCodeVerifier, RedirectUrl,
    RefreshToken, RequestTokenError, StandardRevocableToken, StandardTokenResponse,
    TokenResponse as _, TokenUrl,
};
use serde::{Deserialize, Serialize};

use super::directory::Place;
use crate::app::App;
use crate::fetch::{Fetch, FetchError};

/// What the tokens of an account are sealed for.
const SEALED: &str = "external-account";
/// A token that ends sooner is refreshed.
const MARGIN_S: i64 = 60;

/// What speaks OAuth to one provider.
pub type Client = oauth2::Client<
    BasicErrorResponse,
    Answer,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
>;

type Answer = StandardTokenResponse<Extra, BasicTokenType>;

/// What OpenID adds to an answer.
#[derive(Debug, Serialize, Deserialize)]
pub struct Extra {
    id_token: Option<String>,
}

impl ExtraTokenFields for Extra {}

impl<'c> AsyncHttpClient<'c> for Fetch {
    type Error = FetchError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, FetchError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.send(request))
    }
}

/// A provider's tokens for one account.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Tokens {
    access: String,
    refresh: Option<String>,
    expires_at: Option<Timestamp>,
    /// What they allow, with spaces between.
    pub scopes: String,
}

/// A token that an app's server uses on behalf of a user.
#[derive(Clone, Debug)]
pub struct AccessToken {
    /// The token.
    pub token: Secret<String>,
    /// What it allows, with spaces between.
    pub scopes: String,
    /// When it ends, where the provider says.
    pub expires_at: Option<Timestamp>,
}

/// What speaks to the provider at `place`.
///
/// # Errors
/// Where an address of it is none.
pub fn client(app: &App, place: &Place) -> Result<Client> {
    let back = format!(
        "{}/v1/oauth_callback/{}",
        app.config.public_url,
        place.provider.name()
    );
    let mut client = oauth2::Client::new(ClientId::new(place.settings.client_id.clone()))
        .set_auth_type(if place.by_header {
            AuthType::BasicAuth
        } else {
            AuthType::RequestBody
        })
        .set_auth_uri(AuthUrl::new(place.authorization.clone())?)
        .set_token_uri(TokenUrl::new(place.token.clone())?)
        .set_redirect_uri(RedirectUrl::new(back)?);
    if let Some(secret) = &place.settings.client_secret {
        client = client.set_client_secret(ClientSecret::new(secret.expose().clone()));
    }
    Ok(client)
}

/// Exchanges a code for tokens, and an ID token where the provider gives one; `asked` is what they allow where the
/// provider does not say.
///
/// # Errors
/// Why there are none, without anything secret.
pub async fn exchange(
    app: &App,
    place: &Place,
    (code, verifier): (String, String),
    asked: &str,
) -> Result<(Tokens, Option<String>)> {
    let client = client(app, place)?;
    let answer = client
        .exchange_code(AuthorizationCode::new(code))
        .set_pkce_verifier(PkceCodeVerifier::new(verifier))
        .request_async(&app.fetch)
        .await
        .map_err(|error| plain(&error))?;
    let id_token = answer.extra_fields().id_token.clone();
    Ok((tokens(&answer, asked, None, app.now()), id_token))
}

/// What is asked of a provider.
pub fn scopes(place: &Place) -> Vec<String> {
    let usual = place.preset.scopes.iter().map(|it| (*it).to_owned());
    let mut all: Vec<String> = usual.collect();
    for own in &place.settings.scopes {
        if !all.contains(own) {
            all.push(own.clone());
        }
    }
    all
}

impl Tokens {
    /// The access token.
    pub fn access(&self) -> &str {
        &self.access
    }

    /// Seals them for the store.
    ///
    /// # Errors
    /// Where there are no random bytes.
    pub fn seal(&self, app: &App) -> Result<String> {
        let plain = serde_json::to_vec(self)?;
        app.seal.seal(SEALED, &plain, &app.chance)
    }

    /// Those that were sealed for the store.
    ///
    /// # Errors
    /// Where they were sealed with another secret.
    pub fn open(app: &App, sealed: &str) -> Result<Self> {
        serde_json::from_slice(&app.seal.open(SEALED, sealed)?).context("stored tokens")
    }
}

/// A token of the user's account with `provider`, refreshed if it ends soon; nothing where there is no account.
///
/// # Errors
/// Where the provider refreshes none.
pub async fn access_token(
    app: &App,
    user: &UserId,
    provider: Provider,
) -> Result<Option<AccessToken>> {
    let Some((id, before)) = app.store.external_tokens(user, provider.name()).await? else {
        return Ok(None);
    };
    let mut tokens = Tokens::open(app, &before)?;
    let is_good = tokens
        .expires_at
        .is_none_or(|end| app.now().plus_s(MARGIN_S).0 < end.0);
    if let Some(refresh) = tokens.refresh.clone().filter(|_| !is_good) {
        let place = Place::find(app, provider).await?;
        let place = place.context("the settings have no such provider any more")?;
        let client = client(app, &place)?;
        let answer = client
            .exchange_refresh_token(&RefreshToken::new(refresh.clone()))
            .request_async(&app.fetch)
            .await;
        let answer = match answer {
            Ok(answer) => answer,
            Err(error) => {
                // One that the provider takes back is for its owner to connect again; others may work later.
                if matches!(error, RequestTokenError::ServerResponse(_)) {
                    lose(app, user, &id, &before).await?;
                }
                return Err(plain(&error));
            }
        };
        tokens = self::tokens(&answer, &tokens.scopes, Some(refresh), app.now());
        let after = tokens.seal(app)?;
        if !app
            .store
            .swap_tokens(&id, &before, &after, app.now())
            .await?
        {
            // Another request was quicker; a refresh token may work only once.
            let stored = app.store.external_tokens(user, provider.name()).await?;
            let Some((_, stored)) = stored else {
                return Ok(None);
            };
            tokens = Tokens::open(app, &stored)?;
        }
    } else if !is_good {
        lose(app, user, &id, &before).await?;
        bail!("the provider's token is too old, and it gave none to refresh it with");
    }
    Ok(Some(AccessToken {
        token: Secret::new(tokens.access),
        scopes: tokens.scopes,
        expires_at: tokens.expires_at,
    }))
}

/// Notes with an account that its tokens do not work any more, unless it has others by now.
async fn lose(app: &App, user: &UserId, id: &ExternalAccountId, before: &str) -> Result<()> {
    let accounts = app.store.external_accounts(user).await?;
    let Some(mut shown) = accounts.into_iter().find(|it| it.id == *id) else {
        return Ok(());
    };
    if let Some(verification) = &mut shown.verification {
        verification.error = Some(ApiError::of(ErrorCode::OauthProviderFailed));
    }
    app.store.lose_external(&shown, before, app.now()).await
}

fn tokens(answer: &Answer, asked: &str, before: Option<String>, now: Timestamp) -> Tokens {
    let granted = answer.scopes().map(|scopes| {
        // Some put commas between.
        let scopes: Vec<&str> = scopes.iter().flat_map(|it| it.split(',')).collect();
        scopes.join(" ")
    });
    let refresh = answer.refresh_token().map(|it| it.secret().clone());
    Tokens {
        access: answer.access_token().secret().clone(),
        refresh: refresh.or(before),
        expires_at: answer
            .expires_in()
            .map(|in_| now.plus_s(i64::try_from(in_.as_secs()).unwrap_or(i64::from(u32::MAX)))),
        scopes: granted.unwrap_or_else(|| asked.to_owned()),
    }
}

/// Why there are no tokens; what could not be read is not repeated, because it may hold some.
fn plain(error: &RequestTokenError<FetchError, BasicErrorResponse>) -> anyhow::Error {
    match error {
        RequestTokenError::ServerResponse(answer) => {
            anyhow!("the provider refuses the code: {}", answer.error())
        }
        RequestTokenError::Request(error) => anyhow!("the provider: {error}"),
        RequestTokenError::Parse(..) => anyhow!("the provider's tokens cannot be read"),
        RequestTokenError::Other(_) => anyhow!("the provider's answer is no answer"),
    }
}
