//! The cards behind the first one as they are drawn, read as text.

use frontdesk_protocol::json::Read as _;
use frontdesk_protocol::{Client, Environment, Strategy, Task, Timestamp};
use leptos::prelude::*;
use serde_json::{Value, json};

use super::step::{self, Later, Round, Step};
use crate::SignIn;
use crate::scene::ada_after;
use crate::tests::{NOW_MS, World, id, input, signed_in};

/// A browser with an attempt of Ada's that stands as `change` says.
fn attempt(change: impl FnOnce(&mut Value)) -> World {
    let mut world = World::new();
    let mut attempt = json!({
        "id": id("sia"),
        "status": "needs_first_factor",
        "supported_identifiers": ["email_address"],
        "identifier": "ada@example.com",
        "supported_first_factors": [
            { "strategy": "password" },
            to_email("email_code"),
            to_email("email_link"),
            to_email("reset_password_email_code"),
            { "strategy": "passkey" },
        ],
        "supported_second_factors": [],
        "first_factor_verification": null,
        "abandon_at": NOW_MS + 60_000,
    });
    change(&mut attempt);
    world.client["sign_in"] = attempt;
    world
}

fn to_email(strategy: &str) -> Value {
    json!({
        "strategy": strategy,
        "email_address_id": id("idn"),
        "safe_identifier": "a***@example.com",
        "primary": true,
    })
}

fn to_phone(strategy: &str) -> Value {
    json!({
        "strategy": strategy,
        "phone_number_id": id("phn"),
        "safe_identifier": "+3***78",
        "primary": true,
    })
}

fn under_way(strategy: &str) -> Value {
    json!({
        "status": "unverified",
        "strategy": strategy,
        "attempts": 0,
        "expire_at": NOW_MS + 600_000,
        "resend_at": NOW_MS + 30_000,
    })
}

fn draw(world: World) -> String {
    world.draw("en", || view! { <SignIn /> })
}

fn step(html: &str) -> &str {
    let rest = html.split_once("data-step=\"").expect("there is a step").1;
    rest.split_once('"').expect("it ends").0
}

/// The buttons and links of a page, each as far as its end.
fn button<'html>(html: &'html str, marks: &str) -> &'html str {
    html.split("<button")
        .find(|tag| tag.contains(marks))
        .and_then(|tag| tag.split("</button>").next())
        .unwrap_or_else(|| panic!("a button with {marks} in {html}"))
}

#[test]
fn whoever_forgot_the_password_may_choose_another() {
    let html = draw(attempt(|_| ()));
    assert_eq!(step(&html), "password");
    let forgot = button(&html, "reset_password_email_code");
    assert!(forgot.contains("Forgot password?"), "{forgot}");
}

#[test]
fn a_user_name_alone_has_no_way_to_another_password() {
    let html = draw(attempt(|it| {
        it["supported_first_factors"] = json!([{ "strategy": "password" }]);
    }));
    assert_eq!(step(&html), "password");
    assert!(!html.contains("Forgot"), "{html}");
    assert!(!html.contains("another method"), "{html}");
}

#[test]
fn a_code_to_choose_another_password_is_gone_on_with_after_a_reload() {
    let html = draw(attempt(|it| {
        it["first_factor_verification"] = under_way("reset_password_email_code");
    }));
    assert_eq!(step(&html), "reset");
    assert!(html.contains("Reset your password"), "{html}");
    assert!(html.contains("has an account, a six-digit code"), "{html}");
    assert!(input(&html, "code").contains("one-time-code"));
}

#[test]
fn another_password_is_asked_for_and_others_are_signed_out() {
    let html = draw(attempt(|it| it["status"] = json!("needs_new_password")));
    assert_eq!(step(&html), "new-password");
    let password = input(&html, "password");
    assert!(password.contains("autocomplete=\"new-password\""));
    assert!(input(&html, "username").contains("value=\"ada@example.com\""));
    assert!(input(&html, "sign_out_of_other_sessions").contains("checked"));
    assert!(
        html.contains("At least \u{2068}8\u{2069} characters."),
        "{html}"
    );
}

#[test]
fn an_app_is_asked_for_a_code_that_nobody_sends() {
    let html = draw(attempt(|it| {
        it["status"] = json!("needs_second_factor");
        it["supported_second_factors"] =
            json!([{ "strategy": "totp" }, { "strategy": "backup_code" }]);
    }));
    assert_eq!(step(&html), "totp");
    assert!(html.contains("Two-step verification"), "{html}");
    assert!(!html.contains("part=\"resend\""), "{html}");
    assert!(html.contains("Do not ask again on this device"), "{html}");
    assert!(!input(&html, "trust_device").contains(" checked"), "{html}");
    assert!(html.contains("Use another method"), "{html}");
}

#[test]
fn a_phone_is_the_second_factor_that_was_begun() {
    let html = draw(attempt(|it| {
        it["status"] = json!("needs_second_factor");
        it["supported_second_factors"] = json!([{ "strategy": "totp" }, to_phone("phone_code")]);
        it["second_factor_verification"] = under_way("phone_code");
    }));
    assert_eq!(step(&html), "code");
    assert!(html.contains("Check your phone"), "{html}");
    assert!(html.contains("+3***78"), "{html}");
    assert!(button(&html, "part=\"resend\"").contains("disabled"));
}

#[test]
fn of_two_numbers_the_other_is_another_way() {
    let drawn = |numbers: Vec<Value>| {
        draw(attempt(|it| {
            it["status"] = json!("needs_second_factor");
            it["supported_second_factors"] = json!(numbers);
            it["second_factor_verification"] = under_way("phone_code");
        }))
    };
    let number = || to_phone("phone_code");
    assert!(!drawn(vec![number()]).contains("Use another method"));
    let html = drawn(vec![number(), number()]);
    assert!(html.contains("Use another method"), "{html}");
}

#[test]
fn a_backup_code_is_typed_as_it_was_written_down() {
    let html = draw(attempt(|it| {
        it["status"] = json!("needs_second_factor");
        it["supported_second_factors"] = json!([{ "strategy": "backup_code" }]);
    }));
    assert_eq!(step(&html), "backup-code");
    let code = input(&html, "backup_code");
    assert!(code.contains("type=\"text\"") && !code.contains("numeric"));
    assert!(!html.contains("data-slot"), "{html}");
}

#[test]
fn a_new_browser_is_told_why_it_is_asked_again() {
    let html = draw(attempt(|it| {
        it["status"] = json!("needs_client_trust");
        it["supported_second_factors"] = json!([to_email("email_code")]);
    }));
    assert_eq!(step(&html), "code");
    assert!(html.contains("This browser is new to us"), "{html}");
    assert!(!html.contains("trust_device"), "{html}");
    assert!(html.contains("code we sent to"), "{html}");
}

#[test]
fn a_link_is_waited_for() {
    let html = draw(attempt(|it| {
        it["first_factor_verification"] = under_way("email_link");
    }));
    assert_eq!(step(&html), "link");
    assert!(html.contains("Waiting for you to open the link"), "{html}");
    assert!(html.contains("role=\"status\""), "{html}");
    // Nobody presses what the server would refuse.
    let again = button(&html, "part=\"resend\"");
    assert!(again.contains("disabled"), "{again}");
    assert!(html.contains("Send a new link in "), "{html}");
}

#[test]
fn a_link_that_is_too_old_is_said_to_be() {
    for verification in [
        json!({ "status": "expired", "strategy": "email_link", "attempts": 0 }),
        json!({
            "status": "unverified",
            "strategy": "email_link",
            "attempts": 0,
            "expire_at": NOW_MS,
        }),
    ] {
        let html = draw(attempt(|it| it["first_factor_verification"] = verification));
        assert!(html.contains("The link is too old."), "{html}");
    }
}

#[test]
fn a_link_that_was_opened_in_another_browser_is_said_to_be() {
    let html = draw(attempt(|it| {
        it["first_factor_verification"] = under_way("email_link");
        it["first_factor_verification"]["error"] = json!({
            "code": "verification_link_client_mismatch",
            "message": "",
            "long_message": "",
            "meta": {},
        });
    }));
    assert!(
        html.contains("in the browser that you asked for it with"),
        "{html}"
    );
}

#[test]
fn a_passkey_is_gone_on_with() {
    let html = draw(attempt(|it| {
        it["first_factor_verification"] = under_way("passkey");
    }));
    assert_eq!(step(&html), "passkey");
    assert!(html.contains("Use a passkey"), "{html}");
}

#[test]
fn codes_come_first_where_the_settings_prefer_them() {
    let mut world = attempt(|it| {
        it["identifier"] = json!("+33612345678");
        it["supported_first_factors"] = json!([{ "strategy": "password" }, to_phone("phone_code")]);
    });
    world.environment["display_config"]["preferred_sign_in_strategy"] = json!("otp");
    let html = draw(world);
    assert_eq!(step(&html), "code");
    assert!(html.contains("Check your phone"), "{html}");
    assert!(html.contains("has an account"), "{html}");
}

#[test]
fn a_proof_of_nobody_leaves_the_first_card() {
    let html = draw(attempt(|it| {
        it["identifier"] = Value::Null;
        it["first_factor_verification"] = under_way("passkey");
    }));
    assert_eq!(step(&html), "start");
}

/// Two people in a browser that may hold several.
fn several() -> World {
    let mut world = World::new();
    world.client = signed_in();
    let mut other = world.client["sessions"][0].clone();
    other["id"] = json!(["sess_", &"1".repeat(26)].concat());
    other["user"]["first_name"] = json!("Grace");
    other["user"]["last_name"] = json!("Hopper");
    other["public_user_data"]["identifier"] = json!("grace@example.com");
    world.client["sessions"].as_array_mut().unwrap().push(other);
    world.environment["auth_config"]["single_session_mode"] = json!(false);
    world
}

#[test]
fn people_who_are_signed_in_here_are_offered() {
    let html = draw(several());
    assert_eq!(step(&html), "accounts");
    for expected in [
        "Continue as \u{2068}Ada Lovelace\u{2069}",
        "Continue as \u{2068}Grace Hopper\u{2069}",
        "grace@example.com",
        "Add another account",
        "Sign out of all accounts",
    ] {
        assert!(html.contains(expected), "{expected} in {html}");
    }
}

#[test]
fn one_more_account_is_gone_on_with_beside_those_who_are_signed_in() {
    let mut world = several();
    world.client["sign_in"] = attempt(|_| ()).client["sign_in"].clone();
    assert_eq!(step(&draw(world)), "password");
}

fn pending(task: &str) -> World {
    ada_after(|session| {
        session["status"] = json!("pending");
        session["tasks"] = json!([{ "key": task }]);
    })
}

#[test]
fn an_organization_is_chosen_or_created_first() {
    let html = draw(pending("choose-organization"));
    assert_eq!(step(&html), "choose-organization");
    for expected in ["Analytical Engines", "Royal Society", "data-organization"] {
        assert!(html.contains(expected), "{expected} in {html}");
    }
    assert!(input(&html, "name").contains("autocomplete=\"organization\""));
}

#[test]
fn nobody_creates_an_organization_who_may_not() {
    let mut world = pending("choose-organization");
    world.client["sessions"][0]["user"]["create_organization_enabled"] = json!(false);
    let html = draw(world);
    assert!(
        html.contains("Royal Society") && !html.contains("<form"),
        "{html}"
    );
}

#[test]
fn a_second_factor_is_set_up_first() {
    let html = draw(pending("setup-mfa"));
    assert_eq!(step(&html), "setup-mfa");
    assert!(html.contains("Set up two-step verification"), "{html}");
    assert!(input(&html, "code").contains("one-time-code"));
}

#[test]
fn another_password_is_chosen_first() {
    let html = draw(pending("reset-password"));
    assert_eq!(step(&html), "reset-password");
    assert!(html.contains("must not be used any more"), "{html}");
    assert!(input(&html, "new_password").contains("autocomplete=\"new-password\""));
}

#[test]
fn every_card_speaks_arabic() {
    for task in ["choose-organization", "setup-mfa", "reset-password"] {
        let html = pending(task).draw("ar", || view! { <SignIn /> });
        assert!(html.contains("dir=\"rtl\""), "{html}");
        let title = html.split_once("part=\"title\"").unwrap().1;
        let title = title.split_once('>').unwrap().1.split('<').next().unwrap();
        assert!(
            !title.contains(char::is_alphabetic) || !title.is_ascii(),
            "{title}"
        );
    }
}

/// The card of a world where somebody chose this.
fn next(world: &World, chosen: Step) -> Step {
    let environment = Environment::read(&world.environment);
    let client = Client::read(&world.client);
    let now = Timestamp(NOW_MS);
    step::of(environment.as_ref(), client.as_ref(), Some(chosen), now)
}

#[test]
fn what_was_chosen_counts_for_the_proof_it_was_chosen_for() {
    let methods = Step::Later(Later::Methods {
        round: Round::First,
        instead_of: Strategy::Password,
    });
    let mut world = attempt(|_| ());
    assert_eq!(next(&world, methods), methods);
    assert_eq!(next(&world, Step::Identifier), Step::Identifier);
    let attempt = &mut world.client["sign_in"];
    attempt["status"] = json!("needs_second_factor");
    attempt["supported_second_factors"] = json!([{ "strategy": "totp" }]);
    let app = Step::Later(Later::Proof(Round::Second, Strategy::Totp));
    assert_eq!(next(&world, methods), app);
    assert_eq!(next(&world, Step::Identifier), Step::Identifier);
}

#[test]
fn codes_that_are_shown_once_stay_when_the_session_is_active() {
    let mut world = World::new();
    world.client = signed_in();
    let codes = Step::Later(Later::Task(Task::SetupMfa));
    assert_eq!(next(&world, codes), codes);
}

#[test]
fn nobody_is_told_to_be_signed_in_who_signed_out_again() {
    let world = World::new();
    assert_eq!(next(&world, Step::Later(Later::Done)), Step::Identifier);
}
