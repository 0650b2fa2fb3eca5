//! The organization's profile as it is drawn, read as text.

use frontdesk_client::Failure;
use frontdesk_protocol::json::Read as _;
use frontdesk_protocol::{ApiError, ErrorCode, ErrorMeta, List, OrganizationId, Role};
use leptos::prelude::*;
use serde_json::{Value, json};

use super::domains::Domains;
use super::here::Here;
use super::invitations::Invitations;
use super::invite::{Invite, mistake, split, together};
use super::listing::Listing;
use super::members::Members;
use super::pages::Page;
use super::proof::Proof;
use super::requests::Requests;
use crate::kit::{Form, Problem, Root, State};
use crate::scene::{ada, ada_after, id};
use crate::tests::{NOW_MS, World};
use crate::{OrganizationCards, OrganizationProfile};

const ALL: [&str; 6] = [
    "org:sys_profile:manage",
    "org:sys_profile:delete",
    "org:sys_memberships:read",
    "org:sys_memberships:manage",
    "org:sys_domains:read",
    "org:sys_domains:manage",
];

/// Ada in Analytical Engines, where her role allows this.
fn who_may(permissions: &[&str]) -> World {
    ada_after(|session| {
        session["last_active_organization_id"] = json!(id("org", '1'));
        session["user"]["organization_memberships"][0]["permissions"] = json!(permissions);
    })
}

fn draw() -> AnyView {
    view! { <OrganizationProfile sign_in_url="/in" /> }.into_any()
}

/// A page by itself.
fn drawn(world: World, locale: &str, page: impl FnOnce(Here) -> AnyView) -> String {
    world.draw(locale, || {
        let root = Root::new("organization-profile");
        let organization = OrganizationId::parse(&id("org", '1')).expect("an id");
        page(Here::new(
            root,
            organization,
            OrganizationCards::HERE.domains,
            None,
        ))
    })
}

fn role(key: &str, permissions: &[&str]) -> Role {
    let permission = |key: &&str| json!({ "id": id("perm", '1'), "key": key, "name": key, "description": "", "created_at": 0, "updated_at": 0 });
    let permissions: Vec<Value> = permissions.iter().map(permission).collect();
    let role = json!({ "id": id("role", '1'), "key": key, "name": key, "description": "", "permissions": permissions });
    Role::read(&role).expect("a role")
}

fn roles() -> Vec<Role> {
    vec![role("org:admin", &ALL), role("org:member", &ALL[2..3])]
}

fn list<T: frontdesk_protocol::json::Read>(items: &Value) -> Option<List<T>> {
    let count = items.as_array().map(Vec::len);
    List::read(&json!({ "data": items, "total_count": count }))
}

fn member(user: &str, name: &str, role: &str) -> Value {
    json!({
        "role": role,
        "role_name": role,
        "created_at": NOW_MS,
        "public_user_data": {
            "user_id": user,
            "first_name": name,
            "last_name": "",
            "image_url": "",
            "has_image": false,
            "identifier": format!("{}@example.com", name.to_lowercase()),
        },
    })
}

fn members(here: Here) -> AnyView {
    let members = Members {
        here,
        form: Form::new(),
        listing: Listing::new(here, "", |_, _, _| {
            Box::pin(async { Err(Failure::Offline) })
        }),
    };
    here.roles.set(roles());
    members.listing.known.set(list(&json!([
        member(&crate::tests::id("user"), "Ada", "org:admin"),
        member(&id("user", '2'), "Grace", "org:member"),
    ])));
    members.draw().into()
}

fn invitations(here: Here) -> AnyView {
    let invitations = Invitations {
        here,
        form: Form::new(),
        invite: Invite::new(here.root, here.id, here.roles),
        listing: Listing::new(here, "pending", |_, _, _| {
            Box::pin(async { Err(Failure::Offline) })
        }),
    };
    here.roles.set(roles());
    invitations.listing.known.set(list(&json!([{
        "id": id("inv", '1'),
        "email_address": "grace@example.com",
        "organization_id": id("org", '1'),
        "role": "org:member",
        "role_name": "Member",
        "status": "pending",
        "expires_at": NOW_MS,
        "public_metadata": {},
        "created_at": NOW_MS,
        "updated_at": NOW_MS,
    }])));
    invitations.draw().into()
}

#[test]
fn whoever_may_all_has_every_page_and_every_way_out() {
    let html = who_may(&ALL).draw("en", draw);
    for expected in [
        r#"class="fd-root fd-organization-profile""#,
        "Analytical Engines",
        r#"role="tablist""#,
        r#"data-tab="general""#,
        r#"data-tab="members""#,
        r#"data-tab="invitations""#,
        r#"data-tab="roles""#,
        r#"role="tabpanel""#,
        r#"name="name""#,
        r#"name="slug""#,
        r#"data-section="leave""#,
        r#"data-section="delete""#,
    ] {
        assert!(html.contains(expected), "{expected} in {html}");
    }
    assert_eq!(html.matches(r#"aria-selected="true""#).count(), 1);
}

#[test]
fn what_the_role_does_not_allow_is_not_drawn() {
    let html = who_may(&[]).draw("en", draw);
    for refused in [
        r#"data-tab="members""#,
        r#"data-tab="invitations""#,
        r#"name="slug""#,
        r#"data-section="delete""#,
    ] {
        assert!(!html.contains(refused), "{refused} in {html}");
    }
    assert!(html.contains("a-slug"), "{html}");
    assert!(html.contains(r#"data-section="leave""#), "{html}");
    let reader = who_may(&ALL[2..3]).draw("en", draw);
    assert!(reader.contains(r#"data-tab="members""#), "{reader}");
    assert!(!reader.contains(r#"data-tab="invitations""#), "{reader}");
}

#[test]
fn nobody_deletes_where_the_settings_let_nobody() {
    let world = ada_after(|session| {
        session["last_active_organization_id"] = json!(id("org", '1'));
        let membership = &mut session["user"]["organization_memberships"][0];
        membership["permissions"] = json!(ALL);
        membership["organization"]["admin_delete_enabled"] = json!(false);
    });
    let html = world.draw("en", draw);
    assert!(!html.contains(r#"data-section="delete""#), "{html}");
}

#[test]
fn the_personal_account_has_no_organization() {
    let html = ada().draw("en", draw);
    assert!(html.contains("You are in no organization"), "{html}");
    assert!(!html.contains("data-tab"), "{html}");
}

#[test]
fn strangers_are_led_to_the_sign_in() {
    let html = World::new().draw("en", draw);
    assert!(html.contains("Sign in to see your organization."), "{html}");
    assert!(html.contains(r#"href="/in""#), "{html}");
}

#[test]
fn its_place_is_kept_while_nothing_is_known() {
    let html = who_may(&ALL).draw_unloaded("en", draw);
    assert!(html.contains(r#"part="skeleton""#), "{html}");
}

#[test]
fn members_can_be_changed_and_removed_but_not_oneself() {
    let html = drawn(who_may(&ALL), "en", members);
    for expected in [
        r#"role="table""#,
        r#"type="search""#,
        "Grace",
        "grace@example.com",
        r#"data-kind="you""#,
        "2023-11-14",
    ] {
        assert!(html.contains(expected), "{expected} in {html}");
    }
    assert_eq!(html.matches(r#"name="role""#).count(), 1, "{html}");
    assert_eq!(html.matches(r#"data-action="remove""#).count(), 1, "{html}");
    assert!(html.contains("Role of \u{2068}Grace\u{2069}"), "{html}");
    let selected = html.find("selected").expect("a role is chosen");
    assert!(
        html[..selected].ends_with(r#"value="org:member" "#),
        "{html}"
    );
}

#[test]
fn members_are_only_shown_to_those_who_may_do_no_more() {
    let html = drawn(who_may(&ALL[2..3]), "en", members);
    assert!(html.contains("Grace"), "{html}");
    assert!(!html.contains(r#"name="role""#), "{html}");
    assert!(!html.contains(r#"data-action="remove""#), "{html}");
}

#[test]
fn nobody_gives_more_than_they_have() {
    let html = drawn(who_may(&ALL[2..4]), "en", members);
    assert!(html.contains(r#"value="org:member""#), "{html}");
    assert!(!html.contains(r#"value="org:admin""#), "{html}");
}

#[test]
fn invitations_are_made_and_shown() {
    let html = drawn(who_may(&ALL), "en", invitations);
    for expected in [
        "<textarea",
        r#"name="role""#,
        "Send invitations",
        "grace@example.com",
        "Send again to \u{2068}grace@example.com\u{2069}",
        "Take back the invitation of \u{2068}grace@example.com\u{2069}",
    ] {
        assert!(html.contains(expected), "{expected} in {html}");
    }
}

#[test]
fn roles_say_what_they_allow() {
    let html = drawn(who_may(&ALL), "en", |here| {
        let mut known = roles();
        known.push(role("org:clerk", &["org:invoices:create"]));
        here.roles.set(known);
        Page::Roles.draw(here)
    });
    for expected in [
        "Invite, change and remove members",
        "org:invoices:create",
        "Your role",
    ] {
        assert!(html.contains(expected), "{expected} in {html}");
    }
}

fn requests(here: Here) -> AnyView {
    let listing = Listing::new(here, "pending", |_, _, _| {
        Box::pin(async { Err(Failure::Offline) })
    });
    listing.known.set(list(&json!([{
        "id": id("orgmemreq", '1'),
        "organization_id": id("org", '1'),
        "status": "pending",
        "public_user_data": member(&id("user", '3'), "Joan", "org:member")["public_user_data"],
        "created_at": NOW_MS,
        "updated_at": NOW_MS,
    }])));
    let requests = Requests {
        here,
        form: Form::new(),
        listing,
    };
    requests.draw().into()
}

fn domains(here: Here) -> AnyView {
    let listing = Listing::new(here, "", |_, _, _| {
        Box::pin(async { Err(Failure::Offline) })
    });
    let domain = |digit: char, name: &str, status: &str| {
        json!({
            "id": id("orgdmn", digit),
            "name": name,
            "organization_id": id("org", '1'),
            "enrollment_mode": "manual_invitation",
            "verification": { "status": status, "strategy": "email_code", "attempts": 0 },
            "total_pending_invitations": 0,
            "total_pending_suggestions": 0,
            "created_at": NOW_MS,
            "updated_at": NOW_MS,
        })
    };
    listing.known.set(list(&json!([
        domain('1', "engines.example", "verified"),
        domain('2', "navy.example", "unverified"),
    ])));
    let proof = Proof::new(here, listing);
    let domains = Domains {
        here,
        form: Form::new(),
        add: Form::new(),
        typed: State::new(String::new()),
        proof,
        listing,
    };
    proof.begin(&listing.known.get_untracked().expect("domains").data[1]);
    domains.draw().into()
}

/// The same world where organizations may have domains.
fn with_domains(mut world: World) -> World {
    world.environment["organization_settings"]["domains"] = json!({
        "enabled": true,
        "enrollment_modes": ["manual_invitation", "automatic_suggestion"],
        "default_role": "org:member",
    });
    world
}

#[test]
fn requests_and_domains_are_there_where_the_settings_want_them() {
    let without = who_may(&ALL).draw("en", draw);
    let with = with_domains(who_may(&ALL)).draw("en", draw);
    for tab in [r#"data-tab="requests""#, r#"data-tab="domains""#] {
        assert!(!without.contains(tab), "{tab} in {without}");
        assert!(with.contains(tab), "{tab} in {with}");
    }
    let reader = with_domains(who_may(&ALL[2..3])).draw("en", draw);
    assert!(!reader.contains(r#"data-tab="requests""#), "{reader}");
}

#[test]
fn whoever_asks_is_let_in_or_turned_away() {
    let html = drawn(who_may(&ALL), "en", requests);
    for expected in [
        "joan@example.com",
        "Let in \u{2068}Joan\u{2069}",
        "Turn away \u{2068}Joan\u{2069}",
    ] {
        assert!(html.contains(expected), "{expected} in {html}");
    }
}

#[test]
fn a_domain_is_proven_first_and_then_says_what_people_get() {
    let html = drawn(with_domains(who_may(&ALL)), "en", domains);
    assert_eq!(html.matches("<select").count(), 1, "{html}");
    assert!(html.contains(r#"value="automatic_suggestion""#), "{html}");
    // The settings do not allow it.
    assert!(!html.contains(r#"value="automatic_invitation""#), "{html}");
    assert_eq!(html.matches(r#"data-action="verify""#).count(), 1, "{html}");
    assert_eq!(html.matches(r#"data-action="remove""#).count(), 2, "{html}");
    assert!(html.contains("@navy.example"), "{html}");
}

#[test]
fn domains_are_only_shown_to_those_who_may_do_no_more() {
    let html = drawn(with_domains(who_may(&ALL[4..5])), "en", |here| {
        let listing = Listing::new(here, "", |_, _, _| {
            Box::pin(async { Err(Failure::Offline) })
        });
        let domains = Domains {
            here,
            form: Form::new(),
            add: Form::new(),
            typed: State::new(String::new()),
            proof: Proof::new(here, listing),
            listing,
        };
        domains.draw().into()
    });
    assert!(!html.contains("<form"), "{html}");
    assert!(!html.contains("data-action"), "{html}");
}

#[test]
fn addresses_are_taken_as_people_write_them() {
    let typed = "ada@example.com, grace@example.com;\n joan@example.com\tada@example.com ";
    assert_eq!(
        split(typed),
        ["ada@example.com", "grace@example.com", "joan@example.com"]
    );
    assert!(split(" ,;\n").is_empty());
}

#[test]
fn each_mistake_is_named() {
    let addresses = split("ada@example.com nobody grace@ joan@example.com");
    let problem = mistake(&addresses).expect("there is a mistake");
    assert_eq!(problem.field(), Some("email_address"));
    Problem::learn_all();
    let said = problem.say(&frontdesk_locale::Text::english());
    assert!(said.contains("nobody, grace@"), "{said}");
    assert!(!said.contains("joan"), "{said}");
    assert_eq!(mistake(&split("ada@example.com")), None);
    assert_eq!(
        mistake(&[]).and_then(|it| it.code()),
        Some(ErrorCode::FormParamNil)
    );
}

#[test]
fn refusals_for_one_reason_are_one_that_names_all() {
    let refusal = |address: &str| ApiError {
        meta: ErrorMeta {
            email_addresses: Some(vec![address.to_owned()]),
            ..ErrorMeta::param("email_address")
        },
        ..ApiError::of(ErrorCode::AlreadyAMemberInOrganization)
    };
    let failure = Failure::refused([refusal("a@b.example"), refusal("c@d.example")]);
    let Failure::Refused(errors) = together(failure) else {
        panic!("it stays a refusal");
    };
    let [error] = &errors[..] else {
        panic!("it is one");
    };
    let named = error.meta.email_addresses.as_deref();
    assert_eq!(
        named,
        Some(&["a@b.example".to_owned(), "c@d.example".to_owned()][..])
    );
}

#[test]
fn it_speaks_and_reads_as_its_language_does() {
    let html = who_may(&ALL).draw("ar", draw);
    assert!(html.contains(r#"dir="rtl""#), "{html}");
    assert!(html.contains("الأعضاء"), "{html}");
}
