//! The creation of an organization as it is drawn, read as text.

use leptos::prelude::*;

use crate::CreateOrganization;
use crate::scene::ada;
use crate::tests::World;

fn draw() -> AnyView {
    view! { <CreateOrganization sign_in_url="/in" /> }.into_any()
}

#[test]
fn somebody_signed_in_is_asked_for_a_name_and_a_slug() {
    let html = ada().draw("en", draw);
    for expected in [
        r#"class="fd-root fd-create-organization""#,
        r#"name="name""#,
        r#"name="slug""#,
        "Lowercase letters, digits and hyphens.",
        r#"aria-live="polite""#,
    ] {
        assert!(html.contains(expected), "{expected} in {html}");
    }
}

#[test]
fn a_stranger_is_led_to_the_sign_in() {
    let html = World::new().draw("en", draw);
    assert!(
        html.contains("Sign in to create an organization."),
        "{html}"
    );
    assert!(html.contains(r#"href="/in""#), "{html}");
    assert!(!html.contains("<form"), "{html}");
}

#[test]
fn nothing_is_asked_before_it_is_known_who_is_there() {
    let html = World::new().draw_unloaded("en", draw);
    assert!(html.contains(r#"part="skeleton""#), "{html}");
    assert!(!html.contains("<form"), "{html}");
}
