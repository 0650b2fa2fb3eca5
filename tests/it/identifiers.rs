//! What people are known by: user names, phone numbers, and who may have an account.

use std::cell::Cell;

use serde_json::{Value, json};

use crate::site::{PASSWORD, fresh_email, on_sites_with};

const NAMES: &str = "username.enabled = true\nusername.required = true";
const PHONES: &str = "phone_number.enabled = true\nphone_number.required = true\nemail_address.enabled = false\nemail_address.required = false\npassword.required = false";

fn problem(body: &Value) -> (&str, &str) {
    let error = &body["errors"][0];
    (
        error["code"].as_str().unwrap_or(""),
        error["meta"]["param_name"].as_str().unwrap_or(""),
    )
}

#[tokio::test]
async fn a_person_signs_up_and_in_with_a_user_name_however_it_is_written() {
    on_sites_with(NAMES, async |site| {
        let email = fresh_email();
        let name = format!("ada_{}", &email[..8]);
        let browser = site.browser();
        let fields = [("email_address", email.as_str()), ("password", PASSWORD)];
        let (_, body) = browser.submit("/v1/client/sign_ups", &fields).await;
        assert_eq!(body["response"]["missing_fields"], json!(["username"]));
        let id = body["response"]["id"].as_str().unwrap();
        let update = format!("/v1/client/sign_ups/{id}?_method=PATCH");
        for (typed, code) in [
            ("ab", "form_username_invalid_length"),
            ("ada lovelace", "form_username_invalid_character"),
            ("123456", "form_username_needs_non_number_char"),
        ] {
            let (_, refused) = browser.submit(&update, &[("username", typed)]).await;
            assert_eq!(problem(&refused), (code, "username"), "{typed}");
        }
        let (status, body) = browser
            .submit(&update, &[("username", &name.to_uppercase())])
            .await;
        assert_eq!((status, &body["response"]["username"]), (200, &json!(name)));
        let prepare = format!("/v1/client/sign_ups/{id}/prepare_verification");
        browser
            .submit(&prepare, &[("strategy", "email_code")])
            .await;
        let code = site.code(&email).await;
        let attempt = format!("/v1/client/sign_ups/{id}/attempt_verification");
        let (_, done) = browser
            .submit(&attempt, &[("strategy", "email_code"), ("code", &code)])
            .await;
        assert_eq!(done["response"]["status"], "complete");
        let other = site.browser();
        let fields = [
            ("identifier", name.as_str()),
            ("strategy", "password"),
            ("password", PASSWORD),
        ];
        let (status, body) = other.submit("/v1/client/sign_ins", &fields).await;
        assert_eq!(
            (status, &body["response"]["status"]),
            (200, &json!("complete"))
        );
        let taken = site.browser();
        let email = fresh_email();
        let fields = [
            ("email_address", email.as_str()),
            ("password", PASSWORD),
            ("username", name.as_str()),
        ];
        let (_, refused) = taken.submit("/v1/client/sign_ups", &fields).await;
        assert_eq!(problem(&refused), ("form_identifier_exists", "username"));
    })
    .await;
}

#[tokio::test]
async fn a_user_name_nobody_has_looks_like_one_that_somebody_has() {
    on_sites_with(NAMES, async |site| {
        let mut seen = Vec::new();
        for name in ["nobody_at_all", "another_nobody"] {
            let browser = site.browser();
            let fields = [
                ("identifier", name),
                ("strategy", "password"),
                ("password", "wrong"),
            ];
            let (status, body) = browser.submit("/v1/client/sign_ins", &fields).await;
            seen.push((status, body["errors"].to_string()));
        }
        assert_eq!(seen[0], seen[1]);
        assert!(seen[0].1.contains("form_password_incorrect"));
    })
    .await;
}

#[tokio::test]
async fn a_person_signs_up_and_in_with_a_number_alone() {
    let round = Cell::new(0);
    on_sites_with(PHONES, async |site| {
        // Both engines may be one database from run to run, so that a number is used once.
        round.set(round.get() + 1);
        let random: [u8; 2] = site.app.chance.bytes().unwrap();
        let number = format!(
            "+1{:03}5550{}",
            200 + u32::from(random[0]) + round.get(),
            100 + u32::from(random[1]) % 100
        );
        let browser = site.browser();
        let (_, body) = browser
            .submit("/v1/client/sign_ups", &[("phone_number", &number)])
            .await;
        assert_eq!(
            body["response"]["unverified_fields"],
            json!(["phone_number"]),
            "{body}"
        );
        let id = body["response"]["id"].as_str().unwrap();
        let prepare = format!("/v1/client/sign_ups/{id}/prepare_verification");
        assert_eq!(
            browser
                .submit(&prepare, &[("strategy", "phone_code")])
                .await
                .0,
            200
        );
        let attempt = format!("/v1/client/sign_ups/{id}/attempt_verification");
        let (status, done) = browser
            .submit(&attempt, &[("strategy", "phone_code"), ("code", "424242")])
            .await;
        assert_eq!(
            (status, &done["response"]["status"]),
            (200, &json!("complete")),
            "{done}"
        );
        let other = site.browser();
        let (_, begun) = other
            .submit("/v1/client/sign_ins", &[("identifier", &number)])
            .await;
        let factor = begun["response"]["supported_first_factors"]
            .as_array()
            .unwrap()
            .iter()
            .find(|it| it["strategy"] == "phone_code")
            .unwrap();
        assert!(
            !factor["safe_identifier"].as_str().unwrap().contains("555"),
            "{factor}"
        );
        let id = begun["response"]["id"].as_str().unwrap();
        let path = |verb: &str| format!("/v1/client/sign_ins/{id}/{verb}_first_factor");
        assert_eq!(
            other
                .submit(&path("prepare"), &[("strategy", "phone_code")])
                .await
                .0,
            200
        );
        let (status, done) = other
            .submit(
                &path("attempt"),
                &[("strategy", "phone_code"), ("code", "424242")],
            )
            .await;
        assert_eq!(
            (status, &done["response"]["status"]),
            (200, &json!("complete"))
        );
    })
    .await;
}

#[tokio::test]
async fn texts_go_only_to_countries_of_the_settings_and_not_too_many_to_one_range() {
    let toml = format!("{PHONES}\nphone_number.texts_per_prefix_and_hour = 2");
    on_sites_with(&toml, async |site| {
        let random: [u8; 2] = site.app.chance.bytes().unwrap();
        let range = format!(
            "+1{}{:03}",
            212 + u32::from(random[0]),
            200 + u32::from(random[1])
        );
        // From networks of their own, each of which would have fewer.
        let send = async |number: String| {
            let browser = site
                .from(&format!("2001:db8:{}::1", &number[8..]))
                .browser();
            let (_, body) = browser
                .submit("/v1/client/sign_ups", &[("phone_number", &number)])
                .await;
            let id = body["response"]["id"].as_str().unwrap().to_owned();
            let path = format!("/v1/client/sign_ups/{id}/prepare_verification");
            let (status, body) = browser.submit(&path, &[("strategy", "phone_code")]).await;
            (status, problem(&body).0.to_owned())
        };
        let abroad = send("+33612345678".to_owned()).await;
        assert_eq!(abroad, (422, "unsupported_country_code".to_owned()));
        for last in [1001, 1002] {
            assert_eq!(send(format!("{range}{last}")).await.0, 200);
        }
        let third = send(format!("{range}1003")).await;
        assert_eq!(third, (429, "too_many_requests".to_owned()));
    })
    .await;
}

#[tokio::test]
async fn agreement_and_fields_of_the_settings_are_asked_for() {
    let toml = "sign_up.legal_consent = true\n[[sign_up.fields]]\nname = \"team\"\nlabel = \"Team\"\nkind = \"select\"\noptions = [\"red\", \"blue\"]\nrequired = true\n[[sign_up.fields]]\nname = \"news\"\nlabel = \"Newsletter\"\nkind = \"checkbox\"";
    on_sites_with(toml, async |site| {
        let browser = site.browser();
        let email = fresh_email();
        let fields = [("email_address", email.as_str()), ("password", PASSWORD)];
        let (_, body) = browser.submit("/v1/client/sign_ups", &fields).await;
        assert_eq!(
            body["response"]["missing_fields"],
            json!(["legal_accepted", "unsafe_metadata"])
        );
        let id = body["response"]["id"].as_str().unwrap();
        let update = format!("/v1/client/sign_ups/{id}?_method=PATCH");
        let (_, refused) = browser
            .submit(&update, &[("unsafe_metadata", r#"{"team":"green"}"#)])
            .await;
        assert_eq!(problem(&refused), ("form_param_value_invalid", "team"));
        let fields = [
            ("unsafe_metadata", r#"{"team":"blue","news":true}"#),
            ("legal_accepted", "true"),
        ];
        let (_, body) = browser.submit(&update, &fields).await;
        assert_eq!(body["response"]["missing_fields"], json!([]));
        let prepare = format!("/v1/client/sign_ups/{id}/prepare_verification");
        browser
            .submit(&prepare, &[("strategy", "email_code")])
            .await;
        let code = site.code(&email).await;
        let attempt = format!("/v1/client/sign_ups/{id}/attempt_verification");
        browser
            .submit(&attempt, &[("strategy", "email_code"), ("code", &code)])
            .await;
        let (_, me) = browser.get("/v1/me").await;
        assert_eq!(
            me["response"]["unsafe_metadata"],
            json!({"team": "blue", "news": true})
        );
        assert!(me["response"]["legal_accepted_at"].is_i64());
        let (_, environment) = browser.get("/v1/environment").await;
        assert_eq!(
            environment["user_settings"]["sign_up"]["custom_fields"][0]["options"],
            json!(["red", "blue"])
        );
    })
    .await;
}

#[tokio::test]
async fn clients_are_told_that_all_that_is_required_is_asked_for() {
    for shows_rest in [false, true] {
        let toml = format!("sign_up.progressive = {shows_rest}");
        on_sites_with(&toml, |site| async move {
            let (_, environment) = site.browser().get("/v1/environment").await;
            let sign_up = &environment["user_settings"]["sign_up"];
            assert_eq!(sign_up["progressive"], true);
            assert_eq!(sign_up["shows_optional_fields"], shows_rest);
        })
        .await;
    }
}

#[tokio::test]
async fn other_spellings_of_an_address_are_refused_where_the_settings_say_so() {
    on_sites_with("restrictions.block_subaddresses = true", async |site| {
        for (email, is_fine) in [
            ("ada+tag@example.com", false),
            ("a.d.a@gmail.com", false),
            (&*fresh_email(), true),
        ] {
            let browser = site.browser();
            let fields = [("email_address", email), ("password", PASSWORD)];
            let (status, body) = browser.submit("/v1/client/sign_ups", &fields).await;
            assert_eq!(status == 200, is_fine, "{email}: {body}");
            if !is_fine {
                assert_eq!(problem(&body), ("not_allowed_access", "email_address"));
            }
        }
    })
    .await;
}

#[tokio::test]
async fn throw_away_mailboxes_are_refused_where_the_settings_say_so() {
    on_sites_with("restrictions.block_disposable = true", async |site| {
        for (email, is_fine) in [
            ("ada@mailinator.com", false),
            ("ada@inbox.mailinator.com", false),
            (&*fresh_email(), true),
        ] {
            let browser = site.browser();
            let fields = [("email_address", email), ("password", PASSWORD)];
            let (status, body) = browser.submit("/v1/client/sign_ups", &fields).await;
            assert_eq!(status == 200, is_fine, "{email}: {body}");
        }
    })
    .await;
}
