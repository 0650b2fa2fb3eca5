//! Every route of organizations, and what their members may do.

use frontdesk_protocol::{
    AttemptAffiliation, CreateOrganization, CreateOrganizationDomain, CreateOrganizationInvitation,
    InvitationId, MembershipRequestId, OrganizationDomainId, OrganizationId, PrepareAffiliation,
    SuggestionId, UpdateEnrollmentMode, UpdateMembership, UpdateOrganization, UserId,
};
use serde_json::json;

use super::world::{World, client, id, in_organization, session};
use crate::Asked;

/// Calls a route, whose answer is a refusal, and compares what was sent below the organization.
macro_rules! sends {
    ($world:ident, $call:expr, $sent:literal) => {
        assert!($call.await.is_err());
        let [sent] = &$world.sent()[..] else {
            panic!("one request is sent");
        };
        let short = sent.replace(&"1".repeat(26), "1");
        assert_eq!(short, $sent);
    };
}

const ID: [u8; 26] = [1; 26];

#[tokio::test]
async fn organizations_go_where_they_should() {
    let (world, desk) = World::start();
    let id = OrganizationId::from_random(ID);
    sends!(
        world,
        desk.create_organization(&CreateOrganization::default()),
        "POST /v1/organizations"
    );
    sends!(world, desk.organization(&id), "GET /v1/organizations/org_1");
    sends!(
        world,
        desk.update_organization(&id, &UpdateOrganization::default()),
        "POST /v1/organizations/org_1?_method=PATCH"
    );
    sends!(
        world,
        desk.delete_organization(&id),
        "POST /v1/organizations/org_1?_method=DELETE"
    );
    sends!(world, desk.roles(&id), "GET /v1/organizations/org_1/roles");
}

#[tokio::test]
async fn members_go_where_they_should() {
    let (world, desk) = World::start();
    let (id, user) = (OrganizationId::from_random(ID), UserId::from_random(ID));
    let asked = Asked {
        limit: 10,
        offset: 120,
        query: "ada & co".to_owned(),
        status: "",
        order_by: "-name".to_owned(),
    };
    sends!(
        world,
        desk.members(&id, &asked),
        "GET /v1/organizations/org_1/memberships?limit=10&offset=120&query=ada+%26+co&order_by=-name"
    );
    let command = UpdateMembership {
        role: Some("org:admin".to_owned()),
    };
    sends!(
        world,
        desk.update_member(&id, &user, &command),
        "POST /v1/organizations/org_1/memberships/user_1?_method=PATCH role=org%3Aadmin"
    );
    sends!(
        world,
        desk.remove_member(&id, &user),
        "POST /v1/organizations/org_1/memberships/user_1?_method=DELETE"
    );
}

#[tokio::test]
async fn invitations_go_where_they_should() {
    let (world, desk) = World::start();
    let (id, invitation) = (
        OrganizationId::from_random(ID),
        InvitationId::from_random(ID),
    );
    let asked = Asked {
        limit: 10,
        status: "pending",
        ..Asked::default()
    };
    sends!(
        world,
        desk.invitations(&id, &asked),
        "GET /v1/organizations/org_1/invitations?limit=10&offset=0&status=pending"
    );
    let command = CreateOrganizationInvitation {
        email_address: Some("ada@example.com".to_owned()),
        role: None,
    };
    sends!(
        world,
        desk.invite(&id, &command),
        "POST /v1/organizations/org_1/invitations email_address=ada%40example.com"
    );
    let both = ["a@b.example".to_owned(), "c@d.example".to_owned()];
    sends!(
        world,
        desk.invite_several(&id, &both, "org:member"),
        "POST /v1/organizations/org_1/invitations/bulk role=org%3Amember&email_address=a%40b.example&email_address=c%40d.example"
    );
    sends!(
        world,
        desk.revoke_invitation(&id, &invitation),
        "POST /v1/organizations/org_1/invitations/inv_1/revoke"
    );
}

#[tokio::test]
async fn ones_own_organizations_go_where_they_should() {
    let (world, desk) = World::start();
    sends!(
        world,
        desk.memberships(),
        "GET /v1/me/organization_memberships"
    );
    let id = OrganizationId::from_random(ID);
    sends!(
        world,
        desk.leave_organization(&id),
        "POST /v1/me/organization_memberships/org_1?_method=DELETE"
    );
    let asked = Asked {
        limit: 5,
        ..Asked::default()
    };
    sends!(
        world,
        desk.my_invitations(&asked),
        "GET /v1/me/organization_invitations?limit=5&offset=0"
    );
    sends!(
        world,
        desk.accept_invitation(&InvitationId::from_random(ID)),
        "POST /v1/me/organization_invitations/inv_1/accept"
    );
    sends!(
        world,
        desk.my_suggestions(&asked),
        "GET /v1/me/organization_suggestions?limit=5&offset=0"
    );
    sends!(
        world,
        desk.accept_suggestion(&SuggestionId::from_random(ID)),
        "POST /v1/me/organization_suggestions/orgsug_1/accept"
    );
}

#[tokio::test]
async fn domains_and_requests_go_where_they_should() {
    let (world, desk) = World::start();
    let id = OrganizationId::from_random(ID);
    let domain = OrganizationDomainId::from_random(ID);
    let asked = Asked {
        limit: 10,
        ..Asked::default()
    };
    sends!(
        world,
        desk.domains(&id, &asked),
        "GET /v1/organizations/org_1/domains?limit=10&offset=0"
    );
    let command = CreateOrganizationDomain {
        name: Some("example.com".to_owned()),
    };
    sends!(
        world,
        desk.create_domain(&id, &command),
        "POST /v1/organizations/org_1/domains name=example.com"
    );
    sends!(
        world,
        desk.remove_domain(&id, &domain),
        "POST /v1/organizations/org_1/domains/orgdmn_1?_method=DELETE"
    );
    let command = UpdateEnrollmentMode {
        enrollment_mode: Some("automatic_suggestion".to_owned()),
        delete_pending: None,
    };
    sends!(
        world,
        desk.update_enrollment_mode(&id, &domain, &command),
        "POST /v1/organizations/org_1/domains/orgdmn_1/update_enrollment_mode enrollment_mode=automatic_suggestion"
    );
    sends!(
        world,
        desk.prepare_domain(&id, &domain, &PrepareAffiliation::default()),
        "POST /v1/organizations/org_1/domains/orgdmn_1/prepare_affiliation_verification"
    );
    sends!(
        world,
        desk.attempt_domain(&id, &domain, &AttemptAffiliation::default()),
        "POST /v1/organizations/org_1/domains/orgdmn_1/attempt_affiliation_verification"
    );
    sends!(
        world,
        desk.prepare_ownership(&id, &domain),
        "POST /v1/organizations/org_1/domains/orgdmn_1/prepare_ownership_verification"
    );
    sends!(
        world,
        desk.attempt_ownership(&id, &domain),
        "POST /v1/organizations/org_1/domains/orgdmn_1/attempt_ownership_verification"
    );
    sends!(
        world,
        desk.membership_requests(&id, &asked),
        "GET /v1/organizations/org_1/membership_requests?limit=10&offset=0"
    );
    let request = MembershipRequestId::from_random(ID);
    sends!(
        world,
        desk.answer_request(&id, &request, true),
        "POST /v1/organizations/org_1/membership_requests/orgmemreq_1/accept"
    );
    sends!(
        world,
        desk.answer_request(&id, &request, false),
        "POST /v1/organizations/org_1/membership_requests/orgmemreq_1/reject"
    );
}

#[tokio::test]
async fn somebody_has_what_their_role_allows_where_they_are() {
    let mut here = in_organization(session('1'), '1');
    here["user"]["organization_memberships"] = json!([
        membership('1', "org:member", &["org:invoices:read"]),
        membership('2', "org:admin", &["org:invoices:create"]),
    ]);
    let (_world, desk) = World::with_client(client(&[here])).await;
    for (role, permission, expected) in [
        (None, None, true),
        (Some("org:member"), None, true),
        (Some("member"), Some("invoices:read"), true),
        (None, Some("org:invoices:read"), true),
        // What they are elsewhere is nothing here, and all of it must hold.
        (Some("org:admin"), None, false),
        (None, Some("org:invoices:create"), false),
        (Some("org:member"), Some("org:invoices:create"), false),
        (Some(""), None, false),
    ] {
        assert_eq!(
            desk.has(role, permission),
            expected,
            "{role:?} {permission:?}"
        );
    }
}

#[tokio::test]
async fn nobody_has_anything_outside_of_an_organization() {
    let (_world, desk) = World::start();
    assert!(!desk.has(None, None));
    let (_world, desk) = World::with_client(client(&[session('1')])).await;
    assert!(desk.has(None, None));
    assert!(!desk.has(Some("org:member"), None));
}

fn membership(digit: char, role: &str, permissions: &[&str]) -> serde_json::Value {
    json!({
        "id": id("orgmem", digit),
        "organization": {
            "id": id("org", digit),
            "name": "A name",
            "slug": "a-slug",
            "image_url": "",
            "has_image": false,
            "members_count": 1,
            "public_metadata": {},
            "pending_invitations_count": 0,
            "max_allowed_memberships": 0,
            "admin_delete_enabled": true,
            "created_at": 0,
            "updated_at": 0,
        },
        "role": role,
        "role_name": role,
        "permissions": permissions,
        "public_user_data": {
            "user_id": id("user", '1'),
            "image_url": "",
            "has_image": false,
            "identifier": "ada@example.com",
        },
        "public_metadata": {},
        "created_at": 0,
        "updated_at": 0,
    })
}
