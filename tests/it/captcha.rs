//! Many attempts from one network cost work, and nothing but work.

use std::net::SocketAddr;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use frontdesk_client::Value;
use frontdesk_server::chance::Chance;
use frontdesk_server::seal::hash_token;

use crate::backend::reason;
use crate::site::{ORIGIN, Site, fresh_email, on_sites_with};

const TOML: &str = "sign_up.captcha_after = 3";

/// A network that nobody else calls from.
fn network() -> String {
    let [a, b, c] = Chance::System.bytes().unwrap();
    format!("[2001:db8:{a:x}{b:02x}:{c:x}::1]:443")
}

/// Begins an attempt from a network, perhaps with work that is done.
async fn begin(site: &Site, what: &str, network: &str, token: Option<&str>) -> Value {
    let email = fresh_email().replace('@', "%40");
    let mut form = match what {
        "sign_ins" => format!("identifier={email}"),
        _ => format!("email_address={email}"),
    };
    if let Some(token) = token {
        form = format!("{form}&captcha_token={token}");
    }
    let request = Request::post(format!("/v1/client/{what}"))
        .header("origin", ORIGIN)
        .header("content-type", "application/x-www-form-urlencoded")
        .extension(ConnectInfo(network.parse::<SocketAddr>().unwrap()))
        .body(Body::from(form))
        .unwrap();
    site.answer(request).await.2
}

/// What is asked of a network that tries too often.
async fn asked(site: &Site, network: &str) -> String {
    for _ in 0..2 {
        assert_eq!(reason(&begin(site, "sign_ups", network, None).await).0, "");
    }
    assert_eq!(reason(&begin(site, "sign_ins", network, None).await).0, "");
    let refused = begin(site, "sign_ups", network, None).await;
    assert_eq!(reason(&refused).0, "captcha_required");
    refused["errors"][0]["meta"]["captcha"]
        .as_str()
        .unwrap()
        .to_owned()
}

/// Does the work: 18 zero bits are three letters of base64 that stand for nothing.
fn work(captcha: &str) -> String {
    let salt = captcha.split('.').next().unwrap();
    assert!(captcha.split('.').nth(1) == Some("18"));
    let done = (0_u64..u64::MAX)
        .find(|counter| hash_token(&format!("{salt}.{counter}")).starts_with("AAA"))
        .unwrap();
    format!("{captcha}.{done}")
}

#[tokio::test]
async fn many_attempts_cost_work_and_each_work_counts_once() {
    on_sites_with(TOML, async |site| {
        let (here, elsewhere) = (network(), network());
        let token = work(&asked(&site, &here).await);
        assert_eq!(
            reason(&begin(&site, "sign_ins", &elsewhere, None).await).0,
            ""
        );
        assert_eq!(
            reason(&begin(&site, "sign_ins", &here, Some(&token)).await).0,
            ""
        );
        let again = begin(&site, "sign_ins", &here, Some(&token)).await;
        assert_eq!(reason(&again).0, "captcha_invalid");
        assert!(
            again["errors"][0]["meta"]["captcha"].is_string(),
            "new work is asked"
        );
        site.clock.advance_s(601);
        assert_eq!(reason(&begin(&site, "sign_ups", &here, None).await).0, "");
    })
    .await;
}

#[tokio::test]
async fn work_that_is_not_done_not_ours_or_old_does_not_count() {
    on_sites_with(TOML, async |site| {
        let (here, elsewhere) = (network(), network());
        let captcha = asked(&site, &here).await;
        let theirs = work(&asked(&site, &elsewhere).await);
        let easier = captcha.replace(".18.", ".1.");
        for token in [
            format!("{captcha}.x"),
            format!("{easier}.1"),
            captcha.clone(),
            theirs,
            "nonsense".to_owned(),
            "....".to_owned(),
        ] {
            let refused = begin(&site, "sign_ups", &here, Some(&token)).await;
            assert_eq!(reason(&refused).0, "captcha_invalid", "{token}");
        }
        let done = work(&captcha);
        site.clock.advance_s(601);
        asked(&site, &here).await;
        let late = begin(&site, "sign_ups", &here, Some(&done)).await;
        assert_eq!(reason(&late).0, "captcha_invalid");
    })
    .await;
}
