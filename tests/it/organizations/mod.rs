//! Organizations: who makes, sees and changes them.

mod above;
mod admin;
mod apps_server;
mod domain_letters;
mod domains;
mod invitations;
mod large;
mod leaving;
mod logo;
mod members;
mod races;
mod strangers;

use frontdesk_client::Value;
use frontdesk_protocol::{ADMIN, CreateOrganization, ErrorCode, UpdateOrganization};

use crate::site::{Browser, Site, at, fresh_email, on_sites, on_sites_with, refusal};

/// An organization and the one who made it.
struct Lab {
    site: Site,
    owner: Browser,
    id: String,
    path: String,
}

/// Somebody with an account: their browser, their address and their id.
struct Person {
    browser: Browser,
    email: String,
    id: String,
}

impl Person {
    async fn new(site: &Site) -> Self {
        let (browser, email) = (site.browser(), fresh_email());
        browser.sign_up(&email).await;
        let id = me(&browser).await;
        Self { browser, email, id }
    }
}

impl Lab {
    async fn new(site: &Site) -> Self {
        let owner = site.signed_up().await;
        let made = owner
            .desk
            .create_organization(&named(&fresh_name().0, None))
            .await
            .unwrap();
        Self {
            site: site.clone(),
            owner,
            id: made.id.to_string(),
            path: format!("/v1/organizations/{}", made.id),
        }
    }

    /// Invites an address; the status and the answer.
    async fn invite(&self, email: &str, role: &str) -> (u16, Value) {
        let fields = [("email_address", email), ("role", role)];
        let path = format!("{}/invitations", self.path);
        self.owner.submit(&path, &fields).await
    }

    /// Somebody new, who has joined.
    async fn member(&self, role: &str) -> Person {
        let person = Person::new(&self.site).await;
        let (status, invited) = self.invite(&person.email, role).await;
        assert_eq!(status, 200, "{invited}");
        let id = invited["response"]["id"].as_str().unwrap();
        let (status, joined) = accept(&person.browser, id).await;
        assert_eq!(status, 200, "{joined}");
        person
    }

    /// Gives somebody another role.
    async fn set_role(&self, by: &Browser, user: &str, role: &str) -> (u16, Value) {
        let path = format!("{}/memberships/{user}?_method=PATCH", self.path);
        by.submit(&path, &[("role", role)]).await
    }

    /// Takes somebody out.
    async fn remove(&self, by: &Browser, user: &str) -> (u16, Value) {
        let path = format!("{}/memberships/{user}?_method=DELETE", self.path);
        by.submit(&path, &[]).await
    }

    /// What `by` sees of the members with this in the query.
    async fn members(&self, by: &Browser, query: &str) -> Value {
        let (status, found) = by.get(&format!("{}/memberships?{query}", self.path)).await;
        assert_eq!(status, 200, "{found}");
        found["response"].clone()
    }

    /// How many members have the role.
    async fn count(&self, by: &Browser, role: &str) -> u64 {
        let found = self.members(by, &format!("role={role}")).await;
        found["total_count"].as_u64().unwrap()
    }
}

/// Accepts an invitation as somebody signed in.
async fn accept(browser: &Browser, id: &str) -> (u16, Value) {
    let path = format!("/v1/me/organization_invitations/{id}/accept");
    browser.submit(&path, &[]).await
}

/// The id of who is signed in.
async fn me(browser: &Browser) -> String {
    let (_, me) = browser.get("/v1/me").await;
    me["response"]["id"].as_str().unwrap().to_owned()
}

/// The code of a refusal.
fn code(answer: &Value) -> &str {
    answer["errors"][0]["code"].as_str().unwrap_or_default()
}

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
            (memberships.total_count, memberships.data[0].role.as_str()),
            (1, ADMIN)
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
