//! What is to be done before a session is active, as it is drawn, read as text.

use leptos::prelude::*;
use serde_json::json;

use crate::SignIn;
use crate::scene::ada_after;
use crate::tests::{World, input};

fn pending(task: &str) -> World {
    ada_after(|session| {
        session["status"] = json!("pending");
        session["tasks"] = json!([{ "key": task }]);
    })
}

fn draw(world: World) -> String {
    world.draw("en", || view! { <SignIn /> })
}

/// Settings that offer an app, codes that are sent to a number, or both.
fn offering(mut world: World, has_app: bool, has_phone: bool) -> World {
    let attributes = &mut world.environment["user_settings"]["attributes"];
    attributes["authenticator_app"]["enabled"] = json!(has_app);
    attributes["phone_number"]["used_for_second_factor"] = json!(has_phone);
    world
}

#[test]
fn whoever_would_rather_not_signs_out() {
    for task in ["choose-organization", "setup-mfa", "reset-password"] {
        let html = draw(pending(task));
        assert!(html.contains("data-action=\"sign-out\""), "{task}: {html}");
        assert!(
            html.contains("Not \u{2068}ada@example.com\u{2069}? Sign out"),
            "{task}: {html}"
        );
    }
}

#[test]
fn whoever_can_choose_no_organization_is_told_so() {
    let mut world = pending("choose-organization");
    let user = &mut world.client["sessions"][0]["user"];
    user["create_organization_enabled"] = json!(false);
    user["organization_memberships"] = json!([]);
    let html = draw(world);
    assert!(html.contains("You are in no organization yet."), "{html}");
}

#[test]
fn a_number_is_set_up_where_there_are_no_apps() {
    let html = draw(offering(pending("setup-mfa"), false, true));
    assert!(input(&html, "phone_number").contains("autocomplete=\"tel\""));
    assert!(!html.contains("data-action=\"other-way\""), "{html}");
}

#[test]
fn a_number_is_the_other_way_where_there_are_apps() {
    let html = draw(offering(pending("setup-mfa"), true, true));
    assert!(input(&html, "code").contains("one-time-code"));
    assert!(html.contains("Use text messages instead"), "{html}");
    let html = draw(offering(pending("setup-mfa"), true, false));
    assert!(!html.contains("data-action=\"other-way\""), "{html}");
}

#[test]
fn another_password_is_kept_with_whose_it_is() {
    let html = draw(pending("reset-password"));
    assert!(input(&html, "username").contains("value=\"ada@example.com\""));
}
