//! The sign-in as it is drawn, read as text.

use leptos::prelude::*;
use serde_json::{Value, json};

use crate::SignIn;
use crate::tests::{NOW_MS, World, id, input, signed_in};

fn attempt(verification: &Value) -> Value {
    json!({
        "id": id("sia"),
        "status": "needs_first_factor",
        "supported_identifiers": ["email_address"],
        "identifier": "ada@example.com",
        "supported_first_factors": [
            { "strategy": "password" },
            {
                "strategy": "email_code",
                "email_address_id": id("idn"),
                "safe_identifier": "a***@example.com",
                "primary": true,
            },
        ],
        "supported_second_factors": [],
        "first_factor_verification": verification,
        "abandon_at": NOW_MS + 60_000,
    })
}

fn with_attempt(verification: &Value) -> World {
    let mut world = World::new();
    world.client["sign_in"] = attempt(verification);
    world
}

fn draw(world: World, locale: &str) -> String {
    world.draw(
        locale,
        || view! { <SignIn initial_email="ada@example.com" /> },
    )
}

#[test]
fn the_first_card_asks_who() {
    let html = draw(World::new(), "en");
    assert!(html.contains(r#"class="fd-root fd-sign-in""#), "{html}");
    for attribute in [
        "part=\"root\"",
        "lang=\"en\"",
        "dir=\"ltr\"",
        "data-step=\"start\"",
    ] {
        assert!(html.contains(attribute), "{attribute} in {html}");
    }
    assert!(html.contains("data-theme=\"almanac\"") && !html.contains("data-color-scheme"));
    assert!(html.contains("Sign in to \u{2068}Acme\u{2069}"), "{html}");
    let identifier = input(&html, "identifier");
    for attribute in [
        "part=\"input\"",
        "autocomplete=\"username\"",
        "inputmode=\"email\"",
        "value=\"ada@example.com\"",
    ] {
        assert!(
            identifier.contains(attribute),
            "{attribute} in {identifier}"
        );
    }
    assert!(html.contains("Email address</label>"), "{html}");
    assert!(html.contains(r#"class="btn wide""#), "{html}");
    assert!(html.contains(r#"href="/sign-up""#), "{html}");
    assert!(!html.contains("style="), "{html}");
}

#[test]
fn a_password_manager_finds_a_password_on_the_first_card_and_people_do_not() {
    let html = draw(World::new(), "en");
    let password = input(&html, "password");
    for attribute in [
        "autocomplete=\"current-password\"",
        "data-hidden",
        "tabindex=\"-1\"",
        "aria-hidden=\"true\"",
    ] {
        assert!(password.contains(attribute), "{attribute} in {password}");
    }
}

#[test]
fn a_password_is_asked_for_beside_whose_it_is() {
    let html = draw(with_attempt(&Value::Null), "en");
    assert!(html.contains("data-step=\"password\""), "{html}");
    assert!(input(&html, "password").contains("autocomplete=\"current-password\""));
    assert!(input(&html, "username").contains("value=\"ada@example.com\""));
    assert!(
        html.contains("aria-label=\"Change the email address\""),
        "{html}"
    );
    assert!(html.contains("aria-label=\"Show password\""), "{html}");
    assert!(html.contains("Use another method"), "{html}");
}

#[test]
fn a_code_under_way_is_asked_for_again_after_a_reload_in_arabic() {
    let html = draw(
        with_attempt(&json!({
            "status": "unverified",
            "strategy": "email_code",
            "attempts": 0,
            "expire_at": NOW_MS + 600_000,
            "resend_at": NOW_MS + 30_000,
        })),
        "ar",
    );
    assert!(
        html.contains("data-step=\"code\"") && html.contains("dir=\"rtl\""),
        "{html}"
    );
    let code = input(&html, "code");
    for attribute in [
        "autocomplete=\"one-time-code\"",
        "inputmode=\"numeric\"",
        "aria-describedby=",
    ] {
        assert!(code.contains(attribute), "{attribute} in {code}");
    }
    assert_eq!(html.matches("data-slot").count(), 6);
    assert!(html.contains("a***@example.com"), "{html}");
    let resend = html
        .split("<button")
        .find(|tag| tag.contains("part=\"resend\""))
        .unwrap();
    assert!(
        resend.contains("disabled") && resend.contains("30"),
        "{resend}"
    );
}

#[test]
fn an_attempt_that_is_too_old_is_not_gone_on_with() {
    let mut world = with_attempt(&Value::Null);
    world.client["sign_in"]["abandon_at"] = json!(NOW_MS);
    assert!(draw(world, "en").contains("data-step=\"start\""));
}

#[test]
fn whoever_is_signed_in_is_told_so() {
    let mut world = World::new();
    world.client = signed_in();
    let html = draw(world, "en");
    assert!(html.contains("data-step=\"done\""), "{html}");
    assert!(
        html.contains("Ada Lovelace") && html.contains(r#"href="/in""#),
        "{html}"
    );
}

#[test]
fn no_link_to_sign_up_is_shown_where_nobody_may() {
    let mut world = World::new();
    world.environment["user_settings"]["sign_up"]["mode"] = json!("restricted");
    assert!(!draw(world, "en").contains("footer-link"));
}

#[test]
fn grey_bars_are_shown_until_anything_is_known() {
    let html = World::new().draw_unloaded("en", || view! { <SignIn /> });
    assert!(
        html.contains("part=\"skeleton\"") && !html.contains("<input"),
        "{html}"
    );
}
