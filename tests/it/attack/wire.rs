//! What is forged, oversized or smuggled on the way in.

use axum::body::Body;
use axum::http::Request;
use serde_json::Value;

use super::{code, somebody};
use crate::site::{ORIGIN, PASSWORD, Site, fresh_email, on_sites};

async fn raw(site: &Site, path: &str, headers: &[(&str, &str)], body: String) -> (u16, Value) {
    let mut request = Request::post(path).header("origin", ORIGIN);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let (status, _, body) = site.answer(request.body(Body::from(body)).unwrap()).await;
    (status, body)
}

#[tokio::test]
async fn bodies_that_are_bombs_are_refused() {
    on_sites(async |site| {
        let json = [("content-type", "application/json")];
        let form = [("content-type", "application/x-www-form-urlencoded")];
        let deep = format!("{}{}", "[".repeat(30_000), "]".repeat(30_000));
        let nested = format!("{}1{}", "{\"a\":".repeat(10_000), "}".repeat(10_000));
        for (headers, body) in [
            (&json, deep),
            (&json, nested),
            (&json, "{\"identifier\":".to_owned()),
            (
                &json,
                format!("{{\"identifier\":\"{}\"}}", "a".repeat(100_000)),
            ),
            (&form, format!("identifier={}", "a".repeat(100_000))),
            (&form, "identifier=a&identifier=b".to_owned()),
            (&form, "identifier=%ff%fe".to_owned()),
        ] {
            let (status, answer) = raw(&site, "/v1/client/sign_ins", headers, body).await;
            assert!((400..500).contains(&status), "{status} {answer}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_long_password_is_never_hashed() {
    on_sites(async |site| {
        let (_owner, email) = somebody(&site).await;
        let long = "x".repeat(50_000);
        let browser = site.browser();
        let fields = [
            ("identifier", &*email),
            ("strategy", "password"),
            ("password", &*long),
        ];
        let (status, body) = browser.submit("/v1/client/sign_ins", &fields).await;
        assert_eq!((status, code(&body)), (422, "form_password_incorrect"));
        let fields = [("email_address", &*fresh_email()), ("password", &*long)];
        let (status, body) = browser.submit("/v1/client/sign_ups", &fields).await;
        assert_eq!(
            (status, code(&body)),
            (422, "form_password_length_too_long")
        );
    })
    .await;
}

#[tokio::test]
async fn a_forged_host_or_forwarded_header_changes_nothing() {
    on_sites(async |site| {
        let headers = [
            ("content-type", "application/x-www-form-urlencoded"),
            ("host", "evil.example"),
            ("x-forwarded-host", "evil.example"),
            ("x-forwarded-proto", "http"),
            ("forwarded", "host=evil.example;for=10.0.0.1"),
            ("x-original-url", "https://evil.example/"),
        ];
        let email = fresh_email();
        let body = format!(
            "email_address={}&password={}",
            email.replace('@', "%40"),
            PASSWORD.replace(' ', "+")
        );
        let (status, answer) = raw(&site, "/v1/client/sign_ups", &headers, body).await;
        assert_eq!(status, 200);
        assert!(!answer.to_string().contains("evil."), "{answer}");
        let (_, environment) = raw_get(&site, "/v1/environment", &headers).await;
        assert!(!environment.to_string().contains("evil."));
    })
    .await;
}

async fn raw_get(site: &Site, path: &str, headers: &[(&str, &str)]) -> (u16, Value) {
    let mut request = Request::get(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let (status, _, body) = site.answer(request.body(Body::empty()).unwrap()).await;
    (status, body)
}

#[tokio::test]
async fn no_header_of_a_mail_is_written_by_what_somebody_typed() {
    on_sites(async |site| {
        for email in [
            "ada@example.com\r\nBcc: eve@evil.example",
            "ada@example.com%0aBcc:eve@evil.example",
            "\"ada\r\nBcc: eve@evil.example\"@example.com",
            "ada@example.com,eve@evil.example",
            "Ada <ada@example.com>",
        ] {
            let browser = site.browser();
            let fields = [("email_address", email), ("password", PASSWORD)];
            let (status, body) = browser.submit("/v1/client/sign_ups", &fields).await;
            assert_eq!(
                (status, code(&body)),
                (422, "form_param_format_invalid"),
                "{email:?}"
            );
        }
        // A name may hold much, but a letter's subject is one line.
        let browser = site.browser();
        let fields = [
            ("email_address", &*fresh_email()),
            ("password", PASSWORD),
            ("first_name", "Ada\r\nBcc: eve@evil.example"),
        ];
        let (status, body) = browser.submit("/v1/client/sign_ups", &fields).await;
        assert_eq!((status, code(&body)), (422, "form_param_format_invalid"));
    })
    .await;
}

#[tokio::test]
async fn fields_that_nobody_asked_for_change_nothing() {
    on_sites(async |site| {
        let (browser, _) = somebody(&site).await;
        let before = browser.desk.me().await.unwrap();
        let fields = [
            ("id", "user_00000000000000000000000000"),
            ("public_metadata", r#"{"role":"admin"}"#),
            ("private_metadata", r#"{"role":"admin"}"#),
            ("external_id", "1"),
            ("banned_at", "0"),
            ("two_factor_enabled", "true"),
            ("first_name", "Grace"),
        ];
        let (status, body) = browser.submit("/v1/me?_method=PATCH", &fields).await;
        assert_eq!(status, 200, "{body}");
        let me = &body["response"];
        assert_eq!(me["id"], before.id.as_str());
        assert_eq!(me["first_name"], "Grace");
        assert_eq!(me["public_metadata"], serde_json::json!({}));
        assert_eq!(me["external_id"], Value::Null);
        assert_eq!(me["two_factor_enabled"], false);
    })
    .await;
}
