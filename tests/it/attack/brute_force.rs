//! Guessing: from one place, from everywhere at once, and as a means to lock somebody else out.

use super::{begin, path, somebody};
use crate::site::{PASSWORD, Site, on_sites, on_sites_with};

/// Tries a password in a browser of its own, from an address of the network.
async fn guess(site: &Site, email: &str, password: &str, from: &str) -> u16 {
    let fields = [
        ("identifier", email),
        ("strategy", "password"),
        ("password", password),
    ];
    let browser = site.from(from).browser();
    browser.submit("/v1/client/sign_ins", &fields).await.0
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

#[tokio::test]
async fn one_network_uses_up_nobodys_tries_however_often_it_asks() {
    on_sites(async |site| {
        let (_owner, email) = somebody(&site).await;
        let mut compared = 0;
        let attacker = site.from("203.0.113.9").browser();
        let id = begin(&attacker, &email).await;
        let attempt = path(&id, "attempt_first_factor");
        let prepare = path(&id, "prepare_first_factor");
        for hour in 0..20 {
            for _ in 0..15 {
                let wrong = guess(&site, &email, "wrong", "203.0.113.9").await;
                compared += u32::from(wrong == 422);
                // Nothing was sent, and so nothing can be guessed.
                let fields = [("strategy", "email_code"), ("code", "000000")];
                let status = attacker.submit(&attempt, &fields).await.0;
                assert!(hour > 0 || status == 422, "{status}");
            }
            attacker
                .submit(&prepare, &[("strategy", "email_code")])
                .await;
            for _ in 0..15 {
                let fields = [("strategy", "email_code"), ("code", "000000")];
                attacker.submit(&attempt, &fields).await;
            }
            site.clock.advance_s(3600);
        }
        assert_eq!(compared, 50);
        assert_eq!(guess(&site, &email, PASSWORD, "198.51.100.77").await, 200);
        let owner = site.from("198.51.100.77").browser();
        let id = begin(&owner, &email).await;
        let by_code = ("strategy", "email_code");
        owner
            .submit(&path(&id, "prepare_first_factor"), &[by_code])
            .await;
        let digits = site.code(&email).await;
        let fields = [by_code, ("code", &*digits)];
        let (status, body) = owner
            .submit(&path(&id, "attempt_first_factor"), &fields)
            .await;
        assert_eq!(status, 200, "{body}");
    })
    .await;
}

#[tokio::test]
async fn whoever_is_signed_in_waits_for_no_stranger() {
    on_sites_with("username.enabled = true", async |site| {
        let (owner, email) = somebody(&site).await;
        for number in 0..100 {
            let from = format!("10.0.{number}.1");
            assert_eq!(guess(&site, &email, "wrong", &from).await, 422);
        }
        assert_eq!(guess(&site, &email, PASSWORD, "10.1.1.1").await, 429);
        let fields = [
            ("current_password", PASSWORD),
            ("new_password", "another thorough lantern 7"),
        ];
        let changed = owner.submit("/v1/me/change_password", &fields).await;
        assert_eq!(changed.0, 200, "{}", changed.1);
    })
    .await;
}

#[tokio::test]
async fn whoever_has_several_names_is_guessed_at_no_more_often() {
    on_sites_with("username.enabled = true", async |site| {
        let (owner, email) = somebody(&site).await;
        let name = format!("n{}", &email[..15]);
        let named = owner
            .submit("/v1/me?_method=PATCH", &[("username", &name)])
            .await;
        assert_eq!(named.0, 200, "{}", named.1);
        let mut compared = 0;
        for number in 0..70 {
            let from = format!("10.0.{number}.1");
            for name in [&email, &name] {
                compared += u32::from(guess(&site, name, "wrong", &from).await == 422);
            }
        }
        assert_eq!(compared, 100);
    })
    .await;
}

#[tokio::test]
async fn a_user_without_an_address_is_counted_alone() {
    const NAMES: &str = "email_address.required = false\nusername.enabled = true";
    on_sites_with(NAMES, async |site| {
        let named = async |name: &str| {
            let browser = site.browser();
            let fields = [("username", name), ("password", PASSWORD)];
            let (_, body) = browser.submit("/v1/client/sign_ups", &fields).await;
            assert_eq!(body["response"]["status"], "complete", "{body}");
            browser
        };
        let (attacker, victim) = (named("attacker1").await, named("victim01").await);
        let change = async |browser: &crate::site::Browser, current: &str| {
            let fields = [
                ("current_password", current),
                ("new_password", "another thorough lantern 7"),
            ];
            browser.submit("/v1/me/change_password", &fields).await.0
        };
        for tried in 0..12 {
            let expected = if tried < 10 { 422 } else { 429 };
            assert_eq!(change(&attacker, "wrong").await, expected);
        }
        assert_eq!(change(&victim, PASSWORD).await, 200);
    })
    .await;
}

#[tokio::test]
async fn one_network_uses_up_the_texts_of_no_block_of_numbers() {
    const FEW: &str = "[phone_number]\nenabled = true\ntexts_per_prefix_and_hour = 4";
    on_sites_with(FEW, async |site| {
        let text = async |from: &str, number: u32| {
            let browser = site.from(from).browser();
            let number = format!("+14155{:06}", 552_000 + number);
            let id = begin(&browser, &number).await;
            let prepare = path(&id, "prepare_first_factor");
            browser
                .submit(&prepare, &[("strategy", "phone_code")])
                .await
                .0
        };
        assert_eq!(text("203.0.113.9", 1).await, 200);
        for number in 2..9 {
            assert_eq!(text("203.0.113.9", number).await, 429);
        }
        for number in 9..12 {
            assert_eq!(text(&format!("198.51.{number}.1"), number).await, 200);
        }
        assert_eq!(text("198.51.100.1", 12).await, 429, "four in all");
    })
    .await;
}
