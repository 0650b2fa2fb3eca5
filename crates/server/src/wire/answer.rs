//! What a caller is answered: what was asked for, the whole client beside it, and the cookies.

use axum::Json;
use axum::http::header::{CACHE_CONTROL, LOCATION, REFERRER_POLICY, SET_COOKIE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use frontdesk_protocol::{ApiError, Client, Envelope, ErrorCode, ErrorMeta};
use serde::Serialize;

use super::{Caller, Reader, cookie};
use crate::error::{Error, api_error, status};
use crate::resource;
use crate::store::Peopled;

impl Caller {
    /// The client as it is after this request; nothing where the browser is not known.
    async fn client(&self) -> Result<Option<Client>, Error> {
        let found = self.peopled_now().await?;
        self.client_of(found).await
    }

    async fn client_of(&self, found: Option<Peopled>) -> Result<Option<Client>, Error> {
        Ok(match found {
            Some(found) => Some(resource::client(&self.app, found, &self.origin, self.now).await?),
            None => None,
        })
    }

    /// The browser as it is after this request, which may have changed it.
    async fn peopled_now(&self) -> Result<Option<Peopled>, Error> {
        let id = match (&self.next, &self.browser) {
            (Some((id, ..)), _) => id,
            (None, Some(browser)) => &browser.id,
            (None, None) => return Ok(None),
        };
        Ok(self.app.store.peopled_by_id(id, self.now).await?)
    }

    /// The answer: what was asked for, and the whole client beside it, unless the caller wants none.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn answer<T: Serialize>(self, response: T) -> Result<Response, Error> {
        // Where a session began or ended, its cookie is another one, whoever wants the client.
        let client = if self.carries_client || self.next.is_some() {
            self.client().await?
        } else {
            None
        };
        Ok(self.answer_with(response, client))
    }

    fn answer_with<T: Serialize>(self, response: T, client: Option<Client>) -> Response {
        let jwt = client.as_ref().map(jwt);
        let client = client.filter(|_| self.carries_client);
        let answer = Json(Envelope { response, client }).into_response();
        self.dress(answer, jwt.as_deref())
    }

    /// The answer that refuses what was asked for, and has the whole client beside it, in which something moved on.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn answer_refused(self, code: ErrorCode) -> Result<Response, Error> {
        #[derive(Serialize)]
        struct Refusal {
            errors: [ApiError; 1],
            client: Option<Client>,
        }
        let client = self.client().await?;
        let jwt = client.as_ref().map(jwt);
        let errors = [api_error(code, ErrorMeta::NONE, None)];
        let answer = (status(code), Json(Refusal { errors, client })).into_response();
        Ok(self.dress(answer, jwt.as_deref()))
    }

    /// The answer that is the client itself, or that there is none.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn answer_client(self) -> Result<Response, Error> {
        let client = self.client().await?;
        Ok(self.answer_that(client))
    }

    fn answer_that(self, client: Option<Client>) -> Response {
        let jwt = client.as_ref().map_or(String::new(), jwt);
        let answer = Json(Envelope {
            response: client,
            client: None,
        });
        self.dress(answer.into_response(), Some(&jwt))
    }

    /// The answer that sends the browser on to `place`, which no other page is told of.
    ///
    /// # Errors
    /// Where the store broke, or the place cannot be written.
    pub async fn answer_redirect(self, place: &str) -> Result<Response, Error> {
        let client = self.client().await?;
        let jwt = client.as_ref().map(jwt);
        Ok(self.dress(redirect(place)?, jwt.as_deref()))
    }

    /// The answer that is what was asked for and nothing beside it.
    pub fn answer_alone<T: Serialize>(self, response: T) -> Response {
        self.dress(Json(response).into_response(), None)
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

impl Reader {
    /// The answer that is the client itself, or that there is none.
    ///
    /// # Errors
    /// Where the store broke.
    pub async fn answer_client(self) -> Result<Response, Error> {
        let (caller, client) = self.client().await?;
        Ok(caller.answer_that(client))
    }

    /// The answer that is the user of the session, and the whole client beside it, unless the caller wants none.
    ///
    /// # Errors
    /// `AuthenticationInvalid`.
    pub async fn answer_user(self) -> Result<Response, Error> {
        let mut user = self.user()?.clone();
        resource::own(&self.caller.app, &mut user);
        let (caller, client) = if self.caller.carries_client {
            self.client().await?
        } else {
            (self.caller, None)
        };
        Ok(caller.answer_with(user, client))
    }

    async fn client(self) -> Result<(Caller, Option<Client>), Error> {
        let Self { caller, users } = self;
        let browser = caller.browser.clone();
        let found = browser.map(|browser| Peopled { browser, users });
        let client = caller.client_of(found).await?;
        Ok((caller, client))
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
