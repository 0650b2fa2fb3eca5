//! Who calls: the browser by its cookie, the person by their session.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::Method;
use axum::http::header::{ORIGIN, USER_AGENT};
use axum::http::request::Parts;
use frontdesk_protocol::{ClientId, ErrorCode, Secret, SessionId, Timestamp, User};
use serde::{Deserialize, Serialize};

use super::address::{address_of, prefix};
use super::cookie;
use crate::app::App;
use crate::error::Error;
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
    /// Whether the answer carries the client beside what was asked for.
    pub(super) carries_client: bool,
    /// The secret that the answer gives the browser.
    pub(super) next: Option<(ClientId, Secret<String>, String)>,
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

/// A caller who asks for nothing but what is known of the browser, which is read with it.
#[derive(Clone, Debug)]
pub struct Reader {
    /// The caller.
    pub caller: Caller,
    /// The user of each live session of the browser, in their order.
    pub users: Vec<User>,
}

impl FromRequestParts<App> for Caller {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let mut caller = Self::arrive(parts, app)?;
        if let Some(hash) = secret_hash(parts, app) {
            caller.browser = app.store.browser(&hash, caller.now).await?;
        }
        Ok(caller)
    }
}

impl FromRequestParts<App> for Reader {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let mut caller = Caller::arrive(parts, app)?;
        let mut users = Vec::new();
        if let Some(hash) = secret_hash(parts, app)
            && let Some(found) = app.store.peopled(&hash, caller.now).await?
        {
            caller.browser = Some(found.browser);
            users = found.users;
        }
        Ok(Self { caller, users })
    }
}

impl Reader {
    /// The user of the session that the caller acts in.
    ///
    /// # Errors
    /// `AuthenticationInvalid`.
    pub fn user(&self) -> Result<&User, Error> {
        let session = self.caller.session();
        let user = session.and_then(|session| self.users.iter().find(|it| it.id == session.user));
        user.ok_or_else(|| ErrorCode::AuthenticationInvalid.into())
    }
}

/// The hash of the secret that a browser is known by.
fn secret_hash(parts: &Parts, app: &App) -> Option<String> {
    let secret = cookie::read(&parts.headers, app.config.is_https())?;
    Some(hash_token(secret.expose()))
}

impl Caller {
    /// Whoever calls, before it is known who.
    fn arrive(parts: &Parts, app: &App) -> Result<Self, Error> {
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
            browser: None,
            carries_client: query.split('&').all(|pair| pair != "_client=false"),
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
            .cloned()
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
        Cause::new(self.now, &self.address, &self.app.chance)
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
    pub fn session(&self) -> Option<&StoredSession> {
        let browser = self.browser.as_ref()?;
        let wanted = self
            .asked_session
            .as_ref()
            .or(browser.last_active_session.as_ref());
        let mut live = browser.live.iter();
        live.find(|session| Some(&session.id) == wanted)
    }

    /// The live session `id` of this browser.
    ///
    /// # Errors
    /// `AuthenticationInvalid` where nobody is signed in, `ResourceNotFound` where it is another's.
    pub fn live_session(&self, id: &str) -> Result<StoredSession, Error> {
        let browser = self
            .browser
            .as_ref()
            .ok_or(ErrorCode::AuthenticationInvalid)?;
        let live = &browser.live;
        if live.is_empty() {
            return Err(ErrorCode::AuthenticationInvalid.into());
        }
        live.iter()
            .find(|session| session.id.as_str() == id)
            .cloned()
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
}
