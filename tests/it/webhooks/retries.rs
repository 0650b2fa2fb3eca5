//! What does not arrive is tried again, for days, and can be sent again at will.

use serde_json::json;
use sqlx::{Connection as _, Row as _};

use super::{Receiver, is_signed, path, somebody, webhook};
use crate::backend::{Backend, reason, text};
use crate::site::{NOW, Site, on_sites};

const DAY_S: i64 = 86_400;

#[tokio::test]
async fn what_is_not_taken_is_tried_again_under_the_same_id_and_every_try_is_kept() {
    on_sites(async |site| {
        let (backend, receiver) = (Backend::new(&site).await, Receiver::new().await);
        let hook = webhook(&backend, &receiver, &["user.*"]).await;
        receiver.answers(500, &"no\0".repeat(1000));
        let user = somebody(&site, &backend).await;
        site.send_events().await;
        site.send_events().await;
        let first = receiver.taken();
        assert_eq!(first.len(), 1, "not before its time");
        let failing = backend.get(&path(&hook)).await;
        assert_eq!(failing["failing_since"], NOW.plus_s(1).0);
        receiver.answers(302, "");
        site.clock.advance_s(6);
        site.send_events().await;
        assert_eq!(
            receiver.taken().len(),
            1,
            "a redirect is not followed, and no success"
        );
        receiver.answers(200, "thanks");
        site.clock.advance_s(5 * 60 - 1);
        site.send_events().await;
        assert!(
            receiver.taken().is_empty(),
            "five minutes later, not before"
        );
        site.clock.advance_s(40);
        site.send_events().await;
        let last = receiver.taken();
        assert_eq!(last[0].1, first[0].1, "the same to the letter");
        assert_eq!(last[0].0["webhook-id"], first[0].0["webhook-id"]);
        assert_ne!(
            last[0].0["webhook-timestamp"],
            first[0].0["webhook-timestamp"]
        );
        assert!(is_signed(&text(&hook, "secret"), &last[0], "webhook"));
        assert_eq!(
            backend.get(&path(&hook)).await["failing_since"],
            json!(null)
        );

        let all = backend.get(&format!("{}/deliveries", path(&hook))).await;
        assert_eq!(all["total_count"], 1);
        let event = text(&all["data"][0], "event_id");
        let one = format!("{}/deliveries/{event}", path(&hook));
        let shown = backend.get(&one).await;
        assert_eq!(shown["status"], "delivered");
        assert_eq!(shown["tries"], 3);
        assert_eq!(shown["next_attempt_at"], json!(null));
        let attempts = shown["attempts"].as_array().unwrap();
        let codes: Vec<_> = attempts
            .iter()
            .map(|it| it["status_code"].clone())
            .collect();
        assert_eq!(codes, [200, 302, 500]);
        assert_eq!(attempts[0]["answer"], "thanks");
        let kept = text(&attempts[2], "answer");
        assert!(kept.starts_with("nono") && kept.len() <= 1024, "{kept}");
        assert!(
            !shown.to_string().contains(&user),
            "the event itself is not shown"
        );
    })
    .await;
}

#[tokio::test]
async fn a_server_that_is_away_is_an_attempt_too_and_after_ten_there_are_no_more() {
    on_sites(async |site| {
        let (backend, mut receiver) = (Backend::new(&site).await, Receiver::new().await);
        // Nobody listens on the port of an address that was given back.
        receiver.url = "http://127.0.0.1:1/".to_owned();
        let hook = webhook(&backend, &receiver, &["user.*"]).await;
        somebody(&site, &backend).await;
        let began = site.clock.now();
        for _ in 0..10 {
            site.send_events().await;
            let all = backend.get(&format!("{}/deliveries", path(&hook))).await;
            let next = all["data"][0]["next_attempt_at"].as_i64();
            let Some(next) = next else { break };
            let now = site.clock.now().0;
            assert!(next > now);
            site.clock.advance_s((next - now) / 1000 + 1);
        }
        let took_s = (site.clock.now().0 - began.0) / 1000;
        assert!((3 * DAY_S..4 * DAY_S).contains(&took_s), "{took_s}");
        let failed = format!("{}/deliveries?status=failed", path(&hook));
        let all = backend.get(&failed).await;
        assert_eq!(all["data"][0]["tries"], 10);
        let one = format!(
            "{}/deliveries/{}",
            path(&hook),
            text(&all["data"][0], "event_id")
        );
        let shown = backend.get(&one).await;
        assert_eq!(shown["attempts"].as_array().unwrap().len(), 10);
        assert_eq!(shown["attempts"][0]["status_code"], json!(null));
        assert_eq!(backend.get(&path(&hook)).await["disabled"], false);

        // Two days later nothing has arrived for five: whatever happens next is the last that is tried.
        site.clock.advance_s(2 * DAY_S);
        somebody(&site, &backend).await;
        site.send_events().await;
        let shown = backend.get(&path(&hook)).await;
        assert_eq!(shown["disabled"], true);
        let audit = recorded(&site, "webhook.disabled", &text(&hook, "id")).await;
        assert_eq!(audit, 1);
    })
    .await;
}

/// How many lines the record has of this.
async fn recorded(site: &Site, action: &str, subject: &str) -> i64 {
    sqlx::any::install_default_drivers();
    let url = &site.app.config.options.database;
    let mut connection = sqlx::AnyConnection::connect(url).await.unwrap();
    let found = sqlx::query("SELECT COUNT(*) FROM audit WHERE action = $1 AND subject = $2")
        .bind(action)
        .bind(subject)
        .fetch_one(&mut connection)
        .await
        .unwrap();
    found.get(0)
}

#[tokio::test]
async fn a_webhook_that_says_it_is_gone_is_left_alone_until_it_is_enabled_and_replayed() {
    on_sites(async |site| {
        let (backend, receiver) = (Backend::new(&site).await, Receiver::new().await);
        let hook = webhook(&backend, &receiver, &["user.created"]).await;
        receiver.answers(410, "");
        let first = somebody(&site, &backend).await;
        site.send_events().await;
        assert_eq!(receiver.taken().len(), 1);
        assert_eq!(backend.get(&path(&hook)).await["disabled"], true);
        receiver.answers(204, "");
        let second = somebody(&site, &backend).await;
        site.clock.advance_s(DAY_S);
        site.send_events().await;
        assert!(receiver.taken().is_empty());
        let enable = Some(json!({ "disabled": false }));
        let (_, enabled) = backend.send("PATCH", &path(&hook), enable).await;
        assert_eq!(
            (&enabled["disabled"], &enabled["failing_since"]),
            (&json!(false), &json!(null))
        );
        site.send_events().await;
        assert!(receiver.taken().is_empty(), "only a replay brings it back");
        let replay = format!("{}/replay", path(&hook));
        let replayed = backend.post(&replay, json!({ "since": NOW.0 })).await;
        assert_eq!(replayed["replayed"], 2);
        site.send_events().await;
        let events = receiver.events();
        let mut ids: Vec<_> = events.iter().map(|it| text(&it["data"], "id")).collect();
        ids.sort();
        let mut expected = vec![first, second];
        expected.sort();
        assert_eq!(ids, expected);
        let late = backend
            .post(&replay, json!({ "since": site.clock.now().0 }))
            .await;
        assert_eq!(late["replayed"], 0);
    })
    .await;
}

#[tokio::test]
async fn one_event_is_sent_again_and_only_where_it_belongs() {
    on_sites(async |site| {
        let (backend, receiver) = (Backend::new(&site).await, Receiver::new().await);
        let other = Receiver::new().await;
        let hook = webhook(&backend, &receiver, &["user.*"]).await;
        let elsewhere = webhook(&backend, &other, &["session.*"]).await;
        somebody(&site, &backend).await;
        site.send_events().await;
        let (headers, _) = receiver.taken().remove(0);
        let event = headers["webhook-id"].to_str().unwrap();
        let replay = format!("{}/deliveries/{event}/replay", path(&hook));
        let again = backend.post(&replay, json!({})).await;
        assert_eq!(
            (&again["status"], &again["tries"]),
            (&json!("pending"), &json!(0))
        );
        site.send_events().await;
        let (headers, _) = receiver.taken().remove(0);
        assert_eq!(headers["webhook-id"], event);
        let one = format!("{}/deliveries/{event}", path(&elsewhere));
        for (method, path) in [("GET", one.clone()), ("POST", format!("{one}/replay"))] {
            let (status, answer) = backend.send(method, &path, None).await;
            assert_eq!(status, 404);
            assert_eq!(reason(&answer).0, "resource_not_found");
        }
        site.send_events().await;
        assert!(other.taken().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_test_goes_to_one_webhook_whatever_it_asked_for() {
    on_sites(async |site| {
        let (backend, receiver) = (Backend::new(&site).await, Receiver::new().await);
        let other = Receiver::new().await;
        let hook = webhook(&backend, &receiver, &["session.*"]).await;
        let elsewhere = webhook(&backend, &other, &["*"]).await;
        let sent = backend
            .post(&format!("{}/test", path(&hook)), json!({}))
            .await;
        assert_eq!(sent["event_type"], "webhook.test");
        site.send_events().await;
        assert_eq!(receiver.kinds(), ["webhook.test"]);
        let replay = format!("{}/replay", path(&elsewhere));
        let replayed = backend.post(&replay, json!({ "since": 0 })).await;
        assert_eq!(replayed["replayed"], 0);
        site.send_events().await;
        assert!(other.taken().is_empty());
        let shown = backend
            .get(&format!(
                "{}/deliveries/{}",
                path(&hook),
                text(&sent, "event_id")
            ))
            .await;
        assert_eq!(shown["status"], "delivered");
    })
    .await;
}

#[tokio::test]
async fn what_happened_is_forgotten_after_two_weeks() {
    on_sites(async |site| {
        let (backend, receiver) = (Backend::new(&site).await, Receiver::new().await);
        let hook = webhook(&backend, &receiver, &["user.*"]).await;
        somebody(&site, &backend).await;
        site.send_events().await;
        let deliveries = format!("{}/deliveries", path(&hook));
        site.clock.advance_s(13 * DAY_S);
        site.app.store.forget(site.clock.now()).await.unwrap();
        assert_eq!(backend.get(&deliveries).await["total_count"], 1);
        site.clock.advance_s(DAY_S);
        site.app.store.forget(site.clock.now()).await.unwrap();
        assert_eq!(backend.get(&deliveries).await["total_count"], 0);
    })
    .await;
}

#[tokio::test]
async fn a_webhook_is_deleted_while_it_is_sent_and_replayed_to() {
    on_sites(async |site| {
        let (backend, receiver) = (Backend::new(&site).await, Receiver::new().await);
        receiver.answers(500, "");
        for _ in 0..20 {
            let hook = webhook(&backend, &receiver, &["*"]).await;
            somebody(&site, &backend).await;
            somebody(&site, &backend).await;
            site.send_events().await;
            site.clock.advance_s(3600);
            let (own, replay) = (path(&hook), format!("{}/replay", path(&hook)));
            let since = Some(json!({ "since": NOW.0 }));
            let ((), replayed, deleted) = tokio::join!(
                site.send_events(),
                backend.send("POST", &replay, since),
                backend.send("DELETE", &own, None),
            );
            assert!([200, 404].contains(&replayed.0), "{replayed:?}");
            assert_eq!(deleted.0, 200, "{deleted:?}");
        }
    })
    .await;
}
