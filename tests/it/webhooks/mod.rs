//! Webhooks: what happens is told to the app's servers, signed, until it arrives.

mod endpoints;
mod events;
mod imports;
mod retries;

use std::sync::{Arc, Mutex};

use aws_lc_rs::hmac;
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use frontdesk_client::Value;
use serde_json::json;
use tokio::net::TcpListener;

use crate::backend::{Backend, text};
use crate::site::{Site, fresh_email};

/// An app's server that takes events.
#[derive(Clone)]
struct Receiver {
    url: String,
    seen: Arc<Mutex<Vec<(HeaderMap, String)>>>,
    answer: Arc<Mutex<(u16, String)>>,
}

impl Receiver {
    async fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let receiver = Self {
            url: format!("http://{}/hooks", listener.local_addr().unwrap()),
            seen: Arc::default(),
            answer: Arc::new(Mutex::new((204, String::new()))),
        };
        let router = Router::new().fallback(take).with_state(receiver.clone());
        drop(tokio::spawn(
            async move { axum::serve(listener, router).await },
        ));
        receiver
    }

    /// Answers with this from now on.
    fn answers(&self, status: u16, body: &str) {
        *self.answer.lock().unwrap() = (status, body.to_owned());
    }

    /// What came since this was last asked.
    fn taken(&self) -> Vec<(HeaderMap, String)> {
        std::mem::take(&mut self.seen.lock().unwrap())
    }

    /// The events that came since this was last asked.
    fn events(&self) -> Vec<Value> {
        let taken = self.taken();
        let bodies = taken.iter().map(|(_, body)| serde_json::from_str(body));
        bodies.collect::<Result<_, _>>().unwrap()
    }

    /// What those are called.
    fn kinds(&self) -> Vec<String> {
        self.events()
            .iter()
            .map(|event| text(event, "type"))
            .collect()
    }
}

async fn take(State(receiver): State<Receiver>, headers: HeaderMap, body: String) -> Response {
    receiver.seen.lock().unwrap().push((headers, body));
    let (status, body) = receiver.answer.lock().unwrap().clone();
    (StatusCode::from_u16(status).unwrap(), body).into_response()
}

/// A webhook that gets these events; what the Admin API says of it.
async fn webhook(backend: &Backend, receiver: &Receiver, events: &[&str]) -> Value {
    let new = json!({ "url": receiver.url, "events": events });
    backend.post("/webhooks", new).await
}

fn path(webhook: &Value) -> String {
    format!("/webhooks/{}", text(webhook, "id"))
}

/// Whether a message is signed with `secret`, as Standard Webhooks has it.
fn is_signed(secret: &str, (headers, body): &(HeaderMap, String), family: &str) -> bool {
    let header = |name: &str| headers[&format!("{family}-{name}")].to_str().unwrap();
    let key = BASE64_STANDARD
        .decode(secret.strip_prefix("whsec_").unwrap())
        .unwrap();
    let signed = format!("{}.{}.{body}", header("id"), header("timestamp"));
    header("signature").split(' ').any(|signature| {
        let tag = BASE64_STANDARD
            .decode(signature.strip_prefix("v1,").unwrap())
            .unwrap();
        let key = hmac::Key::new(hmac::HMAC_SHA256, &key);
        hmac::verify(&key, signed.as_bytes(), &tag).is_ok()
    })
}

/// Makes a user; their id.
async fn somebody(site: &Site, backend: &Backend) -> String {
    let user = json!({ "email_address": [fresh_email()] });
    let user = backend.post("/users", user).await;
    site.clock.advance_s(1);
    text(&user, "id")
}
