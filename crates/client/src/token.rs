//! The session token: short-lived, in memory only, minted when somebody needs it.
//!
//! A fault never signs anybody out: it is tried again for a while, and then reported as what it is.

use std::cell::RefCell;
use std::rc::Rc;

use frontdesk_protocol::{Client, SessionId, SessionToken, Timestamp};

use crate::call::Verb;
use crate::flight::Flight;
use crate::patience::Patience;
use crate::{Failure, Frontdesk, News, jwt};

/// A token with less to live is minted anew before it is needed.
const FRESH_MS: i64 = 15_000;
/// A token with less to live may end on its way to a backend, so it is not given out.
const USABLE_MS: i64 = 5_000;

/// The token held, and the mint under way.
#[derive(Default)]
pub(crate) struct Tokens {
    held: RefCell<Option<Held>>,
    flight: RefCell<Option<(String, Rc<Flight>)>>,
}

#[derive(Clone)]
struct Held {
    key: String,
    jwt: String,
    expires_at: Timestamp,
}

/// What a token is wanted for.
#[derive(Clone, PartialEq, Eq)]
struct Wanted {
    session: SessionId,
    /// The session and the organization, as tabs tell them each other.
    key: String,
}

impl Wanted {
    fn of(client: &Client) -> Option<Self> {
        let session = client.active_session()?;
        let organization = match &session.last_active_organization_id {
            Some(organization) => organization.as_str(),
            None => "",
        };
        Some(Self {
            session: session.id.clone(),
            key: [session.id.as_str(), ":", organization].concat(),
        })
    }
}

impl Tokens {
    /// Forgets a token of another session or organization, and takes the one that came with the client.
    pub(crate) fn follow(&self, client: Option<&Client>) {
        let wanted = client.and_then(Wanted::of);
        self.held
            .borrow_mut()
            .take_if(|held| wanted.as_ref().is_none_or(|wanted| wanted.key != held.key));
        let token = client
            .and_then(Client::active_session)
            .and_then(|session| session.last_active_token.as_ref());
        if let (Some(wanted), Some(token)) = (wanted, token) {
            self.hold(&wanted.key, &token.jwt);
        }
    }

    /// Holds a token unless the one held ends later.
    fn hold(&self, key: &str, jwt: &str) {
        let expires_at = jwt::expires_at(jwt).unwrap_or_default();
        let mut held = self.held.borrow_mut();
        if held
            .as_ref()
            .is_none_or(|held| held.key != key || held.expires_at <= expires_at)
        {
            *held = Some(Held {
                key: key.to_owned(),
                jwt: jwt.to_owned(),
                expires_at,
            });
        }
    }

    /// Forgets the token held, which does not tell what has happened since.
    pub(crate) fn forget(&self) {
        self.held.take();
    }

    fn held(&self, key: &str) -> Option<Held> {
        self.held
            .borrow()
            .as_ref()
            .filter(|held| held.key == key)
            .cloned()
    }

    fn flight(&self, key: &str) -> Rc<Flight> {
        let mut flight = self.flight.borrow_mut();
        match &*flight {
            Some((other, flight)) if other == key => Rc::clone(flight),
            Some(_) | None => {
                let new = Rc::new(Flight::default());
                *flight = Some((key.to_owned(), Rc::clone(&new)));
                new
            }
        }
    }
}

impl Frontdesk {
    /// A session token that lives for at least five more seconds; nothing where nobody is signed in.
    ///
    /// # Errors
    /// `Unavailable` or `Offline` after several tries; the session is none the worse for it.
    pub async fn token(&self) -> Result<Option<String>, Failure> {
        self.load_client().await?;
        while let Some(wanted) = self.wanted() {
            if let Some(held) = self.0.tokens.held(&wanted.key) {
                let left_ms = self.left_ms(&held);
                if left_ms <= FRESH_MS && left_ms > USABLE_MS {
                    self.refresh_soon(wanted.clone());
                }
                if left_ms > USABLE_MS {
                    return Ok(Some(held.jwt));
                }
            }
            let result = self.refresh(wanted.clone()).await;
            if self.wanted().is_some_and(|now| now == wanted) {
                result?;
                // However short it seems to live by a clock that may be wrong, this is the newest there is.
                if let Some(held) = self.0.tokens.held(&wanted.key) {
                    return Ok(Some(held.jwt));
                }
            }
        }
        Ok(None)
    }

    /// A token of the server's template of this name, minted for this call; nothing where nobody is signed in.
    ///
    /// The name is a segment of a path, encoded as such.
    ///
    /// # Errors
    /// As of [`Frontdesk::token`], and what the server refuses, as it does where it has no such template.
    pub async fn template_token(&self, template: &str) -> Result<Option<String>, Failure> {
        self.load_client().await?;
        while let Some(wanted) = self.wanted() {
            let is_over = || self.wanted().as_ref() != Some(&wanted);
            let result = self.post(&wanted, &[template], is_over).await;
            if !is_over() {
                return result;
            }
        }
        Ok(None)
    }

    /// Takes a token that another tab minted, if this one wants it.
    pub(crate) fn hold_token(&self, key: &str, jwt: &str) {
        if self.wanted().is_some_and(|wanted| wanted.key == key) {
            self.0.tokens.hold(key, jwt);
        }
    }

    fn wanted(&self) -> Option<Wanted> {
        Wanted::of(&*self.client()?)
    }

    fn left_ms(&self, held: &Held) -> i64 {
        held.expires_at.0 - self.server_now().0
    }

    fn refresh_soon(&self, wanted: Wanted) {
        if self.0.tokens.flight(&wanted.key).is_flying() {
            return;
        }
        let desk = self.clone();
        self.0
            .transport
            .spawn(Box::pin(async move { drop(desk.refresh(wanted).await) }));
    }

    async fn refresh(&self, wanted: Wanted) -> Result<(), Failure> {
        let flight = self.0.tokens.flight(&wanted.key);
        let desk = self.clone();
        flight
            .join(Box::pin(async move { desk.mint(wanted).await }))
            .await
    }

    /// Mints a token, and holds it if it is still wanted then.
    async fn mint(&self, wanted: Wanted) -> Result<(), Failure> {
        let is_settled = || self.is_settled(&wanted);
        if let Some(jwt) = self.post(&wanted, &[], is_settled).await? {
            self.hold_token(&wanted.key, &jwt);
            self.0.transport.tell(News::Token {
                key: wanted.key,
                jwt,
            });
        }
        Ok(())
    }

    /// Asks for a token until there is one, or `is_settled` says that none is needed any more.
    async fn post(
        &self,
        wanted: &Wanted,
        template: &[&str],
        is_settled: impl Fn() -> bool,
    ) -> Result<Option<String>, Failure> {
        let start = ["client/sessions", wanted.session.as_str(), "tokens"];
        let path = [&start, template].concat();
        let mut tried = 0;
        loop {
            tried += 1;
            let failure = match self.ask::<SessionToken>(Verb::Post, &path, &[]).await {
                Ok(token) => return Ok(Some(token.jwt)),
                Err(failure) => failure,
            };
            let random = self.0.transport.random();
            match Patience::MINT.wait_ms(tried, &failure, random) {
                Some(ms) => self.0.transport.sleep(ms).await,
                None => return Err(failure),
            }
            if is_settled() {
                return Ok(None);
            }
        }
    }

    /// Whether another tab has minted the token meanwhile, or nobody wants it any more.
    fn is_settled(&self, wanted: &Wanted) -> bool {
        let is_fresh = self
            .0
            .tokens
            .held(&wanted.key)
            .is_some_and(|held| self.left_ms(&held) > FRESH_MS);
        is_fresh || self.wanted().as_ref() != Some(wanted)
    }
}
