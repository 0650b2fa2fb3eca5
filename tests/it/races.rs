//! Two requests at once: one of them does what both ask for.

use frontdesk_protocol::{CreateOrganization, SignInStatus, SignUpStatus};

use crate::site::{Browser, fresh_email, on_sites, on_sites_with};

const ROUNDS: u32 = 50;

#[tokio::test]
async fn one_code_makes_one_session() {
    on_sites(async |site| {
        for _ in 0..ROUNDS {
            let email = fresh_email();
            site.browser().sign_up(&email).await;
            site.clock.advance_s(1000);
            let browser = site.browser();
            let sign_in = browser.begin_sign_in(&email).await;
            browser.prepare_sign_in(&sign_in).await.unwrap();
            let code = site.code(&email).await;
            let (one, other) = tokio::join!(
                browser.attempt_code(&sign_in, &code),
                browser.attempt_code(&sign_in, &code)
            );
            let done = [one, other]
                .into_iter()
                .flatten()
                .filter(|it| it.status == SignInStatus::Complete);
            assert_eq!(done.count(), 1);
        }
    })
    .await;
}

#[tokio::test]
async fn one_address_makes_one_user() {
    on_sites(async |site| {
        for _ in 0..ROUNDS {
            let email = fresh_email();
            let mut attempts = Vec::new();
            for _ in 0..2 {
                let browser = site.browser();
                let sign_up = browser.begin_sign_up(&email).await;
                browser.prepare_sign_up(&sign_up).await.unwrap();
                attempts.push((browser, sign_up, site.code(&email).await));
                site.clock.advance_s(60);
            }
            let [(a, first, one), (b, second, other)] = attempts.try_into().ok().unwrap();
            let (left, right) = tokio::join!(
                a.attempt_sign_up(&first, &one),
                b.attempt_sign_up(&second, &other)
            );
            let done = [left, right]
                .into_iter()
                .flatten()
                .filter(|it| it.status == SignUpStatus::Complete);
            assert_eq!(done.count(), 1);
            site.clock.advance_s(1000);
        }
    })
    .await;
}

/// Adds an address to the user of a browser and asks for its code: the address's path.
async fn asked(browser: &Browser, email: &str) -> String {
    let path = "/v1/me/email_addresses";
    let (status, added) = browser.submit(path, &[("email_address", email)]).await;
    assert_eq!(status, 200, "{added}");
    let path = format!("{path}/{}", added["response"]["id"].as_str().unwrap());
    let prepare = format!("{path}/prepare_verification");
    let by_code = [("strategy", "email_code")];
    assert_eq!(browser.submit(&prepare, &by_code).await.0, 200);
    path
}

#[tokio::test]
async fn of_two_users_who_prove_one_address_one_has_it() {
    on_sites_with("sessions.reverification = \"off\"", async |site| {
        let (a, b) = (site.signed_up().await, site.signed_up().await);
        for _ in 0..ROUNDS {
            let email = fresh_email();
            let mut attempts = Vec::new();
            for browser in [&a, &b] {
                let path = asked(browser, &email).await;
                attempts.push((browser, path, site.code(&email).await));
                site.clock.advance_s(60);
            }
            let prove = async |(browser, path, code): &(&Browser, String, String)| {
                let path = format!("{path}/attempt_verification");
                browser.submit(&path, &[("code", code.as_str())]).await.0
            };
            let (left, right) = tokio::join!(prove(&attempts[0]), prove(&attempts[1]));
            let done = [left, right]
                .iter()
                .filter(|status| **status == 200)
                .count();
            assert_eq!(done, 1, "{left} {right}");
            for (browser, path, _) in &attempts {
                let path = format!("{path}?_method=DELETE");
                assert_eq!(browser.submit(&path, &[]).await.0, 200);
            }
            site.clock.advance_s(300);
        }
    })
    .await;
}

#[tokio::test]
async fn one_slug_makes_one_organization() {
    on_sites(async |site| {
        let browser = site.browser();
        browser.sign_up(&fresh_email()).await;
        for _ in 0..ROUNDS {
            let slug = fresh_email().split('@').next().unwrap().to_owned();
            let command = CreateOrganization {
                name: Some("Lab".to_owned()),
                slug: Some(slug),
            };
            let (one, other) = tokio::join!(
                browser.desk.create_organization(&command),
                browser.desk.create_organization(&command)
            );
            assert_eq!(u8::from(one.is_ok()) + u8::from(other.is_ok()), 1);
        }
    })
    .await;
}

#[tokio::test]
async fn two_letters_asked_for_at_once_are_one() {
    on_sites(async |site| {
        let email = fresh_email();
        let browser = site.browser();
        let sign_up = browser.begin_sign_up(&email).await;
        let (one, other) = tokio::join!(
            browser.prepare_sign_up(&sign_up),
            browser.prepare_sign_up(&sign_up)
        );
        assert_eq!(u8::from(one.is_ok()) + u8::from(other.is_ok()), 1);
        assert_eq!(site.mails(&email).await.len(), 1);
    })
    .await;
}
