//! Text messages on their way: to a webhook that can tell whom they are from, and to an API like Twilio's.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use frontdesk_server::mail;
use tokio::net::TcpListener;

use crate::site::{Site, on_sites_with};

type Seen = Arc<Mutex<Vec<(String, HeaderMap, String)>>>;

/// A server that takes everything, but the first request of each path only the second time.
async fn receiver() -> (String, Seen) {
    async fn take(
        State(seen): State<Seen>,
        uri: Uri,
        headers: HeaderMap,
        body: String,
    ) -> StatusCode {
        let mut seen = seen.lock().unwrap();
        seen.push((uri.path().to_owned(), headers, body));
        if seen.len() == 1 {
            StatusCode::SERVICE_UNAVAILABLE
        } else {
            StatusCode::CREATED
        }
    }
    let seen = Seen::default();
    let router = Router::new().fallback(take).with_state(Arc::clone(&seen));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(tokio::spawn(
        async move { axum::serve(listener, router).await },
    ));
    (url, seen)
}

fn toml(texts: &str) -> String {
    format!("phone_number.enabled = true\n[texts]\n{texts}")
}

/// Asks for a code, and lets the letters that are due leave, twice because the first try fails.
async fn send(site: &Site, number: &str) {
    let browser = site.signed_up().await;
    let form = format!("phone_number={}", number.replace('+', "%2B"));
    let (_, added) = browser.post("/v1/me/phone_numbers", &form).await;
    let id = added["response"]["id"].as_str().unwrap();
    let path = format!("/v1/me/phone_numbers/{id}/prepare_verification");
    let (status, body) = browser.post(&path, "strategy=phone_code").await;
    assert_eq!(status, 200, "{body}");
    mail::send_due(&site.app, None).await.unwrap();
    site.clock.advance_s(120);
    mail::send_due(&site.app, None).await.unwrap();
}

#[tokio::test]
async fn a_webhook_gets_each_text_signed_and_again_until_it_is_taken() {
    let (url, seen) = receiver().await;
    // The 24 bytes "a secret of 24 bytes ...".
    let secret = "whsec_YSBzZWNyZXQgb2YgMjQgYnl0ZXMgLi4u";
    let toml = toml(&format!(
        "webhook_url = \"{url}/texts\"\nwebhook_secret = \"{secret}\""
    ));
    on_sites_with(&toml, async |site| {
        seen.lock().unwrap().clear();
        let random: [u8; 1] = site.app.chance.bytes().unwrap();
        send(
            &site,
            &format!("+1415555{:04}", 2000 + u32::from(random[0])),
        )
        .await;
        let seen = seen.lock().unwrap();
        let ours: Vec<_> = seen.iter().filter(|(path, ..)| path == "/texts").collect();
        assert!(ours.len() >= 2, "tried again");
        let ids = ours
            .iter()
            .map(|(_, headers, _)| headers["webhook-id"].clone());
        assert_eq!(
            ids.collect::<std::collections::HashSet<_>>().len(),
            1,
            "one text"
        );
        let (_, headers, body) = ours[ours.len() - 1];
        let text: serde_json::Value = serde_json::from_str(body).unwrap();
        let words = text["body"].as_str().unwrap();
        assert!(
            words.contains("code") && words.contains("@localhost #"),
            "{words}"
        );
        let signature = headers["webhook-signature"].to_str().unwrap();
        assert!(signature.starts_with("v1,"));
    })
    .await;
}

#[tokio::test]
async fn an_api_like_twilios_gets_a_form_and_the_accounts_proof() {
    let (url, seen) = receiver().await;
    let toml = toml(&format!(
        "twilio_url = \"{url}\"\ntwilio_account = \"AC1\"\ntwilio_token = \"secret\"\nfrom = \"+14155550000\""
    ));
    on_sites_with(&toml, async |site| {
        seen.lock().unwrap().clear();
        let random: [u8; 1] = site.app.chance.bytes().unwrap();
        send(
            &site,
            &format!("+1415555{:04}", 3000 + u32::from(random[0])),
        )
        .await;
        let seen = seen.lock().unwrap();
        let (path, headers, body) = seen.last().unwrap();
        assert_eq!(path, "/2010-04-01/Accounts/AC1/Messages.json");
        assert_eq!(headers["authorization"], "Basic QUMxOnNlY3JldA==");
        assert!(
            body.contains("To=%2B1415555") && body.contains("From=%2B14155550000"),
            "{body}"
        );
    })
    .await;
}
