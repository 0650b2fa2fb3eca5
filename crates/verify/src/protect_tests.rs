//! Whom a protected part lets through, and where it sends the others.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::routing::get;
use frontdesk_protocol::Reverification;
use http::{Request, Response};
use serde_json::{Value, json};
use tower::ServiceExt as _;

use crate::tests::{APP, Signer, claims, rules};
use crate::{Protect, SignedIn, Verifier};

const SIGN_IN: &str = "https://accounts.example.com/sign-in";

fn verifier(signer: &Signer) -> Verifier {
    let set = signer.jwks_json();
    Verifier::new(rules(), move || {
        let set = set.clone();
        async move { Ok::<_, std::io::Error>(set) }
    })
}

/// A token that is good now, with these claims of its own.
fn token(signer: &Signer, own: Value) -> String {
    let now = jsonwebtoken::get_current_timestamp();
    let mut claims = claims();
    let times = json!({ "iat": now, "nbf": now, "exp": now + 60 });
    for more in [times, own] {
        let members = more.as_object().unwrap().clone();
        claims.as_object_mut().unwrap().extend(members);
    }
    signer.sign(&claims)
}

async fn send(protect: &Protect, request: http::request::Builder) -> Response<Body> {
    // The verifier of the state knows no key: what is read was read before.
    let blind = Verifier::new(rules(), || async {
        Err::<String, _>(std::io::Error::other("none"))
    });
    let greet = async |SignedIn(claims): SignedIn| claims.sub.to_string();
    let router: Router = Router::new()
        .route("/{*path}", get(greet).post(greet))
        .route("/", get(greet))
        .with_state(blind)
        .layer(protect.clone());
    router
        .oneshot(request.body(Body::empty()).unwrap())
        .await
        .unwrap()
}

async fn ask(protect: &Protect, token: &str) -> (u16, Value) {
    let request = Request::get("/reports").header("authorization", format!("Bearer {token}"));
    read(send(protect, request).await).await
}

async fn read(answer: Response<Body>) -> (u16, Value) {
    let status = answer.status().as_u16();
    let body = to_bytes(answer.into_body(), 100_000).await.unwrap();
    (status, serde_json::from_slice(&body).unwrap_or_default())
}

#[tokio::test]
async fn whoever_is_signed_in_is_let_through_and_known_behind() {
    let signer = Signer::es256("k1");
    let protect = Protect::new(verifier(&signer));
    let request = Request::get("/reports")
        .header("cookie", format!("__session={}", token(&signer, json!({}))));
    let answer = send(&protect, request).await;
    assert_eq!(answer.status(), 200);
    let body = to_bytes(answer.into_body(), 100).await.unwrap();
    assert_eq!(body, "user_00000000000000000000000000");
}

#[tokio::test]
async fn no_bad_token_is_let_through() {
    let signer = Signer::es256("k1");
    let protect = Protect::new(verifier(&signer));
    let now = jsonwebtoken::get_current_timestamp();
    let good = token(&signer, json!({}));
    let [_, body, _] = good.split('.').collect::<Vec<_>>()[..] else {
        panic!("{good}")
    };
    let none = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIiwia2lkIjoiazEifQ";
    for bad in [
        String::new(),
        format!("{none}.{body}."),
        token(&Signer::es256("k1"), json!({})),
        token(&signer, json!({ "azp": "https://evil.example" })),
        token(&signer, json!({ "azp": null })),
        token(&signer, json!({ "iss": "https://evil.example" })),
        token(&signer, json!({ "sts": "pending" })),
        token(&signer, json!({ "exp": now - 5 })),
        token(&signer, json!({ "nbf": now + 20 })),
    ] {
        let (status, answer) = ask(&protect, &bad).await;
        assert_eq!(status, 401, "{bad}");
        assert_eq!(answer["errors"][0]["code"], "authentication_invalid");
    }
    for fine in [
        json!({ "exp": now - 2 }),
        json!({ "nbf": now + 2, "iat": now + 2 }),
    ] {
        assert_eq!(
            ask(&protect, &token(&signer, fine)).await.0,
            200,
            "clocks differ"
        );
    }
}

#[tokio::test]
async fn what_somebody_may_not_is_refused_or_hidden() {
    let signer = Signer::es256("k1");
    let organization = |role: &str, permissions: &str| json!({ "o": { "id": "org_00000000000000000000000000", "slg": "lab", "rol": role, "per": permissions } });
    let admin = token(&signer, organization("admin", ""));
    let clerk = token(
        &signer,
        organization("member", "invoices:create,invoices:read"),
    );
    let personal = token(&signer, json!({ "o": null }));
    let paying = token(&signer, json!({ "o": null, "fea": "u:export,o:reports" }));
    let open = Protect::new(verifier(&signer));
    for (protect, let_in, left_out) in [
        (
            open.clone().role("org:admin"),
            vec![&admin],
            vec![&clerk, &personal],
        ),
        (
            open.clone().permission("org:invoices:create"),
            vec![&clerk],
            vec![&admin, &personal],
        ),
        (
            open.clone().permission("org:invoices"),
            vec![],
            vec![&clerk, &admin],
        ),
        (
            open.clone().feature("reports"),
            vec![&paying],
            vec![&admin, &personal],
        ),
        (
            open.clone().when(|claims| claims.organization.is_none()),
            vec![&personal],
            vec![&admin],
        ),
        // Whoever asks for two things gets both or nothing.
        (
            open.clone().role("member").permission("invoices:delete"),
            vec![],
            vec![&clerk],
        ),
    ] {
        for token in let_in {
            assert_eq!(ask(&protect, token).await.0, 200);
        }
        for token in left_out {
            let (status, answer) = ask(&protect, token).await;
            assert_eq!(status, 403);
            assert_eq!(answer["errors"][0]["code"], "authorization_invalid");
        }
    }
    let hidden = open.role("admin").hidden();
    let (status, refused) = ask(&hidden, &clerk).await;
    let (to_strangers, unknown) = ask(&hidden, "").await;
    assert_eq!((status, to_strangers), (404, 404));
    assert_eq!(refused, unknown, "nobody learns what is there");
    assert_eq!(ask(&hidden, &admin).await.0, 200);
}

#[tokio::test]
async fn a_proof_of_long_ago_is_asked_for_again_in_the_words_that_clients_know() {
    let signer = Signer::es256("k1");
    let protect = Protect::new(verifier(&signer)).reverified(Reverification::STRICT);
    assert_eq!(
        ask(&protect, &token(&signer, json!({ "fva": [3, 9] })))
            .await
            .0,
        200
    );
    for old in [json!({ "fva": [0, 10] }), json!({})] {
        let (status, answer) = ask(&protect, &token(&signer, old)).await;
        assert_eq!(status, 403);
        let error = &answer["errors"][0];
        assert_eq!(error["code"], "session_reverification_required");
        assert_eq!(error["meta"]["reverification"]["level"], "second_factor");
        assert_eq!(error["meta"]["reverification"]["after_minutes"], 10);
        assert_eq!(
            answer["clerk_error"],
            json!({ "type": "forbidden", "reason": "reverification-error",
                "metadata": { "reverification": { "level": "second_factor", "afterMinutes": 10 } } })
        );
    }
    // Who may not anyway is not asked to prove anything.
    let neither = protect.role("owner");
    let (_, answer) = ask(&neither, &token(&signer, json!({ "fva": [90, 90] }))).await;
    assert_eq!(answer["errors"][0]["code"], "authorization_invalid");
}

#[tokio::test]
async fn a_page_sends_to_sign_in_and_back_to_itself_alone() {
    let signer = Signer::es256("k1");
    let protect = Protect::new(verifier(&signer)).redirecting(SIGN_IN, APP);
    for (asked, back) in [
        ("/", "%2F"),
        ("/reports?year=2026&all", "%2Freports%3Fyear%3D2026%26all"),
        ("//evil.example/", "%2F%2Fevil.example%2F"),
        ("https://evil.example/page", "%2Fpage"),
        ("/%0d%0aset-cookie:a", "%2F%250d%250aset-cookie%3Aa"),
    ] {
        let request = Request::get(asked)
            .header("host", "evil.example")
            .header("x-forwarded-host", "evil.example");
        let answer = send(&protect, request).await;
        assert_eq!(answer.status(), 303, "{asked}");
        let location = answer.headers()["location"].to_str().unwrap();
        assert_eq!(
            location,
            format!("{SIGN_IN}?redirect_url=https%3A%2F%2Fapp.example.com{back}")
        );
        assert_eq!(answer.headers()["cache-control"], "no-store");
    }
    // What is sent cannot be come back to.
    assert_eq!(
        send(&protect, Request::post("/reports")).await.status(),
        401
    );
    // Who is signed in and may not would come back to the same.
    let (status, _) = ask(&protect.role("owner"), &token(&signer, json!({}))).await;
    assert_eq!(status, 403);
}

#[tokio::test]
async fn nobody_goes_round_in_circles() {
    let signer = Signer::es256("k1");
    let protect = Protect::new(verifier(&signer)).redirecting(SIGN_IN, APP);
    let mut cookie = String::new();
    let mut turns = 0;
    loop {
        let answer = send(&protect, Request::get("/").header("cookie", &cookie)).await;
        if answer.status() != 303 {
            assert_eq!(answer.status(), 401);
            break;
        }
        let line = answer.headers()["set-cookie"].to_str().unwrap();
        line.split(';').next().unwrap().clone_into(&mut cookie);
        turns += 1;
        assert!(turns < 10, "{line}");
    }
    assert_eq!(turns, 5);
}

#[tokio::test]
async fn while_the_server_is_away_known_keys_serve_and_without_any_it_is_nobodys_fault() {
    let signer = Signer::es256("k1");
    let (is_away, calls) = (
        Arc::new(AtomicBool::new(true)),
        Arc::new(AtomicUsize::new(0)),
    );
    let set = signer.jwks_json();
    let make = || {
        let (is_away, calls, set) = (Arc::clone(&is_away), Arc::clone(&calls), set.clone());
        let verifier = Verifier::new(rules(), move || {
            calls.fetch_add(1, Ordering::SeqCst);
            let answer = if is_away.load(Ordering::SeqCst) {
                Err(std::io::Error::other("away"))
            } else {
                Ok(set.clone())
            };
            async move { answer }
        });
        Protect::new(verifier).redirecting(SIGN_IN, APP).hidden()
    };
    let good = token(&signer, json!({}));
    let (status, answer) = ask(&make(), &good).await;
    assert_eq!(status, 503, "neither a stranger nor sent away");
    assert_eq!(answer["errors"][0]["code"], "service_unavailable");
    let protect = make();
    is_away.store(false, Ordering::SeqCst);
    assert_eq!(ask(&protect, &good).await.0, 200);
    is_away.store(true, Ordering::SeqCst);
    let before = calls.load(Ordering::SeqCst);
    for _ in 0..20 {
        assert_eq!(ask(&protect, &good).await.0, 200);
        // A key that nobody has asks for the set anew, but not each time.
        assert_ne!(
            ask(&protect, &token(&Signer::es256("k2"), json!({})))
                .await
                .0,
            200
        );
    }
    assert!(calls.load(Ordering::SeqCst) <= before + 1);
}
