//! The waiting list as it is drawn, read as text.

use leptos::prelude::*;

use crate::Waitlist;
use crate::tests::{World, input};

#[test]
fn it_asks_for_an_address_and_nothing_else() {
    let html = World::new().draw("en", || view! { <Waitlist /> });
    assert!(html.contains(r#"class="fd-root fd-waitlist""#), "{html}");
    assert!(html.contains(r#"data-step="start""#), "{html}");
    assert!(input(&html, "email_address").contains(r#"autocomplete="email""#));
    assert_eq!(html.matches("<input").count(), 1, "{html}");
    assert!(html.contains("Acme"), "{html}");
    assert!(html.contains(r#"href="/sign-in""#), "{html}");
}

#[test]
fn its_place_is_kept_while_nothing_is_known() {
    let html = World::new().draw_unloaded("ar", || view! { <Waitlist /> });
    assert!(
        html.contains(r#"part="skeleton""#) && html.contains(r#"dir="rtl""#),
        "{html}"
    );
}

#[test]
fn the_address_that_is_given_is_filled_in() {
    let html = World::new().draw(
        "fr",
        || view! { <Waitlist initial_email="ada@example.com" /> },
    );
    assert!(
        input(&html, "email_address").contains("ada@example.com"),
        "{html}"
    );
}
