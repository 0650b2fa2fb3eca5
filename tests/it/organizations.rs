//! Organizations: who makes, sees and changes them.

use frontdesk_protocol::{CreateOrganization, ErrorCode, Role, UpdateOrganization};

use crate::site::{at, fresh_email, on_sites, on_sites_with, refusal};

fn named(name: &str, slug: Option<&str>) -> CreateOrganization {
    CreateOrganization {
        name: Some(name.to_owned()),
        slug: slug.map(str::to_owned),
    }
}

/// A name nobody took, and the slug that it suggests.
fn fresh_name() -> (String, String) {
    let email = fresh_email();
    let word = email.split('@').next().unwrap();
    (format!("Lab {word}"), format!("lab-{word}"))
}

#[tokio::test]
async fn whoever_makes_an_organization_is_its_admin() {
    on_sites(async |site| {
        let browser = site.signed_up().await;
        let (name, slug) = fresh_name();
        let made = browser
            .desk
            .create_organization(&named(&name, None))
            .await
            .unwrap();
        assert_eq!(
            (made.name.as_str(), made.slug.as_str(), made.members_count),
            (name.as_str(), slug.as_str(), 1)
        );
        let memberships = browser.desk.memberships().await.unwrap();
        assert_eq!(
            (memberships.total_count, memberships.data[0].role),
            (1, Role::Admin)
        );
        let (status, members) = browser
            .get(&format!("/v1/organizations/{}/memberships", made.id))
            .await;
        assert_eq!(
            (status, members["response"]["total_count"].as_u64()),
            (200, Some(1))
        );
        let renamed = UpdateOrganization {
            name: Some("Ships".to_owned()),
            slug: None,
        };
        let renamed = browser
            .desk
            .update_organization(&made.id, &renamed)
            .await
            .unwrap();
        assert_eq!(
            (renamed.name.as_str(), renamed.slug.as_str()),
            ("Ships", slug.as_str())
        );
    })
    .await;
}

#[tokio::test]
async fn a_slug_belongs_to_one_and_a_derived_one_gives_way() {
    on_sites(async |site| {
        let browser = site.signed_up().await;
        let (name, slug) = fresh_name();
        browser
            .desk
            .create_organization(&named(&name, None))
            .await
            .unwrap();
        let taken = refusal(
            browser
                .desk
                .create_organization(&named("Other", Some(&slug)))
                .await,
        );
        assert_eq!(taken, at(ErrorCode::FormIdentifierExists, "slug"));
        let second = browser
            .desk
            .create_organization(&named(&name, None))
            .await
            .unwrap();
        assert!(second.slug.starts_with(&slug) && second.slug != slug);
        let beyond = browser
            .desk
            .create_organization(&named("研究所", None))
            .await
            .unwrap();
        assert!(!beyond.slug.is_empty());
        let bad = refusal(
            browser
                .desk
                .create_organization(&named("Bad", Some("Not A Slug")))
                .await,
        );
        assert_eq!(bad, at(ErrorCode::FormParamFormatInvalid, "slug"));
        let empty = refusal(browser.desk.create_organization(&named("  ", None)).await);
        assert_eq!(empty, at(ErrorCode::FormParamNil, "name"));
        let change = UpdateOrganization {
            name: None,
            slug: Some(slug),
        };
        let collides = refusal(browser.desk.update_organization(&second.id, &change).await);
        assert_eq!(collides, at(ErrorCode::FormIdentifierExists, "slug"));
    })
    .await;
}

#[tokio::test]
async fn to_strangers_an_organization_is_not_there() {
    on_sites(async |site| {
        let (owner, stranger) = (site.signed_up().await, site.signed_up().await);
        let made = owner
            .desk
            .create_organization(&named(&fresh_name().0, None))
            .await
            .unwrap();
        assert_eq!(
            refusal(stranger.desk.organization(&made.id).await).0,
            ErrorCode::ResourceNotFound
        );
        let change = UpdateOrganization {
            name: Some("Mine".to_owned()),
            slug: None,
        };
        let refused = refusal(stranger.desk.update_organization(&made.id, &change).await);
        assert_eq!(refused.0, ErrorCode::ResourceNotFound);
        let (status, _) = stranger
            .get(&format!("/v1/organizations/{}/memberships", made.id))
            .await;
        assert_eq!(status, 404);
        let nobody = site.browser();
        assert_eq!(
            refusal(nobody.desk.organization(&made.id).await).0,
            ErrorCode::AuthenticationInvalid
        );
    })
    .await;
}

#[tokio::test]
async fn there_are_no_more_than_the_settings_allow() {
    on_sites_with("organizations.max_created = 1\n", async |site| {
        let browser = site.signed_up().await;
        browser
            .desk
            .create_organization(&named(&fresh_name().0, None))
            .await
            .unwrap();
        let second = refusal(
            browser
                .desk
                .create_organization(&named(&fresh_name().0, None))
                .await,
        );
        assert_eq!(second.0, ErrorCode::OrganizationQuotaExceeded);
    })
    .await;
}
