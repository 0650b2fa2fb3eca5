//! Deleting an account that an organization needs.

use frontdesk_protocol::{ADMIN, MEMBER};

use super::{Lab, code, me};
use crate::backend::Backend;
use crate::site::on_sites;

const LEAVE: &str = "/v1/me?_method=DELETE";

#[tokio::test]
async fn whoever_alone_runs_an_organization_stays_and_is_told_which() {
    on_sites(async |site| {
        let lab = Lab::new(&site).await;
        let member = lab.member(MEMBER).await;
        let (_, shown) = lab.owner.get(&lab.path).await;
        let name = &shown["response"]["name"];
        let owner = me(&lab.owner).await;
        let backend = Backend::new(&site).await;
        let path = format!("/users/{owner}");
        let refusals = [
            lab.owner.post(LEAVE, "").await,
            backend.send("DELETE", &path, None).await,
        ];
        for (status, answer) in refusals {
            let wanted = (403, "organization_minimum_permissions_needed");
            assert_eq!((status, code(&answer)), wanted, "{answer}");
            let names = &answer["errors"][0]["meta"]["organizations"];
            assert_eq!(names.as_array().unwrap(), std::slice::from_ref(name));
        }
        let host = lab.invite("guest@example.com", MEMBER).await;
        assert_eq!(host.0, 200, "{}", host.1);
        lab.set_role(&lab.owner, &member.id, ADMIN).await;
        assert_eq!(lab.owner.post(LEAVE, "").await.0, 200);
        let members = lab.members(&member.browser, "").await;
        assert_eq!(members["total_count"], 1);
        // What the deleted one invited to is the organization's.
        let open = format!("{}/invitations?status=pending", lab.path);
        let (_, open) = member.browser.get(&open).await;
        assert_eq!(open["response"]["total_count"], 1);
    })
    .await;
}
