//! The sign-up as it is drawn, read as text.

use leptos::prelude::*;
use serde_json::{Value, json};

use crate::SignUp;
use crate::scene::ada_after;
use crate::tests::{NOW_MS, World, id, input, signed_in};

fn with_attempt() -> World {
    let mut world = World::new();
    world.client["sign_up"] = json!({
        "id": id("sua"),
        "status": "missing_requirements",
        "required_fields": ["email_address", "password"],
        "optional_fields": ["first_name", "last_name"],
        "missing_fields": [],
        "unverified_fields": ["email_address"],
        "email_address": "grace@example.com",
        "has_password": true,
        "unsafe_metadata": {},
        "verifications": {
            "email_address": {
                "status": "unverified",
                "strategy": "email_code",
                "attempts": 0,
                "expire_at": NOW_MS + 600_000,
                "resend_at": NOW_MS + 30_000,
                "error": Value::Null,
                "next_action": "needs_attempt",
                "supported_strategies": ["email_code"],
            },
        },
        "abandon_at": NOW_MS + 60_000,
    });
    world
}

fn draw(world: World, locale: &str) -> String {
    world.draw(locale, || view! { <SignUp /> })
}

#[test]
fn the_first_card_asks_for_what_the_settings_say() {
    let html = draw(World::new(), "en");
    assert!(html.contains(r#"class="fd-root fd-sign-up""#), "{html}");
    assert!(html.contains("data-step=\"start\""), "{html}");
    for (name, autocomplete) in [
        ("first_name", "given-name"),
        ("last_name", "family-name"),
        ("email_address", "email"),
        ("password", "new-password"),
    ] {
        let expected = ["autocomplete=\"", autocomplete, "\""].concat();
        assert!(input(&html, name).contains(&expected), "{name} in {html}");
    }
    assert!(input(&html, "email_address").contains("required"));
    assert!(!input(&html, "first_name").contains("required"));
    assert!(html.contains("First name\u{2069} (optional)"), "{html}");
    assert!(
        html.contains("At least \u{2068}8\u{2069} characters."),
        "{html}"
    );
    assert!(html.contains(r#"href="/sign-in""#), "{html}");
}

#[test]
fn what_the_settings_do_not_require_is_not_asked_for_if_they_say_so() {
    let mut world = World::new();
    world.environment["user_settings"]["sign_up"]["shows_optional_fields"] = json!(false);
    let html = draw(world, "en");
    assert!(
        !html.contains("first_name") && html.contains("email_address"),
        "{html}"
    );
}

#[test]
fn a_reload_asks_for_the_code_that_was_sent_in_arabic() {
    let html = draw(with_attempt(), "ar");
    assert!(
        html.contains("data-step=\"code\"") && html.contains("dir=\"rtl\""),
        "{html}"
    );
    assert!(input(&html, "code").contains("autocomplete=\"one-time-code\""));
    assert!(html.contains("grace@example.com"), "{html}");
}

/// The same, with an address that is verified in these ways.
fn with_ways(ways: &[&str], begun: &str) -> World {
    let mut world = with_attempt();
    let verification = &mut world.client["sign_up"]["verifications"]["email_address"];
    verification["supported_strategies"] = json!(ways);
    verification["strategy"] = json!(begun);
    world
}

#[test]
fn a_link_is_waited_for_where_no_codes_are_sent() {
    let html = draw(with_ways(&["email_link"], "email_link"), "en");
    assert!(html.contains("data-step=\"link\""), "{html}");
    assert!(
        html.contains("We sent a link to \u{2068}grace@example.com\u{2069}"),
        "{html}"
    );
    assert!(html.contains("Waiting for you to open the link"), "{html}");
    assert!(!html.contains("data-strategy=\"email_code\""), "{html}");
}

#[test]
fn a_code_comes_first_and_a_link_is_the_other_way() {
    let ways = ["email_code", "email_link"];
    let html = draw(with_ways(&ways, "email_code"), "en");
    assert!(html.contains("data-step=\"code\""), "{html}");
    assert!(html.contains("data-strategy=\"email_link\""), "{html}");
    let html = draw(with_ways(&ways, "email_link"), "en");
    assert!(html.contains("data-step=\"link\""), "{html}");
    assert!(html.contains("data-strategy=\"email_code\""), "{html}");
}

#[test]
fn whoever_opened_the_link_of_a_taken_address_is_told_so() {
    let mut world = with_ways(&["email_link"], "email_link");
    let verification = &mut world.client["sign_up"]["verifications"]["email_address"];
    verification["status"] = json!("failed");
    verification["error"] =
        json!({ "code": "form_identifier_exists", "message": "", "long_message": "", "meta": {} });
    let html = draw(world, "en");
    assert!(html.contains("data-step=\"exists\""), "{html}");
}

#[test]
fn whoever_has_something_to_do_first_is_led_to_it() {
    let world = ada_after(|session| {
        session["status"] = json!("pending");
        session["tasks"] = json!([{ "key": "setup-mfa" }]);
    });
    let html = draw(world, "en");
    assert!(html.contains("data-step=\"task\""), "{html}");
    assert!(html.contains("href=\"/sign-in\""), "{html}");
    assert!(html.contains("data-action=\"sign-out\""), "{html}");
}

#[test]
fn nobody_signs_up_where_nobody_may() {
    let mut world = World::new();
    world.environment["user_settings"]["sign_up"]["mode"] = json!("restricted");
    let html = draw(world, "en");
    assert!(
        html.contains("data-step=\"restricted\"") && !html.contains("<input"),
        "{html}"
    );
}

#[test]
fn whoever_is_signed_in_is_told_so() {
    let mut world = World::new();
    world.client = signed_in();
    let html = draw(world, "en");
    assert!(
        html.contains("Ada Lovelace") && html.contains(r#"href="/up""#),
        "{html}"
    );
}
