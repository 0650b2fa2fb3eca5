//! A server that answers once, and what is drawn of its answers.

use std::future::{Future as _, ready};
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use frontdesk_client::{Answer, Frontdesk, News, Offline, Request, Task, Transport};
use frontdesk_locale::Text;
use frontdesk_protocol::Timestamp;
use leptos::prelude::*;
use serde_json::{Value, json};

use crate::kit::State;
use crate::{Appearance, provide};

/// When everything happens.
pub const NOW_MS: i64 = 1_700_000_000_000;

/// What a server answers.
pub struct World {
    /// The settings.
    pub environment: Value,
    /// The state of the browser.
    pub client: Value,
}

impl World {
    /// A server with the default settings that knows nothing of the browser.
    pub fn new() -> Self {
        Self {
            environment: environment(),
            client: client(),
        }
    }

    /// The HTML of a view in this world, in a language.
    pub fn draw<V: IntoView>(self, locale: &str, view: impl FnOnce() -> V) -> String {
        let desk = Frontdesk::new(self);
        let mut loading = pin!(desk.load());
        let loaded = loading
            .as_mut()
            .poll(&mut Context::from_waker(Waker::noop()));
        assert_eq!(loaded, Poll::Ready(Ok(())));
        drawn(&desk, locale, view)
    }

    /// The HTML of a view before anything is loaded.
    pub fn draw_unloaded<V: IntoView>(self, locale: &str, view: impl FnOnce() -> V) -> String {
        drawn(&Frontdesk::new(self), locale, view)
    }
}

fn drawn<V: IntoView>(desk: &Frontdesk, locale: &str, view: impl FnOnce() -> V) -> String {
    let appearance = Appearance {
        theme: Some("almanac".to_owned()),
        color_scheme: None,
        elements: vec![("submit".to_owned(), "btn wide".to_owned())],
    };
    Owner::new().with(|| {
        provide(desk, State::new(appearance), State::new(Text::of(locale)));
        view().into_view().to_html().replace("<!>", "")
    })
}

impl Transport for World {
    fn send(&self, request: Request) -> Task<Result<Answer, Offline>> {
        let body = match request.path.as_str() {
            "/v1/environment" => json!({ "response": self.environment }),
            _ => json!({ "response": self.client }),
        };
        Box::pin(ready(Ok(Answer {
            status: 200,
            retry_after_s: None,
            body: Some(body),
        })))
    }

    fn now(&self) -> Timestamp {
        Timestamp(NOW_MS)
    }

    fn sleep(&self, _ms: u32) -> Task<()> {
        Box::pin(ready(()))
    }

    fn random(&self) -> f64 {
        0.0
    }

    fn spawn(&self, _task: Task<()>) {}

    fn tell(&self, _news: News) {}
}

/// An id with a prefix.
pub fn id(prefix: &str) -> String {
    [prefix, "_", &"0".repeat(26)].concat()
}

/// The tag of the input with this name, e.g. `<input name="code" …>`.
pub fn input<'html>(html: &'html str, name: &str) -> &'html str {
    let name = ["name=\"", name, "\""].concat();
    html.split('<')
        .find(|tag| tag.starts_with("input") && tag.contains(&name))
        .expect("there is such an input")
}

/// A session of Ada's.
pub fn session() -> Value {
    let address = json!({
        "id": id("idn"),
        "email_address": "ada@example.com",
        "verification": null,
        "created_at": NOW_MS,
        "updated_at": NOW_MS,
    });
    json!({
        "id": id("sess"),
        "status": "active",
        "expire_at": NOW_MS,
        "abandon_at": NOW_MS,
        "last_active_at": NOW_MS,
        "tasks": [],
        "factor_verification_age": [0, -1],
        "user": {
            "id": id("user"),
            "first_name": "Ada",
            "last_name": "Lovelace",
            "image_url": "",
            "has_image": false,
            "primary_email_address_id": id("idn"),
            "email_addresses": [address],
            "phone_numbers": [],
            "external_accounts": [],
            "passkeys": [],
            "web3_wallets": [],
            "enterprise_accounts": [],
            "totp_enabled": false,
            "backup_code_enabled": false,
            "organization_memberships": [],
            "password_enabled": true,
            "two_factor_enabled": false,
            "public_metadata": {},
            "unsafe_metadata": {},
            "create_organization_enabled": true,
            "delete_self_enabled": false,
            "created_at": NOW_MS,
            "updated_at": NOW_MS,
        },
        "public_user_data": {
            "user_id": id("user"),
            "image_url": "",
            "has_image": false,
            "identifier": "ada@example.com",
        },
        "created_at": NOW_MS,
        "updated_at": NOW_MS,
    })
}

/// The state of a browser in which Ada is signed in.
pub fn signed_in() -> Value {
    let mut client = client();
    client["sessions"] = json!([session()]);
    client["last_active_session_id"] = json!(id("sess"));
    client
}

fn client() -> Value {
    json!({
        "id": id("client"),
        "sessions": [],
        "server_time": NOW_MS,
        "created_at": NOW_MS,
        "updated_at": NOW_MS,
    })
}

fn environment() -> Value {
    let attribute = |required: bool| {
        json!({
            "enabled": true,
            "required": required,
            "used_for_first_factor": true,
        })
    };
    let off = json!({ "enabled": false, "required": false, "used_for_first_factor": false });
    json!({
        "auth_config": { "single_session_mode": true },
        "display_config": {
            "application_name": "Acme",
            "instance_environment_type": "development",
            "preferred_sign_in_strategy": "password",
            "sign_in_url": "/sign-in",
            "sign_up_url": "/sign-up",
            "user_profile_url": "/user",
            "after_sign_in_url": "/in",
            "after_sign_up_url": "/up",
            "after_sign_out_all_url": "/out",
        },
        "user_settings": {
            "attributes": {
                "email_address": attribute(true),
                "phone_number": off,
                "username": off,
                "passkey": off,
                "password": attribute(true),
                "first_name": attribute(false),
                "last_name": attribute(false),
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
        "allowed_origins": ["https://app.example"],
    })
}
