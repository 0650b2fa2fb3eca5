//! Where a provider is: by its preset, by the settings, or by the document that it publishes (OpenID Connect Discovery).

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context as _, Result, bail, ensure};
use axum::http::header::{ACCEPT, AUTHORIZATION};
use axum::http::{Request, Uri};
use frontdesk_protocol::{Provider, Timestamp};
use jsonwebtoken::jwk::Jwk;
use serde::Deserialize;
use serde_json::Value;

use super::presets::{ANY_OPENID, ANY_PLAIN, Preset, Shape, Speaks, preset};
use crate::app::App;
use crate::config::ProviderSettings;

/// How long a document is believed.
const KEPT_S: i64 = 3600;
/// How soon keys may be asked for again because of one that is not known.
const FLOOR_S: i64 = 30;

/// What was published, by its address, and when it was asked for.
type Kept<T> = Mutex<HashMap<String, (Timestamp, Arc<T>)>>;

/// What providers published, for as long as it is believed.
#[derive(Debug, Default)]
pub struct Directory {
    documents: Kept<Document>,
    keys: Kept<Vec<Jwk>>,
}

/// What an OpenID provider publishes about itself.
#[derive(Clone, Debug, Deserialize)]
pub struct Document {
    /// Its name.
    pub issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
    #[serde(default)]
    userinfo_endpoint: Option<String>,
    #[serde(default)]
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

/// A provider, ready to be spoken to.
#[derive(Clone, Debug)]
pub struct Place {
    /// Which.
    pub provider: Provider,
    /// What the settings say.
    pub settings: ProviderSettings,
    /// What is known beforehand.
    pub preset: Preset,
    /// Where people are asked.
    pub authorization: String,
    /// Where codes are exchanged for tokens.
    pub token: String,
    /// Where it tells whose a token is.
    pub user: Option<String>,
    /// Whether we say who we are by HTTP's own means.
    pub by_header: bool,
    /// How it tells who somebody is.
    pub tells: Tells,
}

/// How a provider tells who somebody is.
#[derive(Clone, Debug)]
pub enum Tells {
    /// By a signed token.
    IdToken {
        /// Its name, with `{tenantid}` in it where it has one for each organization.
        issuer: String,
        /// Where its keys are.
        keys: String,
        /// Whether every answer names it (RFC 9207).
        names_itself: bool,
    },
    /// By what it answers to whoever has an access token.
    User(Shape),
}

impl Place {
    /// The provider of the settings called so; nothing where there is none.
    ///
    /// # Errors
    /// Where it does not publish what it must.
    pub async fn find(app: &App, provider: Provider) -> Result<Option<Self>> {
        let settings = app.settings();
        let found = settings
            .providers
            .iter()
            .find(|it| it.id == provider.name());
        match found {
            Some(found) => Self::open(app, provider, found.clone()).await.map(Some),
            None => Ok(None),
        }
    }

    async fn open(app: &App, provider: Provider, settings: ProviderSettings) -> Result<Self> {
        let own = [&settings.authorization_url, &settings.token_url];
        let is_plain = own.iter().all(|url| url.is_some());
        let any = if is_plain { ANY_PLAIN } else { ANY_OPENID };
        let preset = preset(&settings.id).copied().unwrap_or(any);
        let chosen = |own: &Option<String>, usual: &str| own.clone().unwrap_or(usual.to_owned());
        match (settings.issuer.as_deref(), preset.speaks) {
            (
                None,
                Speaks::Plain {
                    authorization,
                    token,
                    user,
                    shape,
                    by_header,
                },
            ) => Ok(Self {
                authorization: chosen(&settings.authorization_url, authorization),
                token: chosen(&settings.token_url, token),
                user: Some(chosen(&settings.user_url, user)),
                by_header,
                tells: Tells::User(shape),
                provider,
                settings,
                preset,
            }),
            (Some(issuer), _) => {
                let issuer = issuer.to_owned();
                let scopes = match preset.speaks {
                    Speaks::OpenId { .. } => preset,
                    // Its addresses were replaced by those of an OpenID provider.
                    Speaks::Plain { .. } => ANY_OPENID,
                };
                Self::openid(app, provider, settings, scopes, &issuer).await
            }
            (None, Speaks::OpenId { issuer }) => {
                ensure!(!issuer.is_empty(), "{} has no issuer", settings.id);
                Self::openid(app, provider, settings, preset, issuer).await
            }
        }
    }

    async fn openid(
        app: &App,
        provider: Provider,
        settings: ProviderSettings,
        preset: Preset,
        issuer: &str,
    ) -> Result<Self> {
        let document = app.providers.document(app, issuer).await?;
        let ways = document.token_endpoint_auth_methods_supported.as_deref();
        // What a provider that says nothing takes (OpenID Connect Discovery §3).
        let by_header = ways.is_none_or(|ways| ways.iter().any(|it| it == "client_secret_basic"));
        Ok(Self {
            authorization: document.authorization_endpoint.clone(),
            token: document.token_endpoint.clone(),
            user: document.userinfo_endpoint.clone(),
            by_header,
            tells: Tells::IdToken {
                issuer: document.issuer.clone(),
                keys: document.jwks_uri.clone(),
                names_itself: document.authorization_response_iss_parameter_supported,
            },
            provider,
            settings,
            preset,
        })
    }

    /// The name that its accounts are kept under.
    pub fn issuer(&self) -> String {
        match &self.tells {
            Tells::IdToken { issuer, .. } => issuer.clone(),
            Tells::User(_) => origin_of(&self.authorization),
        }
    }
}

/// Scheme and host of an address.
fn origin_of(url: &str) -> String {
    let uri: Option<Uri> = url.parse().ok();
    let origin = uri.and_then(|uri| Some(format!("{}://{}", uri.scheme_str()?, uri.authority()?)));
    origin.unwrap_or_else(|| url.to_owned())
}

impl Directory {
    async fn document(&self, app: &App, issuer: &str) -> Result<Arc<Document>> {
        let now = app.now();
        if let Some(document) = kept(&self.documents, issuer, now) {
            return Ok(document);
        }
        let base = issuer.trim_end_matches('/');
        let url = format!("{base}/.well-known/openid-configuration");
        let document: Document = serde_json::from_value(get(app, &url, None).await?)
            .context("the provider's document is none")?;
        let is_shared = document.issuer.contains("{tenantid}")
            && ["common", "organizations", "consumers"]
                .iter()
                .any(|tenants| document.issuer.replace("{tenantid}", tenants) == issuer);
        if document.issuer != issuer && !is_shared {
            bail!("the provider's document is somebody else's");
        }
        let document = Arc::new(document);
        keep(&self.documents, issuer, now, &document);
        Ok(document)
    }

    /// The provider's key called `kid`; those it published are asked for again where there is none of that name.
    ///
    /// # Errors
    /// Where there is no such key.
    pub async fn key(&self, app: &App, url: &str, kid: Option<&str>) -> Result<Jwk> {
        let now = app.now();
        let is_it = |key: &&Jwk| kid.is_none() || key.common.key_id.as_deref() == kid;
        let find = |keys: &[Jwk]| match kid {
            Some(_) => keys.iter().find(is_it).cloned(),
            // One that is not named must be the only one.
            None => keys.first().filter(|_| keys.len() == 1).cloned(),
        };
        let before = kept(&self.keys, url, now);
        if let Some(key) = before.as_ref().and_then(|keys| find(keys)) {
            return Ok(key);
        }
        if before.is_some() && now.0 < asked_at(&self.keys, url).0 + FLOOR_S * 1000 {
            bail!("the provider has no key of that name");
        }
        let published = get(app, url, None).await?;
        let listed = published.get("keys").and_then(Value::as_array);
        // Keys of kinds that we do not know are none of ours.
        let keys: Vec<Jwk> = listed
            .into_iter()
            .flatten()
            .filter_map(|key| serde_json::from_value(key.clone()).ok())
            .collect();
        let found = find(&keys);
        keep(&self.keys, url, now, &Arc::new(keys));
        found.context("the provider has no key of that name")
    }
}

fn kept<T>(place: &Kept<T>, name: &str, now: Timestamp) -> Option<Arc<T>> {
    let place = place.lock().unwrap_or_else(PoisonError::into_inner);
    let (at, thing) = place.get(name)?;
    (now.0 < at.plus_s(KEPT_S).0).then(|| Arc::clone(thing))
}

fn asked_at<T>(place: &Kept<T>, name: &str) -> Timestamp {
    let place = place.lock().unwrap_or_else(PoisonError::into_inner);
    place.get(name).map_or(Timestamp(0), |(at, _)| *at)
}

fn keep<T>(place: &Kept<T>, name: &str, now: Timestamp, thing: &Arc<T>) {
    let mut place = place.lock().unwrap_or_else(PoisonError::into_inner);
    place.insert(name.to_owned(), (now, Arc::clone(thing)));
}

/// The JSON at an address, with an access token where one is given.
///
/// # Errors
/// Where there is none.
pub async fn get(app: &App, url: &str, token: Option<&str>) -> Result<Value> {
    let mut request = Request::get(url).header(ACCEPT, "application/json");
    if let Some(token) = token {
        request = request.header(AUTHORIZATION, format!("Bearer {token}"));
        if url.contains("notion.com") {
            request = request.header("notion-version", "2022-06-28");
        }
    }
    let answer = app.fetch.send(request.body(Vec::new())?).await?;
    ensure!(
        answer.status().is_success(),
        "the provider answers {}",
        answer.status()
    );
    serde_json::from_slice(answer.body()).context("the provider's answer is no JSON")
}
