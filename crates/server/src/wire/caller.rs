//! Who calls: the browser by its cookie, the person by their session.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::Json;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::header::{
    CACHE_CONTROL, LOCATION, ORIGIN, REFERRER_POLICY, SET_COOKIE, USER_AGENT,
};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse as _, Response};
use frontdesk_protocol::{Client, ClientId, Envelope, ErrorCode, Secret, SessionId, Timestamp};
use serde::{Deserialize, Serialize};

use super::address::{address_of, prefix};
use super::cookie;
use crate::app::App;
use crate::error::Error;
use crate::resource;
use crate::seal::hash_token;
use crate::step_up;
use crate::store::{Browser, Cause, Opening, Rotation, StoredSession};

/// The most characters that are kept of what a browser calls itself.
const LONGEST_AGENT: usize = 300;

/// One request's caller.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The running server.
    pub app: App,
    /// The browser, if it is known.
    pub browser: Option<Browser>,
    /// The address of the network it calls from.
    pub address: String,
    /// The part of that address that one person has to themselves.
    pub prefix: String,
    /// The origin of the page it calls for; ours where it says none.
    pub origin: String,
    /// What the browser calls itself.
    pub user_agent: Option<String>,
    /// When it called.
    pub now: Timestamp,
    asked_session: Option<SessionId>,
    /// Whether another browser than this one is answered.
    is_elsewhere: bool,
    /// The secret that the answer gives the browser.
    next: Option<(ClientId, Secret<String>, String)>,
}

/// What a browser says of itself.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Device {
    /// The address of the network it called from.
    pub address: String,
    /// What it calls itself.
    pub user_agent: Option<String>,
}

/// A caller who is signed in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The caller.
    pub caller: Caller,
    /// The session they act in.
    pub session: StoredSession,
}

impl FromRequestParts<App> for Caller {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let now = app.now();
        let peer = parts
            .extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |ConnectInfo(peer)| {
                peer.ip()
            });
        let address = address_of(peer, &parts.headers, &app.config.options.trusted_proxies);
        let is_read = matches!(parts.method, Method::GET | Method::HEAD);
        if !is_read && let Some(wait_s) = app.throttle.count(prefix(address), now) {
            return Err(Error::too_many(wait_s));
        }
        let browser = match cookie::read(&parts.headers, app.config.is_https()) {
            Some(secret) => app.store.browser(&hash_token(secret.expose()), now).await?,
            None => None,
        };
        let origin = parts
            .headers
            .get(ORIGIN)
            .and_then(|origin| origin.to_str().ok());
        let query = parts.uri.query().unwrap_or("");
        let asked = query
            .split('&')
            .find_map(|pair| pair.strip_prefix("_clerk_session_id="));
        Ok(Self {
            app: app.clone(),
            browser,
            address: address.to_string(),
            prefix: prefix(address).to_string(),
            // Those that are not allowed did not come this far.
            origin: origin.unwrap_or(&app.config.public_url).to_owned(),
            user_agent: parts
                .headers
                .get(USER_AGENT)
                .and_then(|agent| agent.to_str().ok())
                .map(|agent| agent.chars().take(LONGEST_AGENT).collect()),
            now,
            asked_session: asked.and_then(SessionId::parse),
            is_elsewhere: false,
            next: None,
        })
    }
}

impl FromRequestParts<App> for SignedIn {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let caller = Caller::from_request_parts(parts, app).await?;
        let session = caller
            .session()
            .await?
            .ok_or(ErrorCode::AuthenticationInvalid)?;
        let me = Self { caller, session };
        if step_up::is_asked(parts) {
            me.reverified()?;
        }
        Ok(me)
    }
}

impl Caller {
    /// The browser in words, e.g. `Firefox on Linux`, as far as it says.
    pub fn device(&self) -> String {
        crate::device::name(self.user_agent.as_deref().unwrap_or(""))
    }

    /// What goes into the record with a change.
    pub fn cause(&self) -> Cause<'_> {
        Cause {
            now: self.now,
            address: &self.address,
            chance: &self.app.chance,
        }
    }

    /// The browser; one that is not known has nothing under way.
    ///
    /// # Errors
    /// `AttemptNotFound`.
    pub fn known(&self) -> Result<&Browser, Error> {
        self.browser
            .as_ref()
            .ok_or_else(|| ErrorCode::AttemptNotFound.into())
    }

    /// The session that the caller acts in: the one asked for, or the browser's active one.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn session(&self) -> Result<Option<StoredSession>, Error> {
        let Some(browser) = &self.browser else {
            return Ok(None);
        };
        let live = self.app.store.live_sessions(&browser.id, self.now).await?;
        let wanted = self
            .asked_session
            .as_ref()
            .or(browser.last_active_session.as_ref());
        let place = live.iter().position(|session| Some(&session.id) == wanted);
        Ok(place.map(|place| live[place].clone()))
    }

    /// The live session `id` of this browser.
    ///
    /// # Errors
    /// `AuthenticationInvalid` where nobody is signed in, `ResourceNotFound` where it is another's.
    pub async fn live_session(&self, id: &str) -> Result<StoredSession, Error> {
        let browser = self
            .browser
            .as_ref()
            .ok_or(ErrorCode::AuthenticationInvalid)?;
        let live = self.app.store.live_sessions(&browser.id, self.now).await?;
        if live.is_empty() {
            return Err(ErrorCode::AuthenticationInvalid.into());
        }
        live.into_iter()
            .find(|session| session.id.as_str() == id)
            .ok_or_else(|| ErrorCode::ResourceNotFound.into())
    }

    /// The browser to begin something in: itself, or a new one whose secret the answer will carry.
    ///
    /// # Errors
    /// Where there are no random bytes.
    pub fn prepare_opening(&mut self) -> Result<(), Error> {
        if self.browser.is_none() && self.next.is_none() {
            let id = ClientId::from_random(self.app.chance.bytes()?);
            self.draw_secret(id)?;
        }
        Ok(())
    }

    /// The browser that [`Self::prepare_opening`] found or made.
    ///
    /// # Errors
    /// Where it was not called.
    pub fn opening(&self) -> Result<Opening<'_>, Error> {
        match (&self.browser, &self.next) {
            (Some(browser), _) => Ok(Opening {
                id: &browser.id,
                fresh: None,
            }),
            (None, Some((id, _, hash))) => Ok(Opening {
                id,
                fresh: Some((hash, self.expires_at())),
            }),
            (None, None) => Err(anyhow::anyhow!("a browser was not prepared").into()),
        }
    }

    /// Draws the browser's next secret, which the answer will carry.
    ///
    /// # Errors
    /// Where the browser is not known, or there are no random bytes.
    pub fn prepare_rotation(&mut self) -> Result<(), Error> {
        // A browser made by this very request has a secret that nobody knows yet.
        if self.next.is_none() && !self.is_elsewhere {
            let id = self.known()?.id.clone();
            self.draw_secret(id)?;
        }
        Ok(())
    }

    /// The browser and its next secret, as [`Self::prepare_rotation`] drew it.
    ///
    /// # Errors
    /// Where it was not called.
    pub fn rotation(&self) -> Result<Rotation<'_>, Error> {
        if self.is_elsewhere {
            return Ok(Rotation {
                client: &self.known()?.id,
                fresh: None,
            });
        }
        let (client, _, token_hash) = self
            .next
            .as_ref()
            .ok_or_else(|| anyhow::anyhow!("a secret was not drawn"))?;
        Ok(Rotation {
            client,
            fresh: Some((token_hash, self.expires_at())),
        })
    }

    /// The same call, in the name of a browser that is not the one answered: it keeps its secret, because no
    /// answer reaches it.
    #[must_use]
    pub fn elsewhere(&self, browser: Browser, device: Device) -> Self {
        Self {
            browser: Some(browser),
            address: device.address,
            user_agent: device.user_agent,
            asked_session: None,
            is_elsewhere: true,
            next: None,
            ..self.clone()
        }
    }

    /// What a browser says of itself, to be told of it later.
    pub fn itself(&self) -> Device {
        Device {
            address: self.address.clone(),
            user_agent: self.user_agent.clone(),
        }
    }

    fn draw_secret(&mut self, id: ClientId) -> Result<(), Error> {
        let secret = self.app.chance.token()?;
        let hash = hash_token(secret.expose());
        self.next = Some((id, secret, hash));
        Ok(())
    }

    fn expires_at(&self) -> Timestamp {
        self.now.plus_s(cookie::LONGEST_S)
    }

    /// The browser as it is after this request.
    async fn browser_now(&self) -> Result<Option<Browser>, Error> {
        let id = match (&self.next, &self.browser) {
            (Some((id, ..)), _) => id,
            (None, Some(browser)) => &browser.id,
            (None, None) => return Ok(None),
        };
        Ok(self.app.store.browser_by_id(id).await?)
    }

    /// The answer: what was asked for, and the whole client beside it.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn answer<T: Serialize>(self, response: T) -> Result<Response, Error> {
        let client = match self.browser_now().await? {
            Some(browser) => {
                Some(resource::client(&self.app, &browser, &self.origin, self.now).await?)
            }
            None => None,
        };
        let jwt = client.as_ref().map(jwt);
        let answer = Json(Envelope { response, client }).into_response();
        Ok(self.dress(answer, jwt.as_deref()))
    }

    /// The answer that is a part of the client, which is read once for both.
    ///
    /// # Errors
    /// Where the store broke, or the client has no such part any more.
    pub async fn answer_part<T: Serialize>(
        self,
        part: impl FnOnce(&Client) -> Option<T>,
    ) -> Result<Response, Error> {
        // Whoever only reads has changed nothing of the browser since it was recognised.
        let browser = self.browser.as_ref();
        let browser = browser.ok_or(ErrorCode::AuthenticationInvalid)?;
        let client = resource::client(&self.app, browser, &self.origin, self.now).await?;
        let response = part(&client).ok_or(ErrorCode::AuthenticationInvalid)?;
        let jwt = jwt(&client);
        let answer = Json(Envelope {
            response,
            client: Some(client),
        })
        .into_response();
        Ok(self.dress(answer, Some(&jwt)))
    }

    /// The answer that is the client itself, or that there is none.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn answer_client(self) -> Result<Response, Error> {
        let Some(browser) = self.browser_now().await? else {
            let nothing = Json(Envelope {
                response: (),
                client: None,
            })
            .into_response();
            return Ok(self.dress(nothing, Some("")));
        };
        let client = resource::client(&self.app, &browser, &self.origin, self.now).await?;
        let jwt = jwt(&client);
        let answer = Json(Envelope {
            response: client,
            client: None,
        })
        .into_response();
        Ok(self.dress(answer, Some(&jwt)))
    }

    /// The answer that sends the browser on to `place`, which no other page is told of.
    ///
    /// # Errors
    /// Where the store broke, or the place cannot be written.
    pub async fn answer_redirect(self, place: &str) -> Result<Response, Error> {
        let client = match self.browser_now().await? {
            Some(browser) => {
                Some(resource::client(&self.app, &browser, &self.origin, self.now).await?)
            }
            None => None,
        };
        let jwt = client.as_ref().map(jwt);
        Ok(self.dress(redirect(place)?, jwt.as_deref()))
    }

    /// The answer that is a session token.
    pub fn answer_token(self, answer: Response, jwt: &str) -> Response {
        self.dress(answer, Some(jwt))
    }

    /// Adds the cookies.
    fn dress(self, mut answer: Response, jwt: Option<&str>) -> Response {
        let is_https = self.app.config.is_https();
        let client = self
            .next
            .and_then(|(_, secret, _)| cookie::client(&secret, is_https));
        let session = jwt.and_then(|jwt| cookie::session(jwt, is_https));
        for header in client.into_iter().chain(session) {
            answer.headers_mut().append(SET_COOKIE, header);
        }
        answer
    }
}

/// Sends a browser on by GET, whatever it came by; nothing of the address here goes along.
///
/// # Errors
/// Where the place cannot be written in a header.
pub fn redirect(place: &str) -> anyhow::Result<Response> {
    let mut answer = StatusCode::SEE_OTHER.into_response();
    let headers = answer.headers_mut();
    headers.insert(LOCATION, HeaderValue::from_str(place)?);
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    Ok(answer)
}

/// The token of the active session; empty where nobody is signed in.
fn jwt(client: &Client) -> String {
    let token = client
        .active_session()
        .and_then(|session| session.last_active_token.as_ref());
    token.map_or(String::new(), |token| token.jwt.clone())
}
