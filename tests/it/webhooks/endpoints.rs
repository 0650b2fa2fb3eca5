//! Where events are sent to: who may say so, and what they are signed with.

use serde_json::json;

use super::{Receiver, is_signed, path, somebody, webhook};
use crate::backend::{Backend, about, reason, text};
use crate::site::on_sites;

#[tokio::test]
async fn a_secret_is_told_once_and_the_one_before_signs_a_while_longer() {
    on_sites(async |site| {
        let (backend, receiver) = (Backend::new(&site).await, Receiver::new().await);
        let hook = webhook(&backend, &receiver, &["user.*"]).await;
        let old = text(&hook, "secret");
        for place in [path(&hook), "/webhooks".to_owned()] {
            let shown = backend.get(&place).await.to_string();
            assert!(
                shown.contains(&receiver.url) && !shown.contains("whsec_"),
                "{shown}"
            );
        }
        let rotate = format!("{}/rotate_secret", path(&hook));
        let rotated = backend.post(&rotate, json!({})).await;
        let new = text(&rotated, "secret");
        assert_ne!(old, new);
        assert_eq!(
            rotated["old_secret_until"],
            site.clock.now().plus_s(86_400).0
        );
        somebody(&site, &backend).await;
        site.send_events().await;
        let taken = receiver.taken();
        assert!(is_signed(&old, &taken[0], "webhook") && is_signed(&new, &taken[0], "webhook"));
        site.clock.advance_s(86_400);
        somebody(&site, &backend).await;
        site.send_events().await;
        let taken = receiver.taken();
        assert!(!is_signed(&old, &taken[0], "webhook") && is_signed(&new, &taken[0], "webhook"));
        let rotated = backend.post(&rotate, json!({ "overlap_hours": 0 })).await;
        assert_eq!(rotated["old_secret_until"], json!(null));
        somebody(&site, &backend).await;
        site.send_events().await;
        let taken = receiver.taken();
        assert!(!is_signed(&new, &taken[0], "webhook"));
        assert!(is_signed(&text(&rotated, "secret"), &taken[0], "webhook"));
        for hours in [-1, 169] {
            let refused = backend
                .refused("POST", &rotate, json!({ "overlap_hours": hours }))
                .await;
            assert_eq!(refused, about("form_param_value_invalid", "overlap_hours"));
        }
    })
    .await;
}

#[tokio::test]
async fn a_webhook_is_changed_and_deleted_with_what_was_to_be_sent() {
    on_sites(async |site| {
        let (backend, receiver) = (Backend::new(&site).await, Receiver::new().await);
        let other = Receiver::new().await;
        let hook = webhook(&backend, &receiver, &["user.*"]).await;
        let change = json!({ "url": other.url, "events": ["user.created", "session.*"], "description": "Mirror" });
        let (_, changed) = backend.send("PATCH", &path(&hook), Some(change)).await;
        assert_eq!(changed["url"], other.url);
        assert_eq!(changed["description"], "Mirror");
        assert_eq!(changed["events"], json!(["user.created", "session.*"]));
        let disable = Some(json!({ "disabled": true }));
        let (_, disabled) = backend.send("PATCH", &path(&hook), disable).await;
        assert_eq!(disabled["disabled"], true);
        somebody(&site, &backend).await;
        site.send_events().await;
        assert!(receiver.taken().is_empty() && other.taken().is_empty());
        assert_eq!(backend.send("DELETE", &path(&hook), None).await.0, 200);
        for (method, place) in [
            ("GET", String::new()),
            ("DELETE", String::new()),
            ("PATCH", String::new()),
            ("POST", "/test".to_owned()),
            ("POST", "/rotate_secret".to_owned()),
            ("GET", "/deliveries".to_owned()),
        ] {
            let place = format!("{}{place}", path(&hook));
            assert_eq!(backend.send(method, &place, None).await.0, 404, "{method} {place}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_key_has_nothing_sent_that_it_may_not_read() {
    on_sites(async |site| {
        let receiver = Receiver::new().await;
        let all = Backend::new(&site).await;
        let hook = webhook(&all, &receiver, &["*"]).await;
        let some =
            Backend::with(&site, &["webhooks:write", "webhooks:read", "sessions:read"]).await;
        for events in [
            json!(["*"]),
            json!(["user.created"]),
            json!(["session.*", "organization.*"]),
        ] {
            let new = json!({ "url": receiver.url, "events": events });
            let refused = some.refused("POST", "/webhooks", new).await;
            assert_eq!(refused, about("authorization_invalid", "events"));
        }
        // Nor elsewhere, nor under a secret of its own.
        let elsewhere = json!({ "url": "http://127.0.0.1:9/" });
        let refused = some.refused("PATCH", &path(&hook), elsewhere).await;
        assert_eq!(refused, about("authorization_invalid", "events"));
        let rotate = format!("{}/rotate_secret", path(&hook));
        let refused = some.refused("POST", &rotate, json!({})).await;
        assert_eq!(refused, about("authorization_invalid", "events"));
        let fine = webhook(&some, &receiver, &["session.*"]).await;
        let widen = json!({ "events": ["user.*"] });
        let refused = some.refused("PATCH", &path(&fine), widen).await;
        assert_eq!(refused, about("authorization_invalid", "events"));
        let reader = Backend::with(&site, &["webhooks:read"]).await;
        let (status, answer) = reader.send("DELETE", &path(&fine), None).await;
        assert_eq!(
            (status, reason(&answer).0.as_str()),
            (403, "authorization_invalid")
        );
        let stranger = Backend::with(&site, &["users:read"]).await;
        assert_eq!(stranger.send("GET", "/webhooks", None).await.0, 403);
    })
    .await;
}

#[tokio::test]
async fn what_is_no_address_or_no_event_is_refused_by_name() {
    on_sites(async |site| {
        let backend = Backend::new(&site).await;
        let long = format!("https://example.com/{}", "a".repeat(2048));
        for (url, code) in [
            ("", "form_param_value_invalid"),
            ("example.com", "form_param_value_invalid"),
            ("file:///etc/passwd", "form_param_value_invalid"),
            (
                "https://user:secret@example.com/",
                "form_param_value_invalid",
            ),
            ("https://example.com/#part", "form_param_value_invalid"),
            (long.as_str(), "form_param_max_length_exceeded"),
        ] {
            let new = json!({ "url": url, "events": ["*"] });
            let refused = backend.refused("POST", "/webhooks", new).await;
            assert_eq!(refused, about(code, "url"), "{url}");
        }
        for events in [
            json!([]),
            json!(["user"]),
            json!(["user.*", "nobody.*"]),
            json!(["user.create"]),
            json!([".*"]),
            json!([""]),
        ] {
            let new = json!({ "url": "https://example.com/", "events": events });
            let refused = backend.refused("POST", "/webhooks", new).await;
            assert_eq!(
                refused,
                about("form_param_value_invalid", "events"),
                "{events}"
            );
        }
        assert_eq!(backend.get("/webhooks").await, json!([]));
    })
    .await;
}
