//! The first cards of a sign-in as they are drawn, read as text.

use leptos::prelude::*;
use serde_json::{Value, json};

use super::{around, begin};
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
    // Where there is a waiting list, signing up leads to it.
    let mut world = World::new();
    world.environment["user_settings"]["sign_up"]["mode"] = json!("waitlist");
    assert!(draw(world, "en").contains("footer-link"));
}

#[test]
fn grey_bars_are_shown_until_anything_is_known() {
    let html = World::new().draw_unloaded("en", || view! { <SignIn /> });
    assert!(
        html.contains("part=\"skeleton\"") && !html.contains("<input"),
        "{html}"
    );
}

/// The first card where people are known by these.
fn known_by(kinds: &[&str]) -> String {
    let mut world = World::new();
    let attributes = &mut world.environment["user_settings"]["attributes"];
    for kind in ["email_address", "phone_number", "username"] {
        attributes[kind]["used_for_first_factor"] = json!(kinds.contains(&kind));
    }
    draw(world, "en")
}

#[test]
fn the_field_is_called_what_people_are_known_by() {
    for (kinds, label) in [
        (&["email_address"][..], "Email address"),
        (&["username"], "Username"),
        (&["phone_number"], "Phone number"),
        (&["email_address", "username"], "Email address or username"),
        (
            &["email_address", "phone_number"],
            "Email address or phone number",
        ),
        (&["username", "phone_number"], "Username or phone number"),
        (
            &["email_address", "username", "phone_number"],
            "Email address, username or phone number",
        ),
    ] {
        let html = known_by(kinds);
        let label = [">", label, "</label>"].concat();
        assert!(html.contains(&label), "{label} in {html}");
    }
}

#[test]
fn a_plus_makes_it_a_number_where_numbers_are_known() {
    let environment: frontdesk_protocol::Environment = {
        let mut world = World::new();
        let attributes = &mut world.environment["user_settings"]["attributes"];
        attributes["phone_number"]["used_for_first_factor"] = json!(true);
        attributes["username"]["used_for_first_factor"] = json!(true);
        frontdesk_protocol::json::Read::read(&world.environment).unwrap()
    };
    let mut attributes = environment.user_settings.attributes;
    for (typed, kind) in [
        ("", "text"),
        ("ada", "text"),
        ("ada@example.com", "email"),
        (" +336", "phone"),
    ] {
        assert_eq!(around::kind(&attributes, typed), kind, "{typed}");
    }
    attributes.username.used_for_first_factor = false;
    assert_eq!(around::kind(&attributes, "ada"), "email");
    attributes.phone_number.used_for_first_factor = false;
    assert_eq!(around::kind(&attributes, "+336"), "email");
}

#[test]
fn a_number_is_read_as_at_sign_up_wherever_it_may_be_one() {
    let settings = &World::new().environment["user_settings"]["attributes"];
    let mut attributes: frontdesk_protocol::AttributeSettings =
        frontdesk_protocol::json::Read::read(settings).unwrap();
    attributes.phone_number.used_for_first_factor = true;
    attributes.email_address.used_for_first_factor = true;
    let read = |attributes: &_, typed| begin::canonical(Some(attributes), typed).ok();
    for typed in [
        "(415) 555-0132",
        "1 415 555 0132",
        "0014155550132",
        " +1 415 555 0132",
        "٤١٥٥٥٥٠١٣٢",
    ] {
        let read = read(&attributes, typed);
        assert_eq!(read.as_deref(), Some("+14155550132"), "{typed}");
    }
    assert_eq!(read(&attributes, "415"), None);
    assert_eq!(
        read(&attributes, "415@example.com").as_deref(),
        Some("415@example.com")
    );
    // A few digits with a hyphen may be somebody's name.
    attributes.username.used_for_first_factor = true;
    assert_eq!(read(&attributes, "19-84").as_deref(), Some("19-84"));
    assert_eq!(read(&attributes, "ada1815").as_deref(), Some("ada1815"));
    assert_eq!(
        read(&attributes, "415 555 0132").as_deref(),
        Some("+14155550132")
    );
    assert_eq!(read(&attributes, "00 12"), None);
    // Where no numbers are known, none is read.
    attributes.phone_number.used_for_first_factor = false;
    assert_eq!(
        read(&attributes, "4155550132").as_deref(),
        Some("4155550132")
    );
}

/// A server that knows so many providers.
fn with_providers(names: &[&str]) -> World {
    let mut world = World::new();
    let settings = &mut world.environment["user_settings"];
    for name in names {
        let strategy = ["oauth_", &name.to_lowercase()].concat();
        settings["social"][&strategy] = json!({
            "enabled": true,
            "required": false,
            "authenticatable": true,
            "strategy": strategy,
            "not_selectable": false,
            "name": name,
            "logo_url": null,
        });
    }
    world
}

#[test]
fn providers_stand_before_the_field_by_their_names() {
    let html = draw(with_providers(&["GitHub", "Google"]), "en");
    let (before, _) = html.split_once("name=\"identifier\"").unwrap();
    for expected in [
        "data-strategy=\"oauth_github\"",
        "Continue with \u{2068}GitHub\u{2069}",
        "Continue with \u{2068}Google\u{2069}",
        "part=\"divider\"",
    ] {
        assert!(before.contains(expected), "{expected} in {before}");
    }
    assert!(!before.contains("data-brief"), "{before}");
}

#[test]
fn many_providers_stand_in_rows_of_about_one_length() {
    for (count, columns) in [(3, 3), (5, 5), (6, 3), (7, 4), (10, 5), (11, 4)] {
        let names: Vec<String> = (0..count).map(|at| format!("p{at}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let html = draw(with_providers(&names), "en");
        let columns = format!("data-columns=\"{columns}\"");
        assert!(html.contains(&columns), "{count}: {html}");
        assert!(html.contains("data-brief"), "{html}");
    }
}

#[test]
fn a_provider_that_does_not_sign_in_has_no_button() {
    let mut world = with_providers(&["GitHub"]);
    let social = &mut world.environment["user_settings"]["social"];
    social["oauth_github"]["authenticatable"] = json!(false);
    assert!(!draw(world, "en").contains("GitHub"));
}

#[test]
fn the_way_somebody_used_here_last_is_marked() {
    let mut world = with_providers(&["GitHub", "Google"]);
    world.client["last_authentication_strategy"] = json!("oauth_google");
    let html = draw(world, "en");
    assert_eq!(html.matches("Last used").count(), 1);
    let google = html
        .split("<button")
        .find(|tag| tag.contains("oauth_google"));
    assert!(
        google.is_some_and(|tag| tag.contains("Last used")),
        "{html}"
    );
    let mut world = with_providers(&["GitHub"]);
    world.client["last_authentication_strategy"] = json!("password");
    assert!(draw(world, "en").contains("data-for=\"identifier\""));
}

#[test]
fn passkeys_have_a_button_where_the_settings_want_it() {
    let mut world = World::new();
    assert!(!draw(World::new(), "en").contains("Use a passkey"));
    let passkeys = &mut world.environment["user_settings"]["passkey_settings"];
    passkeys["show_sign_in_button"] = json!(true);
    assert!(draw(world, "en").contains("Use a passkey"));
}

fn returned(status: &str, error: &Value) -> World {
    let mut world = with_providers(&["GitHub"]);
    let mut attempt = attempt(&json!({
        "status": status,
        "strategy": "oauth_github",
        "attempts": 1,
        "error": error,
    }));
    attempt["status"] = json!("needs_identifier");
    attempt["identifier"] = Value::Null;
    world.client["sign_in"] = attempt;
    world
}

#[test]
fn what_went_wrong_at_the_provider_is_told() {
    let error = json!({
        "code": "oauth_access_denied",
        "message": "",
        "long_message": "",
        "meta": {},
    });
    let html = draw(returned("failed", &error), "en");
    assert!(html.contains("data-step=\"start\""), "{html}");
    let alert = html.split("role=\"alert\"").nth(1).unwrap_or_default();
    assert!(alert.contains("You did not allow it there."), "{html}");
}

#[test]
fn whoever_has_no_account_may_have_one_made_of_the_providers() {
    let html = draw(returned("transferable", &Value::Null), "en");
    assert!(
        html.contains("No account here belongs to that one."),
        "{html}"
    );
    assert!(html.contains("Create an account with it"), "{html}");
    let mut world = returned("transferable", &Value::Null);
    world.environment["user_settings"]["sign_up"]["mode"] = json!("restricted");
    assert!(!draw(world, "en").contains("Create an account"));
}
