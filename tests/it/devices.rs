//! Where a user is signed in, and how they sign out elsewhere.

use frontdesk_client::Value;
use serde_json::json;

use crate::site::{PASSWORD, fresh_email, on_sites};

/// The list comes without an envelope, as the published client reads it.
fn ids(answer: &Value) -> Vec<String> {
    let sessions = answer.as_array().unwrap().iter();
    sessions
        .map(|session| session["id"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn a_user_sees_their_sessions_and_ends_one() {
    on_sites(async |site| {
        let email = fresh_email();
        let first = site.browser();
        first.sign_up(&email).await;
        let second = site.browser();
        second.sign_in(&email, PASSWORD).await.unwrap();
        let (_, seen) = first.get("/v1/me/sessions/active").await;
        assert_eq!(ids(&seen).len(), 2);
        let activity = &seen[0]["latest_activity"];
        assert_eq!(activity["ip_address"], "127.0.0.1");
        assert_eq!(
            (&activity["city"], &activity["is_mobile"]),
            (&json!(null), &json!(false))
        );
        let (_, here) = second.get("/v1/client").await;
        let other = here["response"]["last_active_session_id"].as_str().unwrap();
        let path = format!("/v1/me/sessions/{other}/revoke");
        let (status, ended) = first.post(&path, "").await;
        assert_eq!(
            (status, &ended["response"]["status"]),
            (200, &json!("revoked"))
        );
        assert_eq!(second.get("/v1/me").await.0, 401);
        assert_eq!(first.get("/v1/me").await.0, 200);
        assert_eq!(first.post(&path, "").await.0, 404, "it has ended");
    })
    .await;
}

#[tokio::test]
async fn nobody_sees_or_ends_the_sessions_of_others() {
    on_sites(async |site| {
        let (ada, eve) = (site.signed_up().await, site.signed_up().await);
        let (_, hers) = ada.get("/v1/me/sessions/active").await;
        let (_, seen) = eve.get("/v1/me/sessions/active").await;
        let id = ids(&hers).remove(0);
        assert!(!ids(&seen).contains(&id));
        let (status, _) = eve.post(&format!("/v1/me/sessions/{id}/revoke"), "").await;
        assert_eq!(status, 404);
        assert_eq!(ada.get("/v1/me").await.0, 200);
        assert_eq!(site.browser().get("/v1/me/sessions/active").await.0, 401);
    })
    .await;
}
