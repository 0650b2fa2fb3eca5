//! An app's server, as it calls the Admin API by its secret key.

use axum::body::Body;
use axum::http::Request;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use frontdesk_client::Value;
use frontdesk_server::secret_key::{self, Scopes};
use frontdesk_server::store::Cause;

use crate::site::Site;

/// An app's server with a key.
pub struct Backend {
    pub site: Site,
    pub key: String,
}

impl Backend {
    /// One whose key is allowed everything.
    pub async fn new(site: &Site) -> Self {
        Self::with(site, &["*"]).await
    }

    /// One whose key has these scopes.
    pub async fn with(site: &Site, scopes: &[&str]) -> Self {
        let words: Vec<String> = scopes.iter().map(|word| (*word).to_owned()).collect();
        let cause = Cause::new(site.app.now(), "127.0.0.1", &site.app.chance);
        let scopes = Scopes::parse(&words).unwrap();
        let made = secret_key::create(&site.app, "Test", &scopes, "a test", cause).await;
        Self {
            site: site.clone(),
            key: made.unwrap().1.expose().clone(),
        }
    }

    /// Sends a request; `path` goes behind `/admin/v1`.
    pub async fn send(&self, method: &str, path: &str, body: Option<Value>) -> (u16, Value) {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("/admin/v1{path}"))
            .header(AUTHORIZATION, format!("Bearer {}", self.key));
        if body.is_some() {
            request = request.header(CONTENT_TYPE, "application/json");
        }
        let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
        let (status, _, answer) = self.site.answer(request.body(body).unwrap()).await;
        (status, answer)
    }

    /// Asks for something.
    pub async fn get(&self, path: &str) -> Value {
        let (status, answer) = self.send("GET", path, None).await;
        assert_eq!(status, 200, "{path}: {answer}");
        answer
    }

    /// Makes or does something.
    pub async fn post(&self, path: &str, body: Value) -> Value {
        let (status, answer) = self.send("POST", path, Some(body)).await;
        assert!(status == 200 || status == 201, "{path}: {status} {answer}");
        answer
    }

    /// Tries something that is refused; the code, and the member it is about.
    pub async fn refused(&self, method: &str, path: &str, body: Value) -> (String, Option<String>) {
        let (status, answer) = self.send(method, path, Some(body)).await;
        assert!(status >= 400, "{path}: {status} {answer}");
        reason(&answer)
    }
}

/// The code of a refusal, and the field it is about.
pub fn reason(answer: &Value) -> (String, Option<String>) {
    let error = &answer["errors"][0];
    let field = error["meta"]["param_name"].as_str();
    (
        error["code"].as_str().unwrap_or_default().to_owned(),
        field.map(str::to_owned),
    )
}

/// A refusal about a field.
pub fn about(code: &str, field: &str) -> (String, Option<String>) {
    (code.to_owned(), Some(field.to_owned()))
}

/// The text in a member.
pub fn text(answer: &Value, member: &str) -> String {
    answer[member].as_str().expect(member).to_owned()
}
