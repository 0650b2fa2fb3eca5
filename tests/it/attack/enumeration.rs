//! Who has an account: neither words nor codes nor time tell.

use std::time::Instant;

use super::{begin, path, somebody};
use crate::site::{Site, fresh_email, on_sites, on_sites_with};

/// Every answer of a sign-in with this address that goes wrong, without what is random.
async fn answers(site: &Site, email: &str) -> Vec<String> {
    let browser = site.browser();
    let id = begin(&browser, email).await;
    let first = path(&id, "attempt_first_factor");
    let prepare = path(&id, "prepare_first_factor");
    let mut seen = Vec::new();
    for (path, fields) in [
        (
            &first,
            vec![("strategy", "password"), ("password", "wrong")],
        ),
        (&prepare, vec![("strategy", "email_code")]),
        (&first, vec![("strategy", "email_code"), ("code", "000000")]),
        (&prepare, vec![("strategy", "reset_password_email_code")]),
        (
            &first,
            vec![
                ("strategy", "reset_password_email_code"),
                ("code", "000000"),
            ],
        ),
        (&prepare, vec![("strategy", "totp")]),
        (
            &first,
            vec![("strategy", "passkey"), ("public_key_credential", "{}")],
        ),
    ] {
        let (status, body) = browser.submit(path, &fields).await;
        let response = &body["response"];
        seen.push(format!(
            "{status} {} {} {}",
            body["errors"], response["status"], response["first_factor_verification"]
        ));
    }
    seen
}

#[tokio::test]
async fn a_stranger_and_a_user_are_answered_alike() {
    on_sites(async |site| {
        let (_owner, known) = somebody(&site).await;
        let known = answers(&site, &known).await;
        let unknown = answers(&site, &fresh_email()).await;
        assert_eq!(known, unknown);
    })
    .await;
}

#[tokio::test]
async fn a_sign_up_with_a_taken_address_is_answered_as_with_a_free_one() {
    on_sites(async |site| {
        let (_owner, taken) = somebody(&site).await;
        let mut seen = Vec::new();
        for email in [taken, fresh_email()] {
            let browser = site.browser();
            let sign_up = browser.begin_sign_up(&email).await;
            let prepared = browser.prepare_sign_up(&sign_up).await.unwrap();
            let wrong = browser.attempt_sign_up(&sign_up, "000000").await;
            seen.push(format!(
                "{:?} {:?} {:?} {wrong:?}",
                sign_up.missing_fields, prepared.verifications, prepared.unverified_fields
            ));
        }
        assert_eq!(seen[0], seen[1]);
    })
    .await;
}

#[tokio::test]
async fn a_wrong_password_takes_as_long_for_a_stranger_as_for_a_user() {
    // What production hashes with at the least.
    let toml = "password.memory_kib = 19456\npassword.passes = 2";
    on_sites_with(toml, async |site| {
        let (_owner, known) = somebody(&site).await;
        let mut times = [Vec::new(), Vec::new()];
        // One after the other, so that whatever else the machine does slows both down.
        for round in 0..15 {
            let unknown = fresh_email();
            for (place, email) in [&known, &unknown].into_iter().enumerate() {
                let browser = site.browser();
                let id = begin(&browser, email).await;
                let fields = [("strategy", "password"), ("password", "wrong")];
                let began = Instant::now();
                let (status, _) = browser
                    .submit(&path(&id, "attempt_first_factor"), &fields)
                    .await;
                times[place].push(began.elapsed());
                assert_eq!(status, 422, "round {round}");
            }
            // Beyond the pause of ten wrong passwords.
            site.clock.advance_s(1000);
        }
        // The quickest of each is the least disturbed by whatever else runs.
        let [known, unknown] = times.map(|times| times.into_iter().min().unwrap());
        let (short, long) = (known.min(unknown), known.max(unknown));
        assert!(
            long < short * 2,
            "{known:?} for a user, {unknown:?} for a stranger"
        );
    })
    .await;
}

#[tokio::test]
async fn what_is_offered_for_an_address_does_not_tell_when_somebody_signs_up_with_it() {
    on_sites(async |site| {
        let email = fresh_email();
        let offered = async || {
            let fields = [("identifier", email.as_str())];
            let browser = site.browser();
            let (_, body) = browser.submit("/v1/client/sign_ins", &fields).await;
            body["response"]["supported_first_factors"].clone()
        };
        let before = offered().await;
        site.browser().sign_up(&email).await;
        assert_eq!(offered().await, before);
    })
    .await;
}
