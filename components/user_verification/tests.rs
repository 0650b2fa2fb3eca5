//! The cards that ask for a proof again, read as text.

use frontdesk_protocol::SessionVerification;
use leptos::prelude::*;
use serde_json::{Value, json};

use super::proof::{Proof, Shown};
use super::{Asking, StepUp, StepUpCards};
use crate::kit::{Modal, Root, State};
use crate::provider::use_site;
use crate::scene::ada;
use crate::tests::{NOW_MS, id, input};
use crate::{UserButton, UserProfile, UserVerification};

/// The card for a step-up that waits for `status`, after the person chose `shown`.
fn card(locale: &str, status: &str, ways: &Value, shown: Option<Shown>) -> String {
    let offered = |of: &str| {
        if status == of {
            ways.clone()
        } else {
            json!([])
        }
    };
    let step: SessionVerification = serde_json::from_value(json!({
        "id": id("sess"),
        "status": status,
        "level": "second_factor",
        "supported_first_factors": offered("needs_first_factor"),
        "supported_second_factors": offered("needs_second_factor"),
        "abandon_at": NOW_MS,
    }))
    .expect("a step-up");
    ada().draw(locale, || {
        let root = Root::new("user-verification");
        let asking = Asking {
            site: use_site(),
            modal: Modal::new(),
            asked: State::new(None),
            step_up: StepUp::Here(StepUpCards::ALL),
        };
        let proof = Proof::new(asking, root);
        proof.step.set(Some(step));
        proof.chosen.set(shown);
        AnyView::from(proof.draw())
    })
}

fn way(strategy: &str) -> Value {
    let address = match strategy {
        "email_code" => Some("a***@example.com"),
        "phone_code" => Some("+33 * ** ** 78"),
        _ => None,
    };
    json!({ "strategy": strategy, "safe_identifier": address })
}

#[test]
fn the_strongest_way_is_asked_first() {
    for (status, offered, strongest) in [
        (
            "needs_first_factor",
            vec!["email_code", "password"],
            "password",
        ),
        (
            "needs_first_factor",
            vec!["password", "email_code", "passkey"],
            "passkey",
        ),
        ("needs_first_factor", vec!["email_code"], "email_code"),
        (
            "needs_second_factor",
            vec!["backup_code", "phone_code", "totp"],
            "totp",
        ),
        (
            "needs_second_factor",
            vec!["backup_code", "phone_code"],
            "phone_code",
        ),
    ] {
        let ways: Vec<Value> = offered.iter().map(|strategy| way(strategy)).collect();
        let html = card("en", status, &json!(ways), None);
        let expected = format!(r#"data-strategy="{strongest}""#);
        assert!(html.contains(&expected), "{expected} in {html}");
        let has_others = html.contains("other-way");
        assert_eq!(has_others, offered.len() > 1, "{html}");
    }
}

#[test]
fn a_password_is_asked_for_as_managers_expect() {
    let ways = json!([way("password")]);
    let html = card("en", "needs_first_factor", &ways, None);
    assert!(input(&html, "password").contains(r#"autocomplete="current-password""#));
    assert!(input(&html, "username").contains(r#"value="ada@example.com""#));
}

#[test]
fn of_several_numbers_each_can_be_chosen() {
    let number = |last: u32| json!({ "strategy": "phone_code", "safe_identifier": format!("+33 {last}"), "phone_number_id": id("phn") });
    let ways = json!([number(1), number(2), way("backup_code")]);
    let html = card("en", "needs_second_factor", &ways, Some(Shown::Choice));
    for expected in ["+33 1", "+33 2", "Use a backup code"] {
        assert!(html.contains(expected), "{expected} in {html}");
    }
}

#[test]
fn who_has_no_way_is_told_what_to_do() {
    let ways = json!([way("oauth_github")]);
    let html = card("en", "needs_first_factor", &ways, None);
    assert!(html.contains("Sign out and in again"), "{html}");
    assert!(!html.contains("<form"), "{html}");
}

#[test]
fn it_speaks_the_language_of_the_moment() {
    let ways = json!([way("password")]);
    let html = card("ar", "needs_first_factor", &ways, None);
    assert!(html.contains("إثبات أنك صاحب الحساب"), "{html}");
}

#[test]
fn nothing_is_to_be_seen_until_a_proof_is_wanted() {
    for html in [
        ada().draw("en", || view! { <UserVerification /> }),
        ada().draw("en", || view! { <UserProfile /> }),
        ada().draw("en", || view! { <UserButton /> }),
    ] {
        assert!(html.contains("fd-user-verification"), "{html}");
        assert!(!html.contains("<dialog"), "{html}");
    }
}
