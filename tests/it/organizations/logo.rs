//! The logo of an organization.

use frontdesk_protocol::MEMBER;
use image::ImageFormat;

use super::{Lab, Person, accept};
use crate::pictures::{file, look, picture, send};
use crate::site::on_sites;

#[tokio::test]
async fn it_is_changed_by_whoever_changes_the_organization_and_seen_by_all() {
    on_sites(async |site| {
        let lab = Lab::new(&site).await;
        let path = format!("{}/logo", lab.path);
        let (put, delete) = (
            format!("{path}?_method=PUT"),
            format!("{path}?_method=DELETE"),
        );
        let sent = file(&picture(20, 20), ImageFormat::Png);
        let (status, answer) = send(&lab.owner, &put, &sent).await;
        assert_eq!(status, 200, "{answer}");
        let url = answer["response"]["image_url"].as_str().unwrap();
        assert_eq!(answer["response"]["has_image"], true);
        assert_eq!(look(&site, url).await.0, 200);
        let person = Person::new(&site).await;
        let (_, invited) = lab.invite(&person.email, MEMBER).await;
        let invited = invited["response"]["id"].as_str().unwrap();
        let (_, mine) = person.browser.get("/v1/me/organization_invitations").await;
        let shown = &mine["response"]["data"][0]["public_organization_data"];
        assert_eq!(shown["image_url"], url);
        for refused in [&put, &delete] {
            assert_eq!(send(&person.browser, refused, &sent).await.0, 404);
        }
        accept(&person.browser, invited).await;
        for refused in [&put, &delete] {
            assert_eq!(send(&person.browser, refused, &sent).await.0, 403);
        }
        send(&person.browser, "/v1/me/profile_image", &sent).await;
        let members = lab.members(&lab.owner, "role=org:member").await;
        let theirs = &members["data"][0];
        assert_eq!(theirs["public_user_data"]["image_url"], url);
        assert_eq!(theirs["organization"]["image_url"], url);
        assert_eq!(lab.owner.post(&delete, "").await.0, 200);
        let (_, organization) = lab.owner.get(&lab.path).await;
        assert_eq!(organization["response"]["has_image"], false);
        assert_eq!(organization["response"]["image_url"], "");
    })
    .await;
}
