//! The wire: who may call, in which form, and what every answer carries.

use axum::body::Body;
use axum::http::Request;
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL,
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, ORIGIN, SET_COOKIE, X_CONTENT_TYPE_OPTIONS,
};
use frontdesk_server::app::App;
use frontdesk_server::chance::{Chance, Clock};
use frontdesk_server::config::Config;
use frontdesk_server::routes;
use serde_json::{Value, json};
use tower::ServiceExt as _;

use crate::backend::{Backend, reason};
use crate::site::{NOW, fresh_email, on_sites, options};

const FORM: &str = "application/x-www-form-urlencoded";

fn post(path: &str, origin: Option<&str>, kind: &str, body: &str) -> Request<Body> {
    let mut request = Request::post(path).header(CONTENT_TYPE, kind);
    if let Some(origin) = origin {
        request = request.header(ORIGIN, origin);
    }
    request.body(Body::from(body.to_owned())).unwrap()
}

#[tokio::test]
async fn pages_of_other_origins_change_nothing_and_read_nothing() {
    on_sites(async |site| {
        let body = "identifier=ada@example.com";
        for origin in [
            "https://evil.example",
            "http://localhost.evil.example",
            "http://localhost:80a",
            "null",
        ] {
            let request = post("/v1/client/sign_ins", Some(origin), FORM, body);
            let (status, headers, answer) = site.answer(request).await;
            assert_eq!(
                (status, answer["errors"][0]["code"].as_str()),
                (403, Some("origin_invalid")),
                "{origin}"
            );
            assert!(
                !headers.contains_key(ACCESS_CONTROL_ALLOW_ORIGIN)
                    && !headers.contains_key(SET_COOKIE)
            );
            let read = Request::get("/v1/client")
                .header(ORIGIN, origin)
                .body(Body::empty())
                .unwrap();
            assert!(
                !site
                    .answer(read)
                    .await
                    .1
                    .contains_key(ACCESS_CONTROL_ALLOW_ORIGIN)
            );
        }
        let request = post(
            "/v1/client/sign_ins",
            Some("http://localhost:5173"),
            FORM,
            body,
        );
        let (status, headers, _) = site.answer(request).await;
        assert_eq!(
            status, 200,
            "in development every page of this machine may call"
        );
        assert_eq!(
            headers[ACCESS_CONTROL_ALLOW_ORIGIN],
            "http://localhost:5173"
        );
        assert_eq!(headers[ACCESS_CONTROL_ALLOW_CREDENTIALS], "true");
        let mut bare = post("/v1/client/sign_ins", None, FORM, body);
        bare.headers_mut()
            .insert("sec-fetch-site", "cross-site".parse().unwrap());
        assert_eq!(
            site.answer(bare).await.0,
            403,
            "a page that hides its origin is another one"
        );
    })
    .await;
}

#[tokio::test]
async fn a_body_is_a_form_or_json_and_nothing_else() {
    on_sites(async |site| {
        let path = "/v1/client/sign_ins";
        let status =
            async |kind: &str, body: &str| site.answer(post(path, None, kind, body)).await.0;
        assert_eq!(status(FORM, "identifier=ada%40example.com").await, 200);
        assert_eq!(
            status(
                "application/json",
                r#"{"identifier":"ada@example.com","captcha":null}"#
            )
            .await,
            200
        );
        assert_eq!(
            status(FORM, "identifier=a@b.example&identifier=c@d.example").await,
            400
        );
        assert_eq!(status("application/json", "[1]").await, 400);
        assert_eq!(status("application/json", "{").await, 400);
        let long = format!("identifier={}", "x".repeat(70_000));
        assert_eq!(status(FORM, &long).await, 400);
    })
    .await;
}

#[tokio::test]
async fn a_path_may_end_in_a_slash() {
    on_sites(async |site| {
        let browser = site.signed_up().await;
        let email = fresh_email();
        let fields = [("email_address", email.as_str())];
        let path = "/v1/me/email_addresses/?_is_known=no";
        let (status, made) = browser.submit(path, &fields).await;
        assert_eq!(status, 200, "{made}");
        let id = made["response"]["id"].as_str().unwrap();
        let path = format!("/v1/me/email_addresses/{id}/?_method=DELETE");
        assert_eq!(browser.submit(&path, &[]).await.0, 200);
        assert_eq!(browser.get("/v1/nowhere/").await.0, 404);
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_in_our_document() {
    on_sites(async |site| {
        let browser = site.browser();
        browser.sign_up(&fresh_email()).await;
        let body = "name=Analytical+Engines";
        let (_, made) = browser.post("/v1/organizations", body).await;
        let id = made["response"]["id"].as_str().unwrap();
        let members = format!("/v1/organizations/{id}/memberships");
        for query in ["offset=null", "limit=-1", "limit=1&limit=2"] {
            let (status, answer) = browser.get(&format!("{members}?{query}")).await;
            let code = answer["errors"][0]["code"].as_str();
            assert_eq!((status, code), (422, Some("form_param_value_invalid")));
        }
        for path in ["/v1/client/sign_ins/%FF", "/admin/v1/users/%FF"] {
            let (status, answer) = browser.get(path).await;
            let code = answer["errors"][0]["code"].as_str();
            assert_eq!((status, code), (404, Some("resource_not_found")), "{path}");
        }
        let request = Request::get("/v1/verify_link?token=a&token=b");
        let request = request.body(Body::empty()).unwrap();
        let (status, headers, _) = site.answer(request).await;
        assert_eq!(status, 410);
        assert_eq!(headers[CONTENT_TYPE], "text/html; charset=utf-8");
    })
    .await;
}

#[tokio::test]
async fn a_text_with_a_nul_is_refused_on_every_database() {
    on_sites(async |site| {
        let browser = site.browser();
        let refused = "form_param_format_invalid";
        let (status, answer) = browser
            .post("/v1/client/sign_ins", "identifier=a%00b")
            .await;
        assert_eq!((status, reason(&answer).0.as_str()), (422, refused));
        browser.sign_up(&fresh_email()).await;
        for path in ["/v1/me/passkeys/%00", "/v1/organizations/a%00b"] {
            assert_eq!(browser.get(path).await.0, 404, "{path}");
        }
        let backend = Backend::new(&site).await;
        for (method, path, body) in [
            ("POST", "/users", json!({ "external_id": "a\0b" })),
            (
                "POST",
                "/users",
                json!({ "email_address": ["a\0@example.com"] }),
            ),
            ("GET", "/users?query=a%00b", json!({})),
            ("GET", "/waitlist_entries?status=%00", json!({})),
        ] {
            let (code, field) = backend.refused(method, path, body).await;
            assert_eq!(code, refused, "{method} {path}");
            assert!(field.is_some(), "{method} {path}");
        }
        // Metadata are kept as JSON, which has a spelling for it.
        let user = json!({ "email_address": [fresh_email()], "public_metadata": { "a": "\0" } });
        let user = backend.post("/users", user).await;
        assert_eq!(user["public_metadata"]["a"], "\0");
    })
    .await;
}

#[tokio::test]
async fn the_verb_of_a_form_is_read_from_its_query() {
    on_sites(async |site| {
        let (status, _, body) = site
            .answer(post("/v1/client?_method=PUT", None, FORM, ""))
            .await;
        assert_eq!(
            (status, body["response"]["object"].as_str()),
            (200, Some("client"))
        );
        let (status, _, _) = site
            .answer(post("/v1/me?_method=GET", None, FORM, ""))
            .await;
        assert_eq!(status, 404, "only verbs that a form cannot say");
    })
    .await;
}

#[tokio::test]
async fn every_answer_is_guarded_and_none_of_the_api_is_kept() {
    on_sites(async |site| {
        for path in [
            "/v1/environment",
            "/v1/client",
            "/v1/nowhere",
            "/sign-in",
            "/nowhere",
        ] {
            let (_, headers, _) = site
                .answer(Request::get(path).body(Body::empty()).unwrap())
                .await;
            assert_eq!(headers[X_CONTENT_TYPE_OPTIONS], "nosniff", "{path}");
            let policy = headers[CONTENT_SECURITY_POLICY].to_str().unwrap();
            assert!(
                policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe-inline"),
                "{path}"
            );
            if path.starts_with("/v1") {
                assert_eq!(headers[CACHE_CONTROL], "no-store", "{path}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn hosted_pages_speak_the_browsers_language() {
    on_sites(async |site| {
        for (wanted, lang) in [
            ("fr-CA,fr;q=0.9,en;q=0.8", "fr"),
            ("de,ar;q=0.7", "ar"),
            ("de", "en"),
            ("", "en"),
        ] {
            let request = Request::get("/sign-up")
                .header("accept-language", wanted)
                .body(Body::empty())
                .unwrap();
            let (status, _, body) = site.answer(request).await;
            assert_eq!(status, 200);
            assert!(
                body.as_str()
                    .unwrap()
                    .contains(&format!("<html lang=\"{lang}\"")),
                "{wanted}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn each_hosted_page_has_its_component() {
    on_sites(async |site| {
        for (path, component) in [
            ("/sign-in", "sign-in"),
            ("/user", "user-profile"),
            ("/organization", "organization-profile"),
        ] {
            let request = Request::get(path).body(Body::empty()).unwrap();
            let (status, _, body) = site.answer(request).await;
            assert_eq!(status, 200);
            let element = format!("<frontdesk-{component}>");
            assert!(body.as_str().unwrap().contains(&element), "{path}");
        }
    })
    .await;
}

#[tokio::test]
async fn who_changes_too_much_waits() {
    let folder = tempfile::tempdir().unwrap();
    let file = format!(
        "sqlite:{}",
        folder.path().join("frontdesk.sqlite").display()
    );
    let options = options(&[
        "--development",
        "--database",
        &file,
        "--trusted-proxy",
        "127.0.0.1",
    ]);
    let app = App::open(
        Config::new(options).unwrap(),
        Clock::fixed(NOW),
        Chance::System,
    )
    .await
    .unwrap();
    let router = routes::router(&app);
    let call = async |forwarded: &str| {
        let mut request = post("/v1/client?_method=PUT", None, FORM, "");
        *request.method_mut() = "PUT".parse().unwrap();
        request
            .headers_mut()
            .insert("x-forwarded-for", forwarded.parse().unwrap());
        router
            .clone()
            .oneshot(request)
            .await
            .unwrap()
            .status()
            .as_u16()
    };
    for _ in 0..300 {
        assert_eq!(call("203.0.113.7").await, 200);
    }
    assert_eq!(call("203.0.113.7").await, 429);
    assert_eq!(
        call("198.51.100.1, 203.0.113.7").await,
        429,
        "what a caller adds on the left counts for nothing"
    );
    assert_eq!(call("203.0.113.8").await, 200);
}

#[tokio::test]
async fn in_production_the_secret_is_the_hosts_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = format!(
        "sqlite:{}",
        folder.path().join("frontdesk.sqlite").display()
    );
    let secret = "0123456789abcdef0123456789abcdef";
    let options = options(&[
        "--database",
        &file,
        "--public-url",
        "https://auth.example.com",
        "--secret",
        secret,
        "--smtp-url",
        "smtp://mail.example.com",
        "--mail-from",
        "auth@example.com",
        "--allowed-origin",
        "https://app.example.com",
    ]);
    let app = App::open(
        Config::new(options).unwrap(),
        Clock::fixed(NOW),
        Chance::System,
    )
    .await
    .unwrap();
    let call = async |origin: &str, body: String| {
        let request = post("/v1/client/sign_ups", Some(origin), FORM, &body);
        routes::router(&app).oneshot(request).await.unwrap()
    };
    let body = format!(
        "email_address={}&password=a+password+nobody+has",
        fresh_email()
    );
    let answer = call("https://app.example.com", body.clone()).await;
    let cookie = answer.headers()[SET_COOKIE].to_str().unwrap().to_owned();
    assert!(cookie.starts_with("__Host-frontdesk_client="));
    for flag in ["; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=/"] {
        assert!(cookie.contains(flag), "{flag}");
    }
    assert!(!cookie.to_ascii_lowercase().contains("domain"));
    assert_eq!(
        call("http://localhost:5173", body).await.status().as_u16(),
        403
    );
    let mailbox = Request::get("/dev/mailbox.json")
        .body(Body::empty())
        .unwrap();
    assert_eq!(
        routes::router(&app)
            .oneshot(mailbox)
            .await
            .unwrap()
            .status()
            .as_u16(),
        404
    );
}

#[tokio::test]
async fn answers_carry_the_whole_client_unless_the_caller_wants_none() {
    on_sites(async |site| {
        let browser = site.signed_up().await;
        let (_, whole) = browser.get("/v1/client?_client=false").await;
        let user = &whole["response"]["sessions"][0]["user"];
        for path in ["/v1/me", "/v1/me?_is_native=1&_client=false"] {
            let (status, own) = browser.get(path).await;
            assert_eq!((status, &own["response"]), (200, user), "{path}");
            let client = &own["client"]["sessions"][0]["user"];
            let wanted = if path == "/v1/me" { user } else { &Value::Null };
            assert_eq!(client, wanted, "{path}");
        }
        let (_, list) = browser.get("/v1/me/email_addresses?_client=false").await;
        assert_eq!(list["response"]["total_count"], 1);
        assert!(list["client"].is_null(), "{list}");
        let (status, changed) = browser.post("/v1/me?_method=PATCH", "first_name=Ada").await;
        assert_eq!(status, 200, "{changed}");
        let shown = &changed["client"]["sessions"][0]["user"];
        assert_eq!(*shown, changed["response"]);
        assert_eq!(shown["first_name"], "Ada");
        let stranger = site.browser();
        assert_eq!(stranger.get("/v1/me?_client=false").await.0, 401);
        let id = whole["response"]["sessions"][0]["id"].as_str().unwrap();
        let end = format!("/v1/client/sessions/{id}/end?_client=false");
        let (status, ended) = browser.post(&end, "").await;
        assert_eq!((status, &ended["client"]), (200, &Value::Null));
        let token = browser.jar.get("__session").unwrap_or_default();
        assert_eq!(token, "", "the token is taken away all the same");
    })
    .await;
}

#[tokio::test]
async fn a_server_without_pages_of_an_app_leads_to_its_own() {
    on_sites(async |site| {
        let browser = site.browser();
        assert_eq!(browser.visit("/").await, (303, "/user".to_owned()));
        assert_eq!(browser.visit("/user").await.0, 200);
    })
    .await;
}
