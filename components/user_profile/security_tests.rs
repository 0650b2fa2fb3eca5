//! What the sections about proofs show, read as text.

use frontdesk_locale::Text;
use frontdesk_protocol::json::Read as _;
use frontdesk_protocol::{DeviceSession, Timestamp};
use leptos::prelude::*;
use serde_json::{Value, json};

use super::devices::Devices;
use super::moment::day_and_time;
use super::tests::both_pages;
use crate::kit::{Form, Handle, Root, State};
use crate::provider::use_site;
use crate::qr::picture;
use crate::scene::{ada_after, id};
use crate::tests::{NOW_MS, World};

/// Both pages, one after the other.
fn draw(world: World) -> String {
    both_pages(world, "en")
}

/// Ada in a world whose settings use everything, after a change to her.
fn everywhere(change: impl FnOnce(&mut Value)) -> World {
    let mut world = ada_after(|session| change(&mut session["user"]));
    let settings = &mut world.environment["user_settings"];
    let on = json!({
        "enabled": true, "required": false, "used_for_first_factor": true, "used_for_second_factor": true,
    });
    for name in [
        "phone_number",
        "username",
        "passkey",
        "authenticator_app",
        "backup_code",
    ] {
        settings["attributes"][name] = on.clone();
    }
    settings["username_settings"] = json!({ "min_length": 4, "max_length": 32 });
    settings["social"] = json!({
        "oauth_github": provider("GitHub"),
        "oauth_acme": provider("Acme"),
    });
    world
}

fn provider(name: &str) -> Value {
    json!({
        "enabled": true, "required": false, "authenticatable": true,
        "strategy": format!("oauth_{}", name.to_lowercase()), "not_selectable": false, "name": name,
    })
}

fn number(digit: char, number: &str, status: &str, is_factor: bool) -> Value {
    json!({
        "id": id("phn", digit),
        "phone_number": number,
        "verification": { "status": status, "strategy": "phone_code", "attempts": 0 },
        "reserved_for_second_factor": is_factor,
        "default_second_factor": false,
        "created_at": NOW_MS,
        "updated_at": NOW_MS,
    })
}

fn section<'html>(html: &'html str, name: &str) -> &'html str {
    let start = html
        .find(&format!(r#"data-section="{name}""#))
        .unwrap_or_else(|| panic!("{name} in {html}"));
    html[start..].split("</section>").next().unwrap_or_default()
}

#[test]
fn what_the_settings_do_not_use_is_not_there() {
    let html = draw(ada_after(|_| ()));
    for name in [
        "username",
        "phones",
        "passkeys",
        "two-step",
        "connected",
        "devices",
    ] {
        assert!(
            !html.contains(&format!(r#"data-section="{name}""#)),
            "{name} in {html}"
        );
    }
}

#[test]
fn who_has_nothing_yet_can_begin() {
    let html = draw(everywhere(|_| ()));
    assert!(
        section(&html, "username").contains("Choose a username"),
        "{html}"
    );
    assert!(
        section(&html, "phones").contains(r#"data-action="add-phone""#),
        "{html}"
    );
    let passkeys = section(&html, "passkeys");
    assert!(
        passkeys.contains("No passkey yet") && passkeys.contains("add-passkey"),
        "{passkeys}"
    );
    let steps = section(&html, "two-step");
    assert!(
        steps.contains("Nothing is asked for") && steps.contains("add-totp"),
        "{steps}"
    );
    assert!(
        !steps.contains("new-backup-codes"),
        "there is nothing they would stand in for: {steps}"
    );
    let connected = section(&html, "connected");
    assert!(
        connected.contains("Connect \u{2068}GitHub\u{2069}"),
        "{connected}"
    );
}

#[test]
fn a_username_is_shown_and_can_be_changed() {
    let html = draw(everywhere(|user| user["username"] = json!("ada")));
    let section = section(&html, "username");
    assert!(
        section.contains(">ada<") && section.contains("Change username"),
        "{section}"
    );
}

#[test]
fn each_number_has_the_buttons_that_make_sense_for_it() {
    let html = draw(everywhere(|user| {
        user["primary_phone_number_id"] = json!(id("phn", '4'));
        user["phone_numbers"] = json!([
            number('5', "+14155550132", "verified", false),
            number('6', "+14155550133", "unverified", false),
            number('4', "+33612345678", "verified", false),
        ]);
    }));
    let phones = section(&html, "phones");
    assert!(
        phones.find("+33612345678") < phones.find("+14155550132"),
        "{phones}"
    );
    assert_eq!(phones.matches(r#"data-kind="primary""#).count(), 1);
    assert_eq!(phones.matches(r#"data-action="make-primary""#).count(), 1);
    assert_eq!(phones.matches(r#"data-action="verify""#).count(), 1);
    assert_eq!(phones.matches(r#"data-action="remove""#).count(), 3);
    let steps = section(&html, "two-step");
    assert_eq!(
        steps.matches("add-phone-factor").count(),
        2,
        "only proven ones: {steps}"
    );
}

#[test]
fn a_passkey_says_what_it_is_and_when_it_was_used() {
    let html = draw(everywhere(|user| {
        user["passkeys"] = json!([
            {
                "id": id("psk", '1'), "name": "Laptop", "last_used_at": NOW_MS,
                "created_at": NOW_MS, "updated_at": NOW_MS,
            },
            {
                "id": id("psk", '2'), "name": "Begun",
                "verification": { "status": "unverified", "strategy": "passkey", "attempts": 0 },
                "created_at": NOW_MS, "updated_at": NOW_MS,
            },
        ]);
    }));
    let passkeys = section(&html, "passkeys");
    assert!(
        passkeys.contains("Last used on \u{2068}2023-11-14\u{2069}"),
        "{passkeys}"
    );
    assert!(
        passkeys.contains("Rename \u{2068}Laptop\u{2069}"),
        "{passkeys}"
    );
    assert!(
        !passkeys.contains("Begun"),
        "what was never made is not there: {passkeys}"
    );
}

#[test]
fn every_second_step_is_listed() {
    let html = draw(everywhere(|user| {
        user["totp_enabled"] = json!(true);
        user["backup_code_enabled"] = json!(true);
        user["phone_numbers"] = json!([number('4', "+33612345678", "verified", true)]);
    }));
    let steps = section(&html, "two-step");
    for factor in ["totp", "phone_code", "backup_code"] {
        assert!(
            steps.contains(&format!(r#"data-factor="{factor}""#)),
            "{factor} in {steps}"
        );
    }
    assert!(
        steps.contains("Remove \u{2068}Authenticator app\u{2069}"),
        "{steps}"
    );
    assert!(
        !steps.contains(r#"data-action="add-totp""#),
        "there is one: {steps}"
    );
}

#[test]
fn connected_accounts_are_called_what_people_call_them() {
    let html = draw(everywhere(|user| {
        user["external_accounts"] = json!([{
            "id": id("eac", '1'), "provider": "oauth_github", "provider_user_id": "1",
            "approved_scopes": "", "email_address": "ada@example.com", "username": "countess",
            "image_url": "", "verification": null, "created_at": NOW_MS, "updated_at": NOW_MS,
        }]);
    }));
    let connected = section(&html, "connected");
    assert!(
        connected.contains("Remove \u{2068}GitHub\u{2069}"),
        "{connected}"
    );
    assert!(connected.contains("countess"), "{connected}");
    assert!(!connected.contains("Connect \u{2068}GitHub"), "{connected}");
    assert!(connected.contains("Connect \u{2068}Acme"), "{connected}");
}

#[test]
fn this_device_cannot_be_signed_out_of_from_the_list() {
    let session = |name: &str, device: Option<&str>| {
        let json = json!({
            "id": name, "status": "active", "last_active_at": NOW_MS,
            "latest_activity": { "browser_name": "Firefox", "device_type": device, "ip_address": "192.0.2.7" },
        });
        DeviceSession::read(&json).expect("a session")
    };
    let here = crate::tests::id("sess");
    let known = vec![
        session(&here, Some("Linux")),
        session(&id("sess", '2'), None),
    ];
    let html = ada_after(|_| ()).draw("en", || {
        let root = Root::new("user-profile");
        let devices = Devices {
            site: use_site(),
            root,
            form: Form::new(),
            title: Handle::new(),
            known: State::new(Vec::new()),
        };
        AnyView::from(devices.draw(&known))
    });
    assert!(
        html.contains("\u{2068}Firefox\u{2069} on \u{2068}Linux\u{2069}"),
        "{html}"
    );
    assert_eq!(html.matches("This device").count(), 1, "{html}");
    assert_eq!(html.matches(r#"data-action="revoke""#).count(), 1, "{html}");
    assert!(html.contains("192.0.2.7"), "{html}");
}

#[test]
fn a_key_becomes_a_picture_with_an_edge() {
    let uri = "otpauth://totp/Acme:ada@example.com?secret=JBSWY3DPEHPK3PXP&issuer=Acme";
    let picture = picture(uri).expect("it is short enough");
    assert!(
        picture.starts_with("data:image/svg+xml,%3Csvg"),
        "{picture}"
    );
    // The first row of modules begins with a finder: seven dark ones behind the edge.
    assert!(picture.contains("M4,4h7v1h-7z"), "{picture}");
    assert!(
        !picture.contains('#') && !picture.contains('"'),
        "{picture}"
    );
    assert!(picture.len() < 12_000, "{}", picture.len());
    assert_eq!(crate::qr::picture(&"x".repeat(5000)), None);
}

#[test]
fn a_moment_is_told_in_the_calendar() {
    let text = Text::english();
    assert_eq!(day_and_time(&text, Timestamp(0)), "1970-01-01 00:00");
    assert_eq!(
        day_and_time(&text, Timestamp(951_782_400_000)),
        "2000-02-29 00:00"
    );
    assert_eq!(day_and_time(&text, Timestamp(NOW_MS)), "2023-11-14 22:13");
}
