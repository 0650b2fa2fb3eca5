//! The list of organizations as it is drawn, read as text.

use leptos::prelude::*;
use serde_json::json;

use super::Choice;
use crate::OrganizationList;
use crate::create_organization::Creation;
use crate::kit::{Prop, Root};
use crate::scene::{ada, ada_after, id, invitation};
use crate::tests::World;

fn draw() -> AnyView {
    view! { <OrganizationList sign_in_url="/in" /> }.into_any()
}

fn choice(hide_personal: Prop) -> Choice {
    let root = Root::new("organization-list");
    let creation = Creation::new(root, Prop::default(), None);
    Choice::new(root, hide_personal, creation, None)
}

#[test]
fn every_place_can_be_chosen_and_the_current_one_is_marked() {
    let world = ada_after(|session| session["last_active_organization_id"] = json!(id("org", '2')));
    let html = world.draw("en", draw);
    for expected in [
        "Personal account",
        "Analytical Engines",
        "Royal Society",
        r#"data-action="create-organization""#,
    ] {
        assert!(html.contains(expected), "{expected} in {html}");
    }
    assert_eq!(html.matches(r#"aria-current="true""#).count(), 1, "{html}");
}

#[test]
fn the_personal_account_can_be_hidden() {
    let html = ada().draw("en", || view! { <OrganizationList hide_personal="" /> });
    assert!(!html.contains("Personal account"), "{html}");
    assert!(html.contains("Royal Society"), "{html}");
}

#[test]
fn who_is_invited_can_join() {
    let html = ada().draw("en", || {
        let choice = choice(Prop::default());
        choice.pending.invitations.set(Some(vec![invitation()]));
        choice.draw()
    });
    assert!(html.contains("Navy"), "{html}");
    assert!(
        html.contains(r#"data-action="accept-invitation""#),
        "{html}"
    );
}

#[test]
fn where_there_is_nothing_to_choose_one_is_made() {
    let world = ada_after(|session| session["user"]["organization_memberships"] = json!([]));
    let html = world.draw("en", || {
        let choice = choice(Prop::from(""));
        choice.pending.invitations.set(Some(Vec::new()));
        choice.pending.suggestions.set(Some(Vec::new()));
        choice.draw()
    });
    assert!(html.contains(r#"name="slug""#), "{html}");
}

#[test]
fn strangers_are_led_to_the_sign_in() {
    let html = World::new().draw("en", draw);
    assert!(html.contains(r#"href="/in""#), "{html}");
    assert!(!html.contains("data-organization"), "{html}");
}
