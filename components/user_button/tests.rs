//! The user button as it is drawn, read as text.

use leptos::prelude::*;
use serde_json::json;

use crate::UserButton;
use crate::scene::{ada, ada_after};
use crate::tests::World;

fn draw() -> AnyView {
    view! { <UserButton after_sign_out_url="/in" /> }.into_any()
}

#[test]
fn the_trigger_shows_initials_and_says_what_it_opens() {
    let html = ada().draw("en", draw);
    for expected in [
        r#"class="fd-root fd-user-button""#,
        r#"aria-label="Open the account menu""#,
        r#"aria-haspopup="dialog""#,
        r#"aria-expanded="false""#,
        r#"data-initials="AL""#,
    ] {
        assert!(html.contains(expected), "{expected} in {html}");
    }
    assert!(!html.contains("<dialog"), "{html}");
}

#[test]
fn a_picture_takes_the_place_of_initials() {
    let url = "https://cdn.example/ada.png";
    let world = ada_after(|session| session["user"]["image_url"] = json!(url));
    let html = world.draw("en", draw);
    assert!(
        html.contains(r#"src="https://cdn.example/ada.png""#),
        "{html}"
    );
}

#[test]
fn who_has_neither_name_nor_address_is_called_what_they_sign_in_with() {
    let world = ada_after(|session| {
        for name in ["first_name", "last_name", "primary_email_address_id"] {
            session["user"][name] = json!(null);
        }
        session["public_user_data"]["identifier"] = json!("countess");
    });
    let draw = || view! { <UserButton show_name="" /> }.into_any();
    let html = world.draw("en", draw);
    assert!(html.contains(">countess</span>"), "{html}");
}

#[test]
fn strangers_see_nothing() {
    let html = World::new().draw("en", draw);
    assert!(html.contains(" hidden"), "{html}");
    assert!(!html.contains("<button"), "{html}");
}

#[test]
fn its_place_is_kept_while_nothing_is_known() {
    let html = World::new().draw_unloaded("en", draw);
    assert!(html.contains(r#"part="skeleton""#), "{html}");
}

#[test]
fn it_speaks_and_reads_as_its_language_does() {
    let html = ada().draw("ar", draw);
    assert!(html.contains(r#"lang="ar""#), "{html}");
    assert!(html.contains(r#"dir="rtl""#), "{html}");
}

#[test]
fn the_name_is_shown_where_the_app_wants_it_and_is_part_of_what_the_trigger_is_called() {
    let html = ada().draw("en", || view! { <UserButton show_name="yes" /> });
    assert!(html.contains("data-name"), "{html}");
    assert!(
        html.contains("Ada Lovelace\u{2069}: open the account menu"),
        "{html}"
    );
    let html = ada().draw("en", draw);
    assert!(!html.contains("data-name"), "{html}");
}
