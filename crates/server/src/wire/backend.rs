//! An app's server that calls, by its secret key; it has no cookies, and no page may call in its name.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts, Request, State};
use axum::http::header::{AUTHORIZATION, CACHE_CONTROL};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use frontdesk_protocol::{ErrorCode, SecretKeyId, Timestamp};

use super::address::{address_of, prefix};
use crate::app::App;
use crate::error::Error;
use crate::secret_key::{self, Scopes};
use crate::store::Cause;

/// One request's caller, whose key allows what it asks for.
#[derive(Clone, Debug)]
pub struct Backend {
    /// The running server.
    pub app: App,
    /// The key's id.
    pub key: SecretKeyId,
    /// What the key may do.
    pub scopes: Scopes,
    /// The address of the network it calls from.
    pub address: String,
    /// When it called.
    pub now: Timestamp,
}

impl Backend {
    /// What goes into the record with a change.
    pub fn cause(&self) -> Cause<'_> {
        Cause::new(self.now, &self.address, &self.app.chance).by(&self.key)
    }
}

impl FromRequestParts<App> for Backend {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Error> {
        let admitted = parts.extensions.get::<Self>().cloned();
        admitted.ok_or_else(|| ErrorCode::AuthenticationInvalid.into())
    }
}

/// Lets in whose key allows `scope`.
pub async fn admit(
    State((app, scope)): State<(App, &'static str)>,
    mut request: Request,
    next: Next,
) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let peer = peer.map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |ConnectInfo(peer)| {
        peer.ip()
    });
    let mut response = match recognise(&app, scope, request.headers(), peer).await {
        Ok(backend) => {
            request.extensions_mut().insert(backend);
            next.run(request).await
        }
        Err(error) => error.into_response(),
    };
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

async fn recognise(
    app: &App,
    scope: &str,
    headers: &HeaderMap,
    peer: IpAddr,
) -> Result<Backend, Error> {
    let now = app.now();
    let address = address_of(peer, headers, &app.config.options.trusted_proxies);
    let bearer = headers.get(AUTHORIZATION).and_then(|it| it.to_str().ok());
    let key = bearer.and_then(|bearer| bearer.strip_prefix("Bearer "));
    let found = match key {
        Some(key) => secret_key::recognise(app, key.trim()).await,
        None => Err(ErrorCode::AuthenticationInvalid.into()),
    };
    let (key, scopes) = match found {
        Ok(found) => found,
        Err(error) => {
            // Whoever guesses does so slowly.
            let wait_s = app.throttle.count(prefix(address), now);
            return Err(wait_s.map_or(error, Error::too_many));
        }
    };
    if let Some(wait_s) = app.key_throttle.count(key.clone(), now) {
        return Err(Error::too_many(wait_s));
    }
    if !scopes.allow(scope) {
        if app.refusals.count(key.to_string(), now).is_none() {
            let address = address.to_string();
            let cause = Cause::new(now, &address, &app.chance).by(&key);
            app.store.note_refusal(None, None, scope, cause).await?;
        }
        return Err(ErrorCode::AuthorizationInvalid.into());
    }
    Ok(Backend {
        app: app.clone(),
        key,
        scopes,
        address: address.to_string(),
        now,
    })
}
