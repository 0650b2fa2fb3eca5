//! The user profile as it is drawn, read as text.

use frontdesk_protocol::Client;
use leptos::prelude::*;
use serde_json::json;

use super::address::Address;
use crate::scene::{ada, ada_after, id};
use crate::tests::World;
use crate::{ProfilePage, UserProfile};

fn draw() -> AnyView {
    view! { <UserProfile sign_in_url="/in" /> }.into_any()
}

/// The two pages in a world, one after the other.
pub(super) fn both_pages(world: World, locale: &str) -> String {
    let again = World {
        environment: world.environment.clone(),
        client: world.client.clone(),
    };
    let security = || {
        let pages = vec![ProfilePage::SECURITY, ProfilePage::ACCOUNT];
        view! { <UserProfile sign_in_url="/in" pages=pages /> }
    };
    let account = world.draw(locale, draw);
    [account, again.draw(locale, security)].concat()
}

/// The label of a button; an address keeps its own direction in it.
fn label(before: &str, address: &str, after: &str) -> String {
    format!("aria-label=\"{before}\u{2068}{address}\u{2069}{after}\"")
}

#[test]
fn every_section_is_there() {
    let html = both_pages(ada(), "en");
    for name in ["name", "emails", "password", "session"] {
        let expected = format!(r#"data-section="{name}""#);
        assert!(html.contains(&expected), "{expected} in {html}");
    }
}

#[test]
fn the_names_are_shown_and_ready_to_be_changed() {
    let html = ada().draw("en", draw);
    for expected in [
        "Ada Lovelace",
        r#"name="first_name""#,
        r#"value="Ada""#,
        r#"name="last_name""#,
        r#"value="Lovelace""#,
    ] {
        assert!(html.contains(expected), "{expected} in {html}");
    }
}

#[test]
fn who_has_no_name_is_told_so() {
    let world = ada_after(|session| {
        session["user"]["first_name"] = json!(null);
        session["user"]["last_name"] = json!(null);
    });
    let html = world.draw("en", draw);
    assert!(html.contains("No name yet"), "{html}");
}

#[test]
fn each_address_has_the_buttons_that_make_sense_for_it() {
    let html = ada().draw("en", draw);
    for expected in [
        label("Make ", "countess@example.com", " the primary address"),
        label("Remove ", "countess@example.com", ""),
        label("Verify ", "byron@example.com", ""),
        label("Remove ", "byron@example.com", ""),
    ] {
        assert!(html.contains(&expected), "{expected} in {html}");
    }
    for refused in [
        label("Remove ", "ada@example.com", ""),
        label("Verify ", "countess@example.com", ""),
        label("Make ", "byron@example.com", " the primary address"),
    ] {
        assert!(!html.contains(&refused), "{refused} in {html}");
    }
    assert_eq!(html.matches(r#"data-kind="primary""#).count(), 1);
    assert_eq!(html.matches(r#"data-kind="unverified""#).count(), 1);
}

#[test]
fn the_primary_address_comes_first_and_the_unverified_last() {
    let world = ada_after(|session| {
        session["user"]["primary_email_address_id"] = json!(id("idn", '2'));
    });
    let client: Client = serde_json::from_value(world.client).expect("a client");
    let addresses = Address::all(&client).expect("somebody is signed in");
    let texts: Vec<&str> = addresses.iter().map(|it| it.text.as_str()).collect();
    assert_eq!(
        texts,
        [
            "countess@example.com",
            "ada@example.com",
            "byron@example.com"
        ]
    );
}

#[test]
fn who_has_no_password_can_set_one() {
    let set = both_pages(ada(), "en");
    assert!(set.contains("Change password"), "{set}");
    let world = ada_after(|session| session["user"]["password_enabled"] = json!(false));
    let unset = both_pages(world, "en");
    assert!(unset.contains("Set a password"), "{unset}");
}

#[test]
fn strangers_are_led_to_the_sign_in() {
    let html = World::new().draw("en", draw);
    assert!(html.contains("Sign in to see your account."), "{html}");
    assert!(html.contains(r#"href="/in""#), "{html}");
    assert!(!html.contains("data-section"), "{html}");
}

#[test]
fn its_place_is_kept_while_nothing_is_known() {
    let html = World::new().draw_unloaded("en", draw);
    assert!(html.contains(r#"part="skeleton""#), "{html}");
}

#[test]
fn there_are_two_pages_and_the_first_is_shown() {
    let html = ada().draw("en", draw);
    for expected in [
        r##"href="#/""##,
        r##"href="#/security""##,
        r#"aria-current="page""#,
        r#"data-page="account""#,
    ] {
        assert!(html.contains(expected), "{expected} in {html}");
    }
    assert!(!html.contains(r#"data-section="password""#), "{html}");
}

#[test]
fn an_app_adds_pages_and_links_and_says_their_order() {
    let html = ada().draw("en", || {
        let pages = vec![
            ProfilePage::page("Terms", "terms", || "Be kind.").icon(|| "§"),
            ProfilePage::link("Help", "https://help.example/"),
            ProfilePage::ACCOUNT,
        ];
        view! { <UserProfile routing="path" path="/user" pages=pages /> }
    });
    let places: Vec<_> = [
        r#"href="/user""#,
        r#"href="/user/terms""#,
        "help.example",
        r#"href="/user/account""#,
    ]
    .iter()
    .map(|expected| {
        html.find(expected)
            .unwrap_or_else(|| panic!("{expected} in {html}"))
    })
    .collect();
    assert!(places.is_sorted(), "{html}");
    assert!(html.contains("§"), "{html}");
    assert!(
        html.contains(r#"data-section="password""#),
        "security comes first: {html}"
    );
}

#[test]
fn an_account_is_deleted_only_where_that_may_be() {
    let closed = both_pages(ada(), "en");
    assert!(!closed.contains("delete-account"), "{closed}");
    let world = ada_after(|session| session["user"]["delete_self_enabled"] = json!(true));
    let open = both_pages(world, "ar");
    assert!(
        open.contains("delete-account") && open.contains("حذف الحساب"),
        "{open}"
    );
}
