//! Signing up: what is asked for, what is proven, and what strangers learn.

use frontdesk_protocol::{
    CreateSignUp, ErrorCode, Field, SignInStatus, SignUpStatus, UpdateSignUp,
};

use serde_json::json;

use crate::site::{PASSWORD, at, fresh_email, on_sites, on_sites_with, refusal};

fn command(email: &str, password: &str) -> CreateSignUp {
    CreateSignUp {
        email_address: Some(email.to_owned()),
        password: Some(password.into()),
        ..CreateSignUp::default()
    }
}

#[tokio::test]
async fn a_person_signs_up_with_a_proven_address_and_is_signed_in() {
    on_sites(async |site| {
        let email = fresh_email();
        let browser = site.browser();
        let done = browser.sign_up(&email).await;
        assert_eq!(done.status, SignUpStatus::Complete);
        let client = browser.desk.client().unwrap();
        let session = client.active_session().unwrap();
        assert_eq!(Some(&session.id), done.created_session_id.as_ref());
        assert_eq!(session.user.primary_email(), Some(email.as_str()));
        assert!(session.user.password_enabled);
        assert!(
            client.sign_up.is_none(),
            "a sign-up that is done is not under way"
        );
    })
    .await;
}

#[tokio::test]
async fn an_address_that_is_taken_is_told_to_its_owner_alone() {
    on_sites(async |site| {
        let email = fresh_email();
        site.browser().sign_up(&email).await;
        let stranger = site.browser();
        let taken = stranger.begin_sign_up(&email).await;
        let free = site.browser().begin_sign_up(&fresh_email()).await;
        assert_eq!(
            (taken.status, &taken.missing_fields),
            (free.status, &free.missing_fields)
        );
        site.clock.advance_s(60);
        let prepared = stranger.prepare_sign_up(&taken).await.unwrap();
        assert_eq!(
            prepared.verifications.email_address.unwrap().next_action,
            "needs_attempt"
        );
        let letter = &site.mails(&email).await[0];
        assert!(
            letter["subject"]
                .as_str()
                .unwrap()
                .contains("already have an account")
        );
        let code = site.code(&email).await;
        let exists = at(ErrorCode::FormIdentifierExists, "email_address");
        assert_eq!(
            refusal(stranger.attempt_sign_up(&taken, &code).await),
            exists
        );
        let again = at(ErrorCode::VerificationInvalid, "code");
        assert_eq!(
            refusal(stranger.attempt_sign_up(&taken, &code).await),
            again
        );
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_is_said_at_its_field() {
    on_sites(async |site| {
        let browser = site.browser();
        let refused = async |email, password| {
            refusal(browser.desk.create_sign_up(&command(email, password)).await)
        };
        assert_eq!(
            refused("", PASSWORD).await,
            at(ErrorCode::FormParamNil, "email_address")
        );
        assert_eq!(
            refused("ada", PASSWORD).await,
            at(ErrorCode::FormParamFormatInvalid, "email_address")
        );
        assert_eq!(
            refused("a@b.example", "short").await,
            at(ErrorCode::FormPasswordLengthTooShort, "password")
        );
        let long = "x".repeat(129);
        assert_eq!(
            refused("a@b.example", &long).await,
            at(ErrorCode::FormPasswordLengthTooLong, "password")
        );
        assert!(
            browser.desk.client().is_none(),
            "nothing is begun by a refusal"
        );
    })
    .await;
}

#[tokio::test]
async fn five_wrong_codes_are_the_most_and_a_new_code_begins_anew() {
    on_sites(async |site| {
        let email = fresh_email();
        let browser = site.browser();
        let sign_up = browser.begin_sign_up(&email).await;
        browser.prepare_sign_up(&sign_up).await.unwrap();
        let code = site.code(&email).await;
        let wrong = if code == "111111" { "222222" } else { "111111" };
        for turn in 1..=5 {
            let expected = if turn < 5 {
                ErrorCode::FormCodeIncorrect
            } else {
                ErrorCode::VerificationFailed
            };
            assert_eq!(
                refusal(browser.attempt_sign_up(&sign_up, wrong).await),
                at(expected, "code")
            );
        }
        let spent = at(ErrorCode::VerificationFailed, "code");
        assert_eq!(
            refusal(browser.attempt_sign_up(&sign_up, &code).await),
            spent
        );
        assert_eq!(
            refusal(browser.prepare_sign_up(&sign_up).await).0,
            ErrorCode::TooManyRequests
        );
        site.clock.advance_s(31);
        browser.prepare_sign_up(&sign_up).await.unwrap();
        assert_eq!(
            refusal(browser.attempt_sign_up(&sign_up, &code).await).0,
            ErrorCode::FormCodeIncorrect
        );
        let next = site.code(&email).await;
        let done = browser.attempt_sign_up(&sign_up, &next).await.unwrap();
        assert_eq!(done.status, SignUpStatus::Complete);
    })
    .await;
}

#[tokio::test]
async fn a_code_ends_after_ten_minutes_and_three_letters_are_the_most_in_fifteen() {
    on_sites(async |site| {
        let email = fresh_email();
        let browser = site.browser();
        let sign_up = browser.begin_sign_up(&email).await;
        for _ in 0..3 {
            browser.prepare_sign_up(&sign_up).await.unwrap();
            site.clock.advance_s(31);
        }
        assert_eq!(
            refusal(browser.prepare_sign_up(&sign_up).await).0,
            ErrorCode::TooManyRequests
        );
        let code = site.code(&email).await;
        site.clock.advance_s(600);
        let expired = at(ErrorCode::VerificationExpired, "code");
        assert_eq!(
            refusal(browser.attempt_sign_up(&sign_up, &code).await),
            expired
        );
    })
    .await;
}

#[tokio::test]
async fn asking_too_early_costs_no_letter() {
    on_sites(async |site| {
        let browser = site.browser();
        let sign_up = browser.begin_sign_up(&fresh_email()).await;
        browser.prepare_sign_up(&sign_up).await.unwrap();
        for _ in 0..5 {
            let early = refusal(browser.prepare_sign_up(&sign_up).await);
            assert_eq!(early.0, ErrorCode::TooManyRequests);
        }
        site.clock.advance_s(31);
        browser.prepare_sign_up(&sign_up).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn another_address_can_be_given_and_must_be_proven() {
    on_sites(async |site| {
        let (first, second) = (fresh_email(), fresh_email());
        let browser = site.browser();
        let sign_up = browser.begin_sign_up(&first).await;
        browser.prepare_sign_up(&sign_up).await.unwrap();
        let old = site.code(&first).await;
        let change = UpdateSignUp {
            email_address: Some(second.clone()),
            ..UpdateSignUp::default()
        };
        let changed = browser
            .desk
            .update_sign_up(&sign_up.id, &change)
            .await
            .unwrap();
        assert_eq!(changed.unverified_fields, [Field::EmailAddress]);
        browser.prepare_sign_up(&sign_up).await.unwrap();
        assert_eq!(
            refusal(browser.attempt_sign_up(&sign_up, &old).await).0,
            ErrorCode::FormCodeIncorrect
        );
        let code = site.code(&second).await;
        let done = browser.attempt_sign_up(&sign_up, &code).await.unwrap();
        assert_eq!(done.email_address, Some(second));
        let user = browser.desk.me().await.unwrap();
        assert_eq!(user.email_addresses.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_is_emptied_is_gone_and_is_proven_no_more() {
    let toml =
        "email_address.required = false\nphone_number.enabled = true\nusername.enabled = true";
    on_sites_with(toml, async |site| {
        let browser = site.browser();
        let sign_up = browser.begin_sign_up(&fresh_email()).await;
        let fill = async |change: UpdateSignUp| {
            let update = browser.desk.update_sign_up(&sign_up.id, &change);
            update.await.unwrap()
        };
        let named = UpdateSignUp {
            first_name: Some("Grace".to_owned()),
            username: Some("grace_emptied".to_owned()),
            ..UpdateSignUp::default()
        };
        let before = fill(named).await;
        assert_eq!(before.unverified_fields, [Field::EmailAddress]);
        let emptied = UpdateSignUp {
            email_address: Some(String::new()),
            phone_number: Some("+14155550143".to_owned()),
            first_name: Some(" ".to_owned()),
            username: Some(String::new()),
            ..UpdateSignUp::default()
        };
        let after = fill(emptied).await;
        assert_eq!(after.unverified_fields, [Field::PhoneNumber]);
        let left = [after.email_address, after.first_name, after.username];
        assert_eq!(left, [None, None, None]);
    })
    .await;
    on_sites(async |site| {
        let browser = site.browser();
        let sign_up = browser.begin_sign_up(&fresh_email()).await;
        let emptied = UpdateSignUp {
            email_address: Some(String::new()),
            ..UpdateSignUp::default()
        };
        let update = browser.desk.update_sign_up(&sign_up.id, &emptied);
        let required = at(ErrorCode::FormParamNil, "email_address");
        assert_eq!(refusal(update.await), required);
    })
    .await;
}

#[tokio::test]
async fn another_browser_has_nothing_of_an_attempt() {
    on_sites(async |site| {
        let email = fresh_email();
        let browser = site.browser();
        let sign_up = browser.begin_sign_up(&email).await;
        browser.prepare_sign_up(&sign_up).await.unwrap();
        let code = site.code(&email).await;
        let thief = site.browser();
        thief.begin_sign_up(&fresh_email()).await;
        let stolen = thief.attempt_sign_up(&sign_up, &code).await;
        assert_eq!(refusal(stolen).0, ErrorCode::AttemptNotFound);
        let nobody = site.browser();
        assert_eq!(
            refusal(nobody.attempt_sign_up(&sign_up, &code).await).0,
            ErrorCode::AttemptNotFound
        );
        browser.attempt_sign_up(&sign_up, &code).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn names_are_asked_for_where_the_settings_say_so() {
    on_sites_with(
        "[sign_up]\nfirst_name = \"required\"\nlast_name = \"off\"\n",
        async |site| {
            let email = fresh_email();
            let browser = site.browser();
            let sign_up = browser.begin_sign_up(&email).await;
            assert_eq!(sign_up.missing_fields, [Field::FirstName]);
            browser.prepare_sign_up(&sign_up).await.unwrap();
            let code = site.code(&email).await;
            let proven = browser.attempt_sign_up(&sign_up, &code).await.unwrap();
            assert_eq!(proven.status, SignUpStatus::MissingRequirements);
            let empty = UpdateSignUp {
                first_name: Some(" ".to_owned()),
                ..UpdateSignUp::default()
            };
            let refused = refusal(browser.desk.update_sign_up(&sign_up.id, &empty).await);
            assert_eq!(refused, at(ErrorCode::FormParamNil, "first_name"));
            let named = UpdateSignUp {
                first_name: Some(" Grace ".to_owned()),
                ..UpdateSignUp::default()
            };
            let done = browser
                .desk
                .update_sign_up(&sign_up.id, &named)
                .await
                .unwrap();
            assert_eq!(done.status, SignUpStatus::Complete);
            assert_eq!(
                browser.desk.me().await.unwrap().first_name.as_deref(),
                Some("Grace")
            );
        },
    )
    .await;
}

#[tokio::test]
async fn an_empty_password_leaves_the_one_that_was_given() {
    on_sites_with("sign_up.legal_consent = true\n", async |site| {
        let email = fresh_email();
        let browser = site.browser();
        let only_address = CreateSignUp {
            email_address: Some(email.clone()),
            ..CreateSignUp::default()
        };
        let begun = browser.desk.create_sign_up(&only_address).await.unwrap();
        let with = |password: &str| UpdateSignUp {
            password: Some(password.into()),
            legal_accepted: Some("true".to_owned()),
            ..UpdateSignUp::default()
        };
        let nothing = refusal(browser.desk.update_sign_up(&begun.id, &with("")).await);
        assert_eq!(nothing, at(ErrorCode::FormParamNil, "password"));
        let sign_up = browser.begin_sign_up(&email).await;
        assert_eq!(sign_up.missing_fields, [Field::LegalAccepted]);
        browser.prepare_sign_up(&sign_up).await.unwrap();
        let code = site.code(&email).await;
        browser.attempt_sign_up(&sign_up, &code).await.unwrap();
        let agreed = browser.desk.update_sign_up(&sign_up.id, &with("")).await;
        assert_eq!(agreed.unwrap().status, SignUpStatus::Complete);
        let elsewhere = site.browser();
        let sign_in = elsewhere.begin_sign_in(&email).await;
        let entered = elsewhere.attempt_password(&sign_in, PASSWORD).await;
        assert_eq!(entered.unwrap().status, SignInStatus::Complete);
    })
    .await;
}

#[tokio::test]
async fn nobody_signs_up_where_it_is_closed() {
    on_sites_with("sign_up.mode = \"restricted\"\n", async |site| {
        let browser = site.browser();
        let refused = refusal(
            browser
                .desk
                .create_sign_up(&command(&fresh_email(), PASSWORD))
                .await,
        );
        assert_eq!(refused.0, ErrorCode::SignUpModeRestricted);
    })
    .await;
}

#[tokio::test]
async fn a_test_address_has_a_code_that_everybody_knows_and_no_letter() {
    on_sites(async |site| {
        let email = fresh_email().replace('@', "+frontdesk_test@");
        let browser = site.browser();
        let sign_up = browser.begin_sign_up(&email).await;
        browser.prepare_sign_up(&sign_up).await.unwrap();
        let done = browser.attempt_sign_up(&sign_up, "424242").await.unwrap();
        assert_eq!(done.status, SignUpStatus::Complete);
        assert!(site.mails(&email).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn nobody_is_made_who_is_known_by_nothing() {
    const OPTIONAL: &str = "email_address.required = false\nusername.enabled = true";
    on_sites_with(OPTIONAL, async |site| {
        let browser = site.browser();
        let fields = [("password", PASSWORD)];
        let (status, body) = browser.submit("/v1/client/sign_ups", &fields).await;
        let sign_up = &body["response"];
        assert_eq!(
            (status, &sign_up["status"]),
            (200, &json!("missing_requirements"))
        );
        assert_eq!(sign_up["missing_fields"], json!(["email_address"]));
        let path = format!(
            "/v1/client/sign_ups/{}?_method=PATCH",
            sign_up["id"].as_str().unwrap()
        );
        let (_, body) = browser.submit(&path, &[("username", "ada_lovelace")]).await;
        assert_eq!(body["response"]["status"], "complete", "{body}");
    })
    .await;
}
