//! From a route to a resource: the request, the tries, the envelope.

use frontdesk_protocol::Client;
use frontdesk_protocol::json::{Read, Source as _};

use crate::failure::judge;
use crate::patience::Patience;
use crate::{Answer, Failure, Frontdesk, Method, Offline, Request, Task, Value, form};

/// What a route is called with.
#[derive(Clone, Copy)]
pub(crate) enum Verb {
    Get,
    Post,
    Patch,
    Delete,
}

/// What the answer's `response` is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Carries {
    /// A resource; the client, if there is one, is beside it.
    Resource,
    /// The client itself; null for none.
    Client,
}

/// The request for a route, its path given in segments behind `/v1/`.
pub(crate) fn request(verb: Verb, path: &[&str], fields: &[(&str, &str)]) -> Request {
    let (method, query) = match verb {
        Verb::Get => (Method::Get, ""),
        Verb::Post => (Method::Post, ""),
        Verb::Patch => (Method::Post, "?_method=PATCH"),
        Verb::Delete => (Method::Post, "?_method=DELETE"),
    };
    Request {
        method,
        path: ["/v1/", &path.join("/"), query].concat(),
        form: (method == Method::Post).then(|| form::encode(fields)),
    }
}

impl Frontdesk {
    /// Calls a route and reads what it answers.
    pub(crate) async fn ask<T: Read>(
        &self,
        verb: Verb,
        path: &[&str],
        fields: &[(&str, &str)],
    ) -> Result<T, Failure> {
        let resource = self.resource(verb, path, fields).await?;
        T::read(&resource).ok_or(Failure::UNREADABLE)
    }

    /// Calls a route and gives back what it answers.
    pub(crate) fn resource(
        &self,
        verb: Verb,
        path: &[&str],
        fields: &[(&str, &str)],
    ) -> Task<Result<Value, Failure>> {
        let answer = self.call(request(verb, path, fields), Carries::Resource);
        Box::pin(async move {
            let body = answer.await?;
            // Session tokens and the list of devices come without an envelope.
            Ok(body.member("response").unwrap_or(body))
        })
    }

    /// Sends a request, takes in the client that the answer carries, and gives back the whole body.
    pub(crate) fn call(&self, request: Request, carries: Carries) -> Task<Result<Value, Failure>> {
        let desk = self.clone();
        Box::pin(async move {
            let method = request.method;
            let (number, answer) = desk.send(request).await?;
            let result = judge(answer);
            let is_current = match &result {
                Ok(body) => desk.take_in(number, method, carries, body)?,
                Err(_) => true,
            };
            let is_reload = method == Method::Get && carries == Carries::Client;
            let is_unauthenticated = result.as_ref().is_err_and(Failure::is_unauthenticated);
            let is_in_doubt = !is_current && method == Method::Post;
            // Which of two answers is the truth, and whether nobody is signed in any more, only the server knows.
            if !is_reload && (is_unauthenticated || is_in_doubt) {
                drop(desk.reload().await);
            }
            result
        })
    }

    /// Sends a request under a number that grows with every one; a GET is tried up to three times.
    async fn send(&self, request: Request) -> Result<(u32, Answer), Failure> {
        let mut tried = 0;
        loop {
            tried += 1;
            let number = self.0.state.borrow_mut().next_number();
            let failure = match self.0.transport.send(request.clone()).await {
                Ok(answer) if answer.status < 500 => return Ok((number, answer)),
                Ok(answer) => Failure::Unavailable {
                    retry_after_s: answer.retry_after_s,
                },
                Err(Offline) => Failure::Offline,
            };
            if request.method == Method::Post {
                return Err(failure);
            }
            let random = self.0.transport.random();
            match Patience::READ.wait_ms(tried, &failure, random) {
                Some(ms) => self.0.transport.sleep(ms).await,
                None => return Err(failure),
            }
        }
    }

    /// Whether what is known of the client now is at least as new as the answer.
    fn take_in(
        &self,
        number: u32,
        method: Method,
        carries: Carries,
        body: &Value,
    ) -> Result<bool, Failure> {
        let member = match (body.member("client"), carries) {
            (Some(client), _) => Some(client),
            (None, Carries::Resource) => return Ok(true),
            (None, Carries::Client) => body.member("response"),
        };
        let client = match member.map(|json| (Client::read(&json), json)) {
            Some((Some(client), json)) => Some((client, json)),
            // Only a null that was written says that there is no client.
            None if has(body, "response") => None,
            // The change is made, but only another answer can say what came of it.
            Some((None, _)) | None if method == Method::Post => return Ok(false),
            Some((None, _)) | None => return Err(Failure::UNREADABLE),
        };
        Ok(self.apply(number, method, client))
    }
}

#[cfg(target_arch = "wasm32")]
fn has(body: &Value, key: &str) -> bool {
    body.has(key)
}

#[cfg(not(target_arch = "wasm32"))]
fn has(body: &Value, key: &str) -> bool {
    body.get(key).is_some()
}
