//! A server, a clock and chance that do what a test says.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use frontdesk_protocol::Timestamp;
use serde_json::{Value, json};
use tokio::sync::oneshot;
use tokio::task::yield_now;

use crate::{Answer, Frontdesk, Method, News, Offline, Request, Task, Transport};

/// The local clock when a test begins.
pub const START_MS: i64 = 1_750_000_000_000;
/// The server's clock is ahead of it by an hour.
pub const AHEAD_MS: i64 = 3_600_000;

/// A reply of the server that a test gives in its own time.
pub type Later = oneshot::Sender<Result<Answer, Offline>>;
type Reply = oneshot::Receiver<Result<Answer, Offline>>;

#[derive(Clone, Default)]
pub struct World(Rc<Inside>);

#[derive(Default)]
struct Inside {
    replies: RefCell<Vec<(String, Reply)>>,
    sent: RefCell<Vec<String>>,
    slept_ms: RefCell<Vec<u32>>,
    passed_ms: Cell<i64>,
    tasks: RefCell<Vec<Task<()>>>,
    told: RefCell<Vec<News>>,
}

impl World {
    pub fn start() -> (Self, Frontdesk) {
        let world = Self::default();
        let desk = Frontdesk::new(world.clone());
        (world, desk)
    }

    /// A world whose client is loaded.
    pub async fn with_client(client: Value) -> (Self, Frontdesk) {
        let (world, desk) = Self::start();
        world.reply("/v1/client", 200, json!({ "response": client }));
        desk.reload().await.expect("the client is loaded");
        world.sent();
        (world, desk)
    }

    /// The next request for `path` that has no reply yet gets one when the test says so.
    pub fn later(&self, path: &str) -> Later {
        let (later, reply) = oneshot::channel();
        self.0.replies.borrow_mut().push((path.to_owned(), reply));
        later
    }

    pub fn reply(&self, path: &str, status: u16, body: Value) {
        assert!(self.later(path).send(Ok(answer(status, body))).is_ok());
    }

    pub fn reply_offline(&self, path: &str) {
        assert!(self.later(path).send(Err(Offline)).is_ok());
    }

    /// What was sent since the last time, e.g. `GET /v1/client`.
    pub fn sent(&self) -> Vec<String> {
        self.0.sent.take()
    }

    pub fn slept_ms(&self) -> Vec<u32> {
        self.0.slept_ms.take()
    }

    pub fn told(&self) -> Vec<News> {
        self.0.told.take()
    }

    pub fn pass_ms(&self, ms: i64) {
        self.0.passed_ms.set(self.0.passed_ms.get() + ms);
    }

    pub fn has_tasks(&self) -> bool {
        !self.0.tasks.borrow().is_empty()
    }

    pub async fn run_tasks(&self) {
        for task in self.0.tasks.take() {
            task.await;
        }
    }

    fn reply_for(&self, path: &str) -> Option<Reply> {
        let mut replies = self.0.replies.borrow_mut();
        let index = replies.iter().position(|(other, _)| other == path)?;
        Some(replies.remove(index).1)
    }
}

impl Transport for World {
    fn send(&self, request: Request) -> Task<Result<Answer, Offline>> {
        let method = match request.method {
            Method::Get => "GET",
            Method::Post => "POST",
        };
        let mut line = format!("{method} {}", request.path);
        if let Some(form) = request.form.filter(|form| !form.is_empty()) {
            line = format!("{line} {form}");
        }
        self.0.sent.borrow_mut().push(line);
        let reply = self.reply_for(&request.path);
        Box::pin(async move {
            yield_now().await;
            match reply {
                Some(reply) => reply.await.unwrap_or(Err(Offline)),
                None => Ok(refusal("resource_not_found")),
            }
        })
    }

    fn now(&self) -> Timestamp {
        Timestamp(START_MS + self.0.passed_ms.get())
    }

    fn sleep(&self, ms: u32) -> Task<()> {
        self.0.slept_ms.borrow_mut().push(ms);
        self.pass_ms(i64::from(ms));
        Box::pin(yield_now())
    }

    fn random(&self) -> f64 {
        0.5
    }

    fn spawn(&self, task: Task<()>) {
        self.0.tasks.borrow_mut().push(task);
    }

    fn tell(&self, news: News) {
        self.0.told.borrow_mut().push(news);
    }
}

pub fn answer(status: u16, body: Value) -> Answer {
    Answer {
        status,
        retry_after_s: None,
        body: Some(body),
    }
}

pub fn refusal(code: &str) -> Answer {
    let error = json!({ "code": code, "message": "", "long_message": "", "meta": {} });
    let status = if code == "authentication_invalid" {
        401
    } else {
        422
    };
    answer(status, json!({ "errors": [error] }))
}

/// An id whose random part is the one digit repeated.
pub fn id(prefix: &str, digit: char) -> String {
    format!("{prefix}_{}", String::from(digit).repeat(26))
}

/// A client with these sessions, the first of them active.
pub fn client(sessions: &[Value]) -> Value {
    json!({
        "id": id("client", '1'),
        "sessions": sessions,
        "last_active_session_id": sessions.first().map(|session| session["id"].clone()),
        "server_time": START_MS + AHEAD_MS,
        "created_at": START_MS,
        "updated_at": START_MS,
    })
}

/// Session number `digit`, in the personal account and without a token.
pub fn session(digit: char) -> Value {
    json!({
        "id": id("sess", digit),
        "status": "active",
        "expire_at": START_MS,
        "abandon_at": START_MS,
        "last_active_at": START_MS,
        "tasks": [],
        "user": user(),
        "public_user_data": {
            "user_id": id("user", '1'),
            "image_url": "",
            "has_image": false,
            "identifier": "ada@example.com",
        },
        "created_at": START_MS,
        "updated_at": START_MS,
    })
}

/// `session` in organization number `digit`.
pub fn in_organization(mut session: Value, digit: char) -> Value {
    session["last_active_organization_id"] = json!(id("org", digit));
    session
}

/// `session` with a token that came with it.
pub fn with_token(mut session: Value, jwt: &str) -> Value {
    session["last_active_token"] = json!({ "jwt": jwt });
    session
}

fn user() -> Value {
    json!({
        "id": id("user", '1'),
        "image_url": "",
        "has_image": false,
        "email_addresses": [],
        "phone_numbers": [],
        "external_accounts": [],
        "passkeys": [],
        "web3_wallets": [],
        "enterprise_accounts": [],
        "organization_memberships": [],
        "password_enabled": true,
        "two_factor_enabled": false,
        "public_metadata": {},
        "unsafe_metadata": {},
        "create_organization_enabled": true,
        "delete_self_enabled": false,
        "created_at": START_MS,
        "updated_at": START_MS,
    })
}

pub fn environment() -> Value {
    let attribute = json!({
        "enabled": true,
        "required": true,
        "used_for_first_factor": true,
    });
    let off = json!({ "enabled": false, "required": false, "used_for_first_factor": false });
    json!({
        "auth_config": { "single_session_mode": true },
        "display_config": {
            "application_name": "Acme",
            "instance_environment_type": "development",
            "preferred_sign_in_strategy": "password",
            "sign_in_url": "",
            "sign_up_url": "",
            "user_profile_url": "",
            "after_sign_in_url": "",
            "after_sign_up_url": "",
            "after_sign_out_all_url": "",
        },
        "user_settings": {
            "attributes": {
                "email_address": attribute,
                "phone_number": off,
                "username": off,
                "passkey": off,
                "password": attribute,
                "first_name": attribute,
                "last_name": attribute,
            },
            "social": {},
            "sign_in": { "combined": false },
            "sign_up": { "mode": "public", "progressive": true, "legal_consent_enabled": false, "shows_optional_fields": true },
            "password_settings": { "min_length": 8, "max_length": 72, "show_zxcvbn": false },
            "passkey_settings": { "allow_autofill": false, "show_sign_in_button": false },
        },
        "organization_settings": {
            "enabled": true,
            "max_allowed_memberships": 5,
            "force_organization_selection": false,
        },
        "maintenance_mode": false,
        "allowed_origins": [],
    })
}

/// A token of number `n` that ends `left_s` seconds after the start of the test, by the server's clock.
pub fn jwt(n: u32, left_s: i64) -> String {
    let ends_at_s = (START_MS + AHEAD_MS) / 1000 + left_s;
    let payload = format!(r#"{{"iss":"https://id.example.com","exp":{ends_at_s},"n":{n}}}"#);
    format!("e30.{}.c2ln", base64url(payload.as_bytes()))
}

fn base64url(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::new();
    for group in bytes.chunks(3) {
        let mut padded = [0; 3];
        padded[..group.len()].copy_from_slice(group);
        let bits = u32::from_be_bytes([0, padded[0], padded[1], padded[2]]);
        for place in 0..=group.len() {
            let index = (bits >> (18 - 6 * place)) & 63;
            text.push(char::from(ALPHABET[index as usize]));
        }
    }
    text
}
