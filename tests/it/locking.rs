//! Locks: for a while nobody signs in to an account, whatever they prove.

use frontdesk_protocol::{ErrorCode, SignInStatus};
use serde_json::json;

use crate::backend::{Backend, about, reason, text};
use crate::site::{PASSWORD, Site, fresh_email, on_sites, refusal};

struct Account {
    backend: Backend,
    email: String,
    path: String,
    id: String,
}

impl Account {
    async fn new(site: &Site) -> Self {
        let (backend, email) = (Backend::new(site).await, fresh_email());
        let user = json!({ "email_address": [email], "password": PASSWORD });
        let id = text(&backend.post("/users", user).await, "id");
        Self {
            path: format!("/users/{id}"),
            backend,
            email,
            id,
        }
    }

    async fn lock(&self, body: serde_json::Value) -> serde_json::Value {
        self.backend
            .post(&format!("{}/lock", self.path), body)
            .await
    }

    async fn unlock(&self) -> serde_json::Value {
        let path = format!("{}/unlock", self.path);
        self.backend.post(&path, json!({})).await
    }

    async fn by_password(&self, site: &Site) -> Result<SignInStatus, ErrorCode> {
        let tried = site.browser().sign_in(&self.email, PASSWORD).await;
        match tried {
            Ok(done) => Ok(done.status),
            refused => Err(refusal(refused).0),
        }
    }
}

#[tokio::test]
async fn whoever_is_locked_signs_in_by_no_method_until_the_time_is_over() {
    on_sites(async |site| {
        let account = Account::new(&site).await;
        let inside = site.browser();
        inside.sign_in(&account.email, PASSWORD).await.unwrap();
        let locked = account.lock(json!({ "expires_in_seconds": 600 })).await;
        assert_eq!(locked["locked"], true);
        assert_eq!(locked["locked_until"], site.clock.now().plus_s(600).0);
        let refused = Err(ErrorCode::UserLocked);
        assert_eq!(account.by_password(&site).await, refused);
        // By a code.
        let browser = site.browser();
        let sign_in = browser.begin_sign_in(&account.email).await;
        browser.prepare_sign_in(&sign_in).await.unwrap();
        let code = site.code(&account.email).await;
        let tried = browser.attempt_code(&sign_in, &code).await;
        assert_eq!(refusal(tried).0, ErrorCode::UserLocked);
        // By a ticket, which another time may be good.
        let token = json!({ "user_id": account.id, "skip_second_factor": true });
        let token = account.backend.post("/sign_in_tokens", token).await;
        let ticket = text(&token, "token");
        let fields = [("strategy", "ticket"), ("ticket", ticket.as_str())];
        let browser = site.browser();
        let (status, tried) = browser.submit("/v1/client/sign_ins", &fields).await;
        assert_eq!((status, reason(&tried).0.as_str()), (403, "user_locked"));
        // Whoever is in stays in.
        assert_eq!(inside.get("/v1/me").await.0, 200);
        site.clock.advance_s(600);
        let seen = account.backend.get(&account.path).await;
        assert_eq!(
            (&seen["locked"], &seen["locked_until"]),
            (&json!(false), &json!(null))
        );
        assert_eq!(account.by_password(&site).await, Ok(SignInStatus::Complete));
        let (_, done) = site.browser().submit("/v1/client/sign_ins", &fields).await;
        assert_eq!(done["response"]["status"], "complete", "{done}");
    })
    .await;
}

#[tokio::test]
async fn a_lock_is_an_hour_long_and_taken_off_at_once() {
    on_sites(async |site| {
        let account = Account::new(&site).await;
        let locked = account.lock(json!({})).await;
        assert_eq!(locked["locked_until"], site.clock.now().plus_s(3600).0);
        assert_eq!(account.by_password(&site).await, Err(ErrorCode::UserLocked));
        assert_eq!(account.unlock().await["locked"], false);
        assert_eq!(account.by_password(&site).await, Ok(SignInStatus::Complete));
        let path = format!("{}/lock", account.path);
        for wrong in [0, -1, 400_000_000] {
            let wrong = json!({ "expires_in_seconds": wrong });
            let refused = account.backend.refused("POST", &path, wrong).await;
            assert_eq!(
                refused,
                about("form_param_value_invalid", "expires_in_seconds")
            );
        }
        let nobody = "/users/user_00000000000000000000000000";
        for verb in ["lock", "unlock"] {
            let path = format!("{nobody}/{verb}");
            let (status, _) = account.backend.send("POST", &path, Some(json!({}))).await;
            assert_eq!(status, 404);
        }
        let log = account
            .backend
            .get(&format!("/audit_log?user_id={}", account.id))
            .await;
        let actions: Vec<_> = log
            .as_array()
            .unwrap()
            .iter()
            .map(|it| text(it, "action"))
            .collect();
        for action in ["user.locked", "user.unlocked"] {
            assert!(actions.iter().any(|it| it == action), "{actions:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn whoever_was_stopped_for_a_day_is_let_in_by_unlocking() {
    on_sites(async |site| {
        let account = Account::new(&site).await;
        for _ in 0..10 {
            for _ in 0..10 {
                let wrong = site
                    .browser()
                    .sign_in(&account.email, "a wrong one of them")
                    .await;
                assert!(wrong.is_err());
            }
            site.clock.advance_s(901);
        }
        assert_eq!(
            account.by_password(&site).await,
            Err(ErrorCode::TooManyRequests)
        );
        account.unlock().await;
        assert_eq!(account.by_password(&site).await, Ok(SignInStatus::Complete));
    })
    .await;
}
