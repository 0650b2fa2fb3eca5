//! The sign-up as it is drawn, read as text.

use leptos::prelude::*;
use serde_json::{Value, json};

use crate::SignUp;
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
