//! Guessing: from one place, from everywhere at once, and as a means to lock somebody else out.

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use std::net::SocketAddr;

use super::{begin, path, somebody};
use crate::site::{ORIGIN, PASSWORD, Site, on_sites};

/// Tries a password in a browser of its own, from an address of the network.
async fn guess(site: &Site, email: &str, password: &str, from: &str) -> u16 {
    let peer: SocketAddr = format!("{from}:5000").parse().unwrap();
    let form = format!(
        "identifier={}&strategy=password&password={}",
        email.replace('@', "%40"),
        password.replace(' ', "+")
    );
    let mut request = Request::post("/v1/client/sign_ins")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("origin", ORIGIN)
        .body(Body::from(form))
        .unwrap();
    request.extensions_mut().insert(ConnectInfo(peer));
    site.answer(request).await.0
}

#[tokio::test]
async fn guesses_from_many_addresses_end_after_a_hundred_a_day() {
    on_sites(async |site| {
        let (owner, email) = somebody(&site).await;
        let mut tried = 0;
        loop {
            let from = format!("10.{}.{}.1", tried / 200, tried % 200);
            match guess(&site, &email, "wrong", &from).await {
                422 => tried += 1,
                429 => break,
                other => panic!("{other}"),
            }
            assert!(tried <= 100, "no end of guessing");
        }
        assert_eq!(tried, 100);
        // What was meant to lock the owner out does not: who is signed in stays so, and a code opens the door.
        assert_eq!(owner.get("/v1/me").await.0, 200);
        let browser = site.browser();
        let id = begin(&browser, &email).await;
        browser
            .submit(
                &path(&id, "prepare_first_factor"),
                &[("strategy", "email_code")],
            )
            .await;
        let digits = site.code(&email).await;
        let fields = [("strategy", "email_code"), ("code", &*digits)];
        assert_eq!(
            browser
                .submit(&path(&id, "attempt_first_factor"), &fields)
                .await
                .0,
            200
        );
    })
    .await;
}

#[tokio::test]
async fn a_pause_in_one_network_is_none_in_another() {
    on_sites(async |site| {
        let (_owner, email) = somebody(&site).await;
        for _ in 0..10 {
            assert_eq!(guess(&site, &email, "wrong", "192.0.2.1").await, 422);
        }
        assert_eq!(guess(&site, &email, PASSWORD, "192.0.2.1").await, 429);
        assert_eq!(
            guess(&site, &email, PASSWORD, "198.51.100.1").await,
            200,
            "the owner elsewhere"
        );
    })
    .await;
}

#[tokio::test]
async fn wrong_codes_are_counted_for_the_address_over_all_attempts() {
    on_sites(async |site| {
        let (_owner, email) = somebody(&site).await;
        let mut tried = 0;
        'guessing: for _ in 0..50 {
            let browser = site.browser();
            let id = begin(&browser, &email).await;
            // Three letters in a quarter of an hour are the most, so that time must pass.
            site.clock.advance_s(301);
            browser
                .submit(
                    &path(&id, "prepare_first_factor"),
                    &[("strategy", "email_code")],
                )
                .await;
            for _ in 0..5 {
                let fields = [("strategy", "email_code"), ("code", "000000")];
                let (status, _) = browser
                    .submit(&path(&id, "attempt_first_factor"), &fields)
                    .await;
                if status == 429 {
                    break 'guessing;
                }
                tried += 1;
            }
        }
        assert!(tried <= 120, "{tried} guesses");
    })
    .await;
}
