//! What an attacker tries, and does not get: on SQLite, and on two servers that share one PostgreSQL.

mod accounts;
mod brute_force;
mod enumeration;
mod log;
mod matrix;
mod second_factor;
mod secrets;
mod wire;

use serde_json::Value;

use crate::site::{Browser, PASSWORD, Site, fresh_email};

/// How often two requests at once are tried.
const ROUNDS: u32 = 50;

/// The code of a refusal; `none` where it is no refusal.
fn code(body: &Value) -> &str {
    body["errors"][0]["code"].as_str().unwrap_or("none")
}

/// Somebody with an account, and the browser they signed up in.
async fn somebody(site: &Site) -> (Browser, String) {
    let (browser, email) = (site.browser(), fresh_email());
    browser.sign_up(&email).await;
    site.clock.advance_s(60);
    (browser, email)
}

/// Begins a sign-in with an address, and answers with its id.
async fn begin(browser: &Browser, email: &str) -> String {
    let fields = [("identifier", email)];
    let (status, body) = browser.submit("/v1/client/sign_ins", &fields).await;
    assert_eq!(status, 200, "{body}");
    body["response"]["id"].as_str().unwrap().to_owned()
}

/// Proves the password at once, and answers with the attempt.
async fn with_password(browser: &Browser, email: &str) -> Value {
    let fields = [
        ("identifier", email),
        ("strategy", "password"),
        ("password", PASSWORD),
    ];
    let (status, body) = browser.submit("/v1/client/sign_ins", &fields).await;
    assert_eq!(status, 200, "{body}");
    body["response"].clone()
}

fn path(id: &str, verb: &str) -> String {
    format!("/v1/client/sign_ins/{id}/{verb}")
}
