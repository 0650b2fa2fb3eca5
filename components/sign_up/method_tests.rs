//! Every way to sign up as it is drawn, read as text.

use frontdesk_locale::Text;
use frontdesk_protocol::json::Read as _;
use frontdesk_protocol::{Client, CustomField, Environment, Timestamp};
use leptos::prelude::*;
use serde_json::{Value, json};

use super::custom;
use super::legal::{Piece, pieces};
use super::step::{self, Step};
use crate::SignUp;
use crate::kit::State;
use crate::tests::{NOW_MS, World, id, input};

/// Settings that ask for everything.
fn asking_for_all() -> World {
    let mut world = World::new();
    let on = json!({ "enabled": true, "required": true, "used_for_first_factor": true });
    let settings = &mut world.environment["user_settings"];
    settings["attributes"]["phone_number"] = on.clone();
    settings["attributes"]["username"] = on;
    settings["username_settings"] = json!({ "min_length": 4, "max_length": 32 });
    settings["sign_up"]["legal_consent_enabled"] = json!(true);
    settings["sign_up"]["custom_fields"] = json!([
        field("company", "text", &[], true),
        field("plan", "select", &["free", "team"], false),
        field("news", "checkbox", &[], false),
    ]);
    world.environment["display_config"]["terms_url"] = json!("https://acme.example/terms");
    world.environment["display_config"]["privacy_policy_url"] =
        json!("https://acme.example/privacy");
    world
}

fn field(name: &str, kind: &str, options: &[&str], required: bool) -> Value {
    json!({ "name": name, "kind": kind, "label": format!("Your {name}"), "options": options, "required": required })
}

/// An attempt that lacks `missing` and has still to prove `unverified`.
fn with_attempt(mut world: World, missing: &[&str], unverified: &[&str]) -> World {
    world.client["sign_up"] = json!({
        "id": id("sua"),
        "status": "missing_requirements",
        "required_fields": [],
        "optional_fields": [],
        "missing_fields": missing,
        "unverified_fields": unverified,
        "email_address": "grace@example.com",
        "phone_number": "+33612345678",
        "has_password": false,
        "verifications": {},
        "abandon_at": NOW_MS + 60_000,
    });
    world
}

fn with_providers(names: &[&str]) -> World {
    let mut world = World::new();
    let settings = &mut world.environment["user_settings"];
    for name in names {
        let strategy = format!("oauth_{}", name.to_lowercase());
        settings["social"][&strategy] = json!({
            "enabled": true, "required": false, "authenticatable": true,
            "strategy": strategy, "not_selectable": false, "name": name,
        });
    }
    world
}

fn draw(world: World, locale: &str) -> String {
    world.draw(locale, || view! { <SignUp /> })
}

/// Where the fields are in the page, by their names.
fn order(html: &str) -> Vec<&str> {
    html.split("data-field=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect()
}

#[test]
fn everything_the_settings_ask_for_is_there_in_a_sensible_order() {
    let html = draw(asking_for_all(), "en");
    assert_eq!(
        order(&html),
        [
            "first_name",
            "last_name",
            "username",
            "email_address",
            "phone_number",
            "password",
            "company",
            "plan",
            "news",
            "legal_accepted",
        ]
    );
    assert!(input(&html, "username").contains(r#"autocomplete="username""#));
    assert!(input(&html, "phone_number").contains(r#"autocomplete="tel""#));
    assert!(
        html.contains("\u{2068}4\u{2069} to \u{2068}32\u{2069} letters"),
        "{html}"
    );
    assert!(html.contains(r#"<option value="team""#), "{html}");
    assert!(html.contains("Your plan\u{2069} (optional)"), "{html}");
    assert!(input(&html, "news").contains(r#"type="checkbox""#));
}

#[test]
fn a_number_has_a_country_beside_it() {
    let html = draw(asking_for_all(), "en");
    assert!(html.contains("Country: US, US +1"), "{html}");
    assert!(html.contains(r#"aria-haspopup="dialog""#), "{html}");
}

#[test]
fn what_is_agreed_to_can_be_read() {
    let html = draw(asking_for_all(), "en");
    for url in ["https://acme.example/terms", "https://acme.example/privacy"] {
        assert!(
            html.contains(&format!(r#"href="{url}" target="_blank""#)),
            "{html}"
        );
    }
    assert!(input(&html, "legal_accepted").contains("required"));
    let mut world = asking_for_all();
    world.environment["display_config"]["privacy_policy_url"] = Value::Null;
    let html = draw(world, "en");
    assert!(
        html.contains("terms of service") && !html.contains("privacy policy"),
        "{html}"
    );
}

#[test]
fn every_language_puts_the_links_where_it_likes() {
    for locale in ["en", "fr", "ar"] {
        let said = Text::of(locale).sign_up_legal_both("\u{e001}", "\u{e000}");
        let found = pieces(&said);
        for link in [Piece::Terms, Piece::Privacy] {
            assert_eq!(
                found.iter().filter(|piece| **piece == link).count(),
                1,
                "{locale}: {said}"
            );
        }
    }
    let plain = |text: &str| Piece::Plain(text.to_owned());
    assert_eq!(pieces("a\u{e000}b"), [plain("a"), Piece::Terms, plain("b")]);
}

#[test]
fn where_either_will_do_one_is_asked_for_and_the_other_is_a_press_away() {
    let mut world = World::new();
    let either = json!({ "enabled": true, "required": false, "used_for_first_factor": true });
    world.environment["user_settings"]["attributes"]["email_address"] = either.clone();
    world.environment["user_settings"]["attributes"]["phone_number"] = either;
    let html = draw(world, "en");
    assert!(input(&html, "email_address").contains("required"));
    assert!(!order(&html).contains(&"phone_number"), "{html}");
    assert!(html.contains("Use a phone number instead"), "{html}");
}

#[test]
fn a_code_that_was_sent_to_a_number_is_asked_for() {
    let html = draw(with_attempt(World::new(), &[], &["phone_number"]), "en");
    assert!(html.contains(r#"data-step="phone-code""#), "{html}");
    assert!(
        html.contains("+33612345678") && html.contains("Change the phone number"),
        "{html}"
    );
    let html = draw(
        with_attempt(
            World::new(),
            &["username"],
            &["email_address", "phone_number"],
        ),
        "en",
    );
    assert!(
        html.contains(r#"data-step="code""#),
        "what is proven comes first: {html}"
    );
}

#[test]
fn only_what_is_missing_is_asked_for_in_the_order_of_the_server() {
    let world = with_attempt(
        asking_for_all(),
        &["password", "username", "legal_accepted"],
        &[],
    );
    let html = draw(world, "en");
    assert!(html.contains(r#"data-step="continue""#), "{html}");
    assert_eq!(order(&html), ["password", "username", "legal_accepted"]);
    assert!(html.contains("Almost done"), "{html}");
}

#[test]
fn who_has_only_to_agree_is_told_so() {
    let html = draw(
        with_attempt(asking_for_all(), &["legal_accepted"], &[]),
        "fr",
    );
    assert!(html.contains("Une dernière chose"), "{html}");
    assert_eq!(order(&html), ["legal_accepted"]);
}

#[test]
fn the_waiting_list_is_shown_the_way_to() {
    let mut world = World::new();
    world.environment["user_settings"]["sign_up"]["mode"] = json!("waitlist");
    world.environment["display_config"]["waitlist_url"] = json!("/waitlist");
    let html = draw(world, "en");
    assert!(
        html.contains(r#"data-step="waitlist""#) && html.contains(r#"href="/waitlist""#),
        "{html}"
    );
    assert!(!html.contains("<input"), "{html}");
}

#[test]
fn a_ticket_opens_what_is_closed() {
    let mut world = World::new();
    world.environment["user_settings"]["sign_up"]["mode"] = json!("restricted");
    let environment = Environment::read(&world.environment).expect("settings");
    let client = Client::read(&world.client).expect("a client");
    let step = |client, has_ticket| {
        step::of(
            Some(&environment),
            Some(client),
            None,
            has_ticket,
            Timestamp(NOW_MS),
        )
    };
    assert_eq!(step(&client, false), Step::Restricted);
    assert_eq!(step(&client, true), Step::Details);
    let begun = with_attempt(world, &["password"], &[]).client;
    let begun = Client::read(&begun).expect("a client");
    assert_eq!(
        step(&begun, false),
        Step::Continue,
        "a reload has no ticket any more"
    );
}

#[test]
fn two_providers_have_words_and_more_have_marks() {
    let html = draw(with_providers(&["GitHub", "Acme"]), "en");
    assert!(
        html.contains(">Continue with \u{2068}Acme\u{2069}<"),
        "{html}"
    );
    assert!(
        html.contains(r#"data-initials="A""#) && html.contains(r#"part="divider""#),
        "{html}"
    );
    let many = ["A", "B", "C", "D", "E", "F"];
    let html = draw(with_providers(&many), "en");
    assert!(
        html.contains(r#"data-columns="3""#),
        "rows are even: {html}"
    );
    assert!(html.contains("data-brief"), "{html}");
    assert!(
        html.contains("Continue with \u{2068}F\u{2069}"),
        "the words are there for whoever cannot see the mark: {html}"
    );
}

#[test]
fn without_providers_there_are_no_buttons_for_them() {
    let html = draw(World::new(), "en");
    assert!(
        !html.contains("part=\"social\"") && !html.contains("divider"),
        "{html}"
    );
}

#[test]
fn answers_become_an_object_whatever_is_in_them() {
    let fields: Vec<CustomField> = ["company/text", "plan/select", "news/checkbox", "empty/text"]
        .iter()
        .filter_map(|it| {
            let (name, kind) = it.split_once('/')?;
            CustomField::read(&field(name, kind, &[], true))
        })
        .collect();
    Owner::new().with(|| {
        let answers = State::new(custom::Answers::new());
        answers.update(|answers| {
            let typed = "Ada \"&\" Söhne\\\n\u{1}";
            answers.insert("company".to_owned(), typed.to_owned());
            answers.insert("plan".to_owned(), "team".to_owned());
        });
        let json: Value = serde_json::from_str(&custom::json(&fields, answers)).expect("JSON");
        let expected =
            json!({ "company": "Ada \"&\" Söhne\\\n\u{1}", "plan": "team", "news": false });
        assert_eq!(json, expected);
        let missing = custom::problems(&fields, answers);
        let missing: Vec<_> = missing.iter().filter_map(|it| it.field()).collect();
        assert_eq!(missing, ["news", "empty"]);
    });
}
