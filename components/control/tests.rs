//! What is shown to whom, read as text.

use leptos::prelude::*;
use serde_json::json;

use crate::Protect;
use crate::scene::{ada, ada_after, id};
use crate::tests::World;

/// Ada in Analytical Engines, of which she is an admin who may read invoices.
fn at_work() -> World {
    ada_after(|session| {
        session["last_active_organization_id"] = json!(id("org", '1'));
        session["user"]["organization_memberships"][0]["permissions"] =
            json!(["org:invoices:read"]);
    })
}

fn draw(role: Option<&'static str>, permission: Option<&'static str>) -> AnyView {
    let given = |text: Option<&'static str>| text.map(str::to_owned);
    view! {
        <Protect role=given(role) permission=given(permission) fallback=|| "Not for you">
            "Invoices"
        </Protect>
    }
    .into_any()
}

#[test]
fn who_has_all_that_is_asked_sees_it() {
    for (role, permission) in [
        (None, None),
        (Some("org:admin"), None),
        (Some("admin"), Some("org:invoices:read")),
    ] {
        let html = at_work().draw("en", || draw(role, permission));
        assert_eq!(html, "Invoices", "{role:?} {permission:?}");
    }
}

#[test]
fn everybody_else_sees_the_fallback() {
    for (role, permission) in [
        (Some("org:member"), None),
        (Some("org:admin"), Some("org:invoices:create")),
    ] {
        let html = at_work().draw("en", || draw(role, permission));
        assert_eq!(html, "Not for you", "{role:?} {permission:?}");
    }
    let outside = ada().draw("en", || draw(Some("org:admin"), None));
    assert_eq!(outside, "Not for you");
    let stranger = World::new().draw("en", || draw(None, None));
    assert_eq!(stranger, "Not for you");
}

#[test]
fn nothing_is_seen_before_it_is_known_who_is_there() {
    let html = at_work().draw_unloaded("en", || draw(None, None));
    assert_eq!(html, "");
}
