//! Tickets: each works once, for what it was given for and for nobody else.

use frontdesk_client::Value;
use serde_json::json;

use crate::backend::{Backend, about, reason, text};
use crate::site::{Browser, PASSWORD, Site, fresh_email, on_sites, on_sites_with};

const TYPED: &str = "password=a+password+nobody+has";

async fn sign_in(browser: &Browser, ticket: &str) -> (u16, Value) {
    let form = format!("strategy=ticket&ticket={ticket}");
    browser.post("/v1/client/sign_ins", &form).await
}

async fn sign_up(browser: &Browser, ticket: &str, more: &str) -> (u16, Value) {
    let form = format!("strategy=ticket&ticket={ticket}&{more}");
    browser.post("/v1/client/sign_ups", &form).await
}

fn invalid() -> (String, Option<String>) {
    about("ticket_invalid", "ticket")
}

fn status(answer: &Value) -> &str {
    answer["response"]["status"].as_str().unwrap_or_default()
}

/// Somebody without a password, and a ticket to sign in with.
async fn ticket(backend: &Backend, more: Value) -> (Value, String) {
    let user = json!({ "email_address": [fresh_email()] });
    let user = backend.post("/users", user).await;
    let mut command = json!({ "user_id": user["id"] });
    for (name, value) in more.as_object().unwrap() {
        command[name] = value.clone();
    }
    let made = backend.post("/sign_in_tokens", command).await;
    assert!(text(&made, "url").contains("/sign-in?__clerk_ticket="));
    (made.clone(), text(&made, "token"))
}

/// An invitation that was not mailed, and its ticket.
async fn invite(backend: &Backend, email: &str) -> (Value, String) {
    let command = json!({
        "email_address": email, "notify": false, "public_metadata": { "seat": 7 },
        "redirect_url": "/join?from=mail#top",
    });
    let made = backend.post("/invitations", command).await;
    let url = text(&made, "url");
    assert!(
        url.starts_with("http://localhost:4000/join?from=mail&__clerk_ticket="),
        "{url}"
    );
    assert!(url.ends_with("&__clerk_status=sign_up#top"));
    let ticket = url.split("__clerk_ticket=").nth(1).unwrap();
    let ticket = ticket.split('&').next().unwrap().to_owned();
    (made, ticket)
}

#[tokio::test]
async fn a_ticket_signs_its_user_in_once() {
    on_sites(async |site| {
        let backend = Backend::new(&site).await;
        let (made, ticket) = ticket(&backend, json!({})).await;
        let browser = site.browser();
        let (_, done) = sign_in(&browser, &ticket).await;
        assert_eq!(status(&done), "complete", "{done}");
        let (_, me) = browser.get("/v1/me").await;
        assert_eq!(me["response"]["id"], made["user_id"]);
        let (code, again) = sign_in(&site.browser(), &ticket).await;
        assert_eq!((code, reason(&again)), (400, invalid()));
        let (_, empty) = sign_in(&site.browser(), "").await;
        assert_eq!(reason(&empty), invalid());
    })
    .await;
}

#[tokio::test]
async fn of_two_browsers_with_one_ticket_one_is_signed_in() {
    on_sites(async |site| {
        let backend = Backend::new(&site).await;
        for _ in 0..5 {
            let (_, ticket) = ticket(&backend, json!({})).await;
            let (a, b) = (site.browser(), site.browser());
            let (one, other) = tokio::join!(sign_in(&a, &ticket), sign_in(&b, &ticket));
            let done = [&one, &other]
                .into_iter()
                .filter(|it| status(&it.1) == "complete");
            assert_eq!(done.count(), 1);
            let lost = [one, other].into_iter().find(|it| it.0 != 200).unwrap();
            assert_eq!(reason(&lost.1), invalid());
        }
    })
    .await;
}

#[tokio::test]
async fn a_ticket_ends_by_time_by_the_app_and_with_the_account() {
    on_sites(async |site| {
        let backend = Backend::new(&site).await;
        let (_, late) = ticket(&backend, json!({ "expires_in_seconds": 60 })).await;
        let (revoked, back) = ticket(&backend, json!({})).await;
        let (banned, closed) = ticket(&backend, json!({})).await;
        let (deleted, gone) = ticket(&backend, json!({})).await;
        site.clock.advance_s(60);
        let path = format!("/sign_in_tokens/{}/revoke", text(&revoked, "id"));
        backend.post(&path, json!({})).await;
        assert_eq!(backend.send("POST", &path, None).await.0, 404);
        let path = format!("/users/{}/ban", text(&banned, "user_id"));
        backend.post(&path, json!({})).await;
        let path = format!("/users/{}", text(&deleted, "user_id"));
        backend.send("DELETE", &path, None).await;
        for ticket in [late, back, closed, gone] {
            let (_, refused) = sign_in(&site.browser(), &ticket).await;
            assert_eq!(reason(&refused), invalid());
        }
        let far = json!({ "user_id": banned["user_id"] });
        let (code, refused) = backend.send("POST", "/sign_in_tokens", Some(far)).await;
        assert_eq!((code, reason(&refused).0.as_str()), (403, "user_banned"));
    })
    .await;
}

#[tokio::test]
async fn a_ticket_serves_for_nothing_else() {
    on_sites(async |site| {
        let backend = Backend::new(&site).await;
        let (_, token) = ticket(&backend, json!({})).await;
        let (_, invited) = invite(&backend, &fresh_email()).await;
        let (_, refused) = sign_in(&site.browser(), &invited).await;
        assert_eq!(reason(&refused), invalid());
        let (_, refused) = sign_up(&site.browser(), &token, TYPED).await;
        assert_eq!(reason(&refused), invalid());
        let (_, done) = sign_in(&site.browser(), &token).await;
        assert_eq!(status(&done), "complete", "neither was spent");
    })
    .await;
}

#[tokio::test]
async fn a_second_factor_is_asked_for_unless_the_ticket_says_otherwise() {
    let toml = "phone_number.enabled = true\nsecond_factor.phone_code = true";
    on_sites_with(toml, async |site| {
        let backend = Backend::new(&site).await;
        let digits = u32::from_be_bytes(site.app.chance.bytes().unwrap()) % 900;
        let phone = format!("+1{}5550{:03}", 100 + digits, 100 + digits % 100);
        let user = json!({ "email_address": [fresh_email()], "phone_number": [phone] });
        let (code, user) = backend.send("POST", "/users", Some(user)).await;
        assert_eq!(code, 201, "{user}");
        let id = text(&user, "id");
        let token = async |alone: bool| {
            let command = json!({ "user_id": id, "skip_second_factor": alone });
            text(&backend.post("/sign_in_tokens", command).await, "token")
        };
        let browser = site.browser();
        let (_, done) = sign_in(&browser, &token(false).await).await;
        assert_eq!(status(&done), "complete");
        let number = text(&user["phone_numbers"][0], "id");
        let path = format!("/v1/me/phone_numbers/{number}?_method=PATCH");
        let (code, reserved) = browser.post(&path, "reserved_for_second_factor=true").await;
        assert_eq!(code, 200, "{reserved}");
        let other = site.browser();
        let once = token(false).await;
        let (_, asked) = sign_in(&other, &once).await;
        assert_eq!(status(&asked), "needs_second_factor");
        let (_, again) = sign_in(&site.browser(), &once).await;
        assert_eq!(reason(&again), invalid(), "it is spent where it was used");
        let (_, done) = sign_in(&site.browser(), &token(true).await).await;
        assert_eq!(status(&done), "complete");
        backend
            .send("DELETE", &format!("/users/{id}/mfa"), None)
            .await;
        let (_, done) = sign_in(&site.browser(), &token(false).await).await;
        assert_eq!(status(&done), "complete");
    })
    .await;
}

#[tokio::test]
async fn whoever_is_invited_signs_up_where_nobody_else_may() {
    let toml = "sign_up.mode = \"restricted\"\nrestrictions.allow_list = true";
    on_sites_with(toml, async |site| {
        let backend = Backend::new(&site).await;
        let email = fresh_email();
        let (made, ticket) = invite(&backend, &email).await;
        let browser = site.browser();
        let (_, begun) = sign_up(&browser, &ticket, "").await;
        let shown = &begun["response"];
        assert_eq!(shown["email_address"], email);
        assert_eq!(shown["unverified_fields"], json!([]));
        assert_eq!(shown["missing_fields"], json!(["password"]));
        let (_, begun) = sign_up(&browser, &ticket, "first_name=Ada").await;
        let path = format!(
            "/v1/client/sign_ups/{}?_method=PATCH",
            text(&begun["response"], "id")
        );
        let (_, other) = browser
            .post(&path, &format!("email_address=eve%40example.com&{TYPED}"))
            .await;
        assert_eq!(
            reason(&other),
            about("form_param_value_invalid", "email_address")
        );
        let (_, other) = sign_up(&browser, &ticket, "email_address=eve%40example.com").await;
        assert_eq!(
            reason(&other),
            about("form_param_value_invalid", "email_address")
        );
        let same = format!("email_address={}&{TYPED}", email.replace('@', "%40"));
        let (_, done) = browser.post(&path, &same).await;
        assert_eq!(status(&done), "complete", "{done}");
        let (_, me) = browser.get("/v1/me").await;
        let me = &me["response"];
        assert_eq!(me["public_metadata"], json!({ "seat": 7 }));
        assert_eq!(
            me["email_addresses"][0]["verification"]["status"],
            "verified"
        );
        assert_eq!(
            me["email_addresses"][0]["verification"]["strategy"],
            "ticket"
        );
        let (_, again) = sign_up(&site.browser(), &ticket, TYPED).await;
        assert_eq!(reason(&again), invalid());
        let found = backend.get("/invitations?status=accepted&limit=500").await;
        let ids = found["data"].as_array().unwrap().iter();
        assert!(ids.map(|it| &it["id"]).any(|id| *id == made["id"]));
        let revoke = format!("/invitations/{}/revoke", text(&made, "id"));
        assert_eq!(backend.send("POST", &revoke, None).await.0, 404);
    })
    .await;
}

#[tokio::test]
async fn an_invitation_makes_one_user() {
    on_sites(async |site| {
        let backend = Backend::new(&site).await;
        for _ in 0..5 {
            let (_, ticket) = invite(&backend, &fresh_email()).await;
            let (a, b) = (site.browser(), site.browser());
            let (one, other) =
                tokio::join!(sign_up(&a, &ticket, TYPED), sign_up(&b, &ticket, TYPED));
            let done = [&one, &other]
                .into_iter()
                .filter(|it| status(&it.1) == "complete");
            assert_eq!(done.count(), 1);
        }
    })
    .await;
}

#[tokio::test]
async fn an_invitation_ends_and_is_for_whoever_has_no_account() {
    on_sites(async |site| {
        let backend = Backend::new(&site).await;
        let email = fresh_email();
        let (made, taken_back) = invite(&backend, &email).await;
        let again = json!({ "email_address": email });
        assert_eq!(
            backend.refused("POST", "/invitations", again).await,
            about("form_identifier_exists", "email_address")
        );
        let path = format!("/invitations/{}/revoke", text(&made, "id"));
        assert_eq!(backend.post(&path, json!({})).await["status"], "revoked");
        let (_, refused) = sign_up(&site.browser(), &taken_back, TYPED).await;
        assert_eq!(reason(&refused), invalid());
        let (_, ticket) = invite(&backend, &email).await;
        site.browser().sign_up(&email).await;
        let (_, refused) = sign_up(&site.browser(), &ticket, TYPED).await;
        assert_eq!(reason(&refused), about("ticket_invalid", "email_address"));
        let member = json!({ "email_address": email });
        assert_eq!(
            backend.refused("POST", "/invitations", member).await,
            about("form_identifier_exists", "email_address")
        );
        let late = fresh_email();
        let (_, ticket) = invite(&backend, &late).await;
        site.clock.advance_s(31 * 86_400);
        let (_, refused) = sign_up(&site.browser(), &ticket, TYPED).await;
        assert_eq!(reason(&refused), invalid());
        invite(&backend, &late).await;
        for url in [
            "https://evil.example/",
            "javascript:alert(1)",
            "http://localhost:4000@evil.example/",
        ] {
            let command = json!({ "email_address": fresh_email(), "redirect_url": url });
            let refused = backend.refused("POST", "/invitations", command).await;
            assert_eq!(
                refused,
                about("form_param_value_invalid", "redirect_url"),
                "{url}"
            );
        }
    })
    .await;
}

/// The ticket in the newest mail to `email`.
async fn mailed(site: &Site, email: &str) -> String {
    let mails = site.mails(email).await;
    let link = mails[0]["link"].as_str().unwrap();
    let ticket = link.split("__clerk_ticket=").nth(1).unwrap();
    ticket.split('&').next().unwrap().to_owned()
}

#[tokio::test]
async fn the_waiting_list_tells_nothing_and_leads_in_by_invitation() {
    on_sites_with("sign_up.mode = \"waitlist\"", async |site| {
        let backend = Backend::new(&site).await;
        let email = fresh_email();
        let form = format!("email_address={}", email.replace('@', "%40"));
        let (code, first) = site.browser().post("/v1/waitlist", &form).await;
        assert_eq!(code, 200, "{first}");
        let (_, second) = site.browser().post("/v1/waitlist", &form).await;
        assert_eq!(first, second);
        assert!(site.mails(&email).await.is_empty());
        let (code, _) = site
            .browser()
            .post("/v1/client/sign_ups", &format!("{form}&{TYPED}"))
            .await;
        assert_eq!(code, 403);
        let id = text(&first["response"], "id");
        let invited = backend
            .post(&format!("/waitlist_entries/{id}/invite"), json!({}))
            .await;
        assert_eq!(invited["status"], "invited");
        let ticket = mailed(&site, &email).await;
        let browser = site.browser();
        let (_, done) = sign_up(&browser, &ticket, TYPED).await;
        assert_eq!(status(&done), "complete", "{done}");
        let entries = backend
            .get("/waitlist_entries?status=completed&limit=500")
            .await;
        let ids = entries["data"].as_array().unwrap().iter();
        assert!(ids.map(|it| &it["id"]).any(|it| *it == id));
        assert!(site.browser().sign_in(&email, PASSWORD).await.is_ok());
        let form = form.replace("email_address=", "email_address=x");
        let (_, other) = site.browser().post("/v1/waitlist", &form).await;
        let reject = format!(
            "/waitlist_entries/{}/reject",
            text(&other["response"], "id")
        );
        assert_eq!(backend.post(&reject, json!({})).await["status"], "rejected");
        assert_eq!(backend.send("POST", &reject, None).await.0, 404);
    })
    .await;
}

#[tokio::test]
async fn where_nobody_waits_there_is_no_waiting_list() {
    on_sites(async |site| {
        let (code, _) = site
            .browser()
            .post("/v1/waitlist", "email_address=a%40example.com")
            .await;
        assert_eq!(code, 404);
    })
    .await;
}
