//! What those learn of an organization who may not do something in it: nothing.

use frontdesk_protocol::MEMBER;

use super::{Lab, Person, accept, me};
use crate::site::{Browser, fresh_email, on_sites};

/// Every route below an organization, as a form is posted or a page is read; and whether members may.
fn routes(lab: &Lab, user: &str, invitation: &str) -> Vec<(&'static str, String, bool)> {
    let path = &lab.path;
    vec![
        ("GET", path.clone(), true),
        ("POST", format!("{path}?_method=PATCH"), false),
        ("POST", format!("{path}?_method=DELETE"), false),
        ("GET", format!("{path}/roles"), true),
        ("GET", format!("{path}/memberships"), true),
        (
            "POST",
            format!("{path}/memberships/{user}?_method=PATCH"),
            false,
        ),
        (
            "POST",
            format!("{path}/memberships/{user}?_method=DELETE"),
            false,
        ),
        ("GET", format!("{path}/invitations"), false),
        ("POST", format!("{path}/invitations"), false),
        ("POST", format!("{path}/invitations/bulk"), false),
        (
            "POST",
            format!("{path}/invitations/{invitation}/revoke"),
            false,
        ),
        ("POST", format!("{path}/logo?_method=PUT"), false),
        ("POST", format!("{path}/logo?_method=DELETE"), false),
    ]
}

async fn call(browser: &Browser, method: &str, path: &str) -> (u16, String) {
    let fields = [
        ("name", "Mine"),
        ("role", MEMBER),
        ("email_address", "eve@example.com"),
    ];
    let (status, answer) = if method == "GET" {
        browser.get(path).await
    } else {
        browser.submit(path, &fields).await
    };
    (status, answer["errors"].to_string())
}

#[tokio::test]
async fn to_strangers_and_to_nobody_there_is_nothing() {
    on_sites(async |site| {
        let lab = Lab::new(&site).await;
        let owner = me(&lab.owner).await;
        let invited = lab.invite(&fresh_email(), MEMBER).await.1;
        let invitation = invited["response"]["id"].as_str().unwrap();
        let (stranger, nobody) = (Person::new(&site).await, site.browser());
        let nowhere = Lab {
            path: format!("/v1/organizations/org_{}", "0".repeat(26)),
            ..Lab::new(&site).await
        };
        let there = routes(&lab, &owner, invitation);
        let missing = routes(&nowhere, &owner, invitation);
        for ((method, path, _), (_, other, _)) in there.iter().zip(&missing) {
            let refused = call(&stranger.browser, method, path).await;
            assert_eq!(refused.0, 404, "{path}");
            assert_eq!(
                refused,
                call(&stranger.browser, method, other).await,
                "{path}"
            );
            assert_eq!(call(&nobody, method, path).await.0, 401, "{path}");
        }
        assert_eq!(lab.members(&lab.owner, "").await["total_count"], 1);
    })
    .await;
}

#[tokio::test]
async fn members_do_only_what_their_role_allows() {
    on_sites(async |site| {
        let lab = Lab::new(&site).await;
        let owner = me(&lab.owner).await;
        let member = lab.member(MEMBER).await;
        let invited = lab.invite(&fresh_email(), MEMBER).await.1;
        let invitation = invited["response"]["id"].as_str().unwrap();
        for (method, path, is_allowed) in routes(&lab, &owner, invitation) {
            let (status, _) = call(&member.browser, method, &path).await;
            assert_eq!(status, if is_allowed { 200 } else { 403 }, "{path}");
        }
        let mine = routes(&lab, &member.id, invitation);
        let (_, promotion, _) = &mine[5];
        assert_eq!(call(&member.browser, "POST", promotion).await.0, 403);
        let found = lab.members(&lab.owner, "").await;
        assert_eq!(found["total_count"], 2);
        let (_, shown) = lab.owner.get(&lab.path).await;
        assert_eq!(shown["response"]["pending_invitations_count"], 1);
    })
    .await;
}

#[tokio::test]
async fn ids_of_another_organization_open_nothing() {
    on_sites(async |site| {
        let (lab, other) = (Lab::new(&site).await, Lab::new(&site).await);
        let member = other.member(MEMBER).await;
        let invited = other.invite(&fresh_email(), MEMBER).await.1;
        let invitation = invited["response"]["id"].as_str().unwrap();
        assert_eq!(lab.remove(&lab.owner, &member.id).await.0, 404);
        assert_eq!(lab.set_role(&lab.owner, &member.id, MEMBER).await.0, 404);
        let revoke = format!("{}/invitations/{invitation}/revoke", lab.path);
        assert_eq!(lab.owner.submit(&revoke, &[]).await.0, 404);
        let (_, listed) = lab.owner.get(&format!("{}/invitations", lab.path)).await;
        assert_eq!(listed["response"]["total_count"], 0);
        assert_eq!(accept(&lab.owner, invitation).await.0, 404);
        assert_eq!(other.members(&other.owner, "").await["total_count"], 2);
    })
    .await;
}
