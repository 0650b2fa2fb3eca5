//! The organization switcher as it is drawn, read as text.

use frontdesk_protocol::Client;
use leptos::prelude::*;
use serde_json::json;

use super::menu::{Managing, Menu};
use super::place::Place;
use crate::create_organization::Creation;
use crate::kit::{Prop, Root, Target};
use crate::scene::{ada, ada_after, id, invitation};
use crate::tests::World;
use crate::{OrganizationCards, OrganizationSwitcher};

fn in_royal_society() -> World {
    ada_after(|session| session["last_active_organization_id"] = json!(id("org", '2')))
}

fn draw() -> AnyView {
    view! { <OrganizationSwitcher /> }.into_any()
}

#[test]
fn the_trigger_names_the_active_organization() {
    let html = in_royal_society().draw("en", draw);
    assert!(html.contains("Royal Society"), "{html}");
    assert!(html.contains(r#"aria-haspopup="menu""#), "{html}");
    assert!(html.contains(r#"aria-expanded="false""#), "{html}");
    assert!(!html.contains(r#"role="menu""#), "{html}");
}

#[test]
fn without_an_organization_it_is_the_personal_account() {
    let html = ada().draw("en", draw);
    assert!(html.contains("Personal account"), "{html}");
}

#[test]
fn strangers_see_nothing_unless_there_is_somewhere_to_sign_in() {
    let hidden = World::new().draw("en", draw);
    assert!(hidden.contains(" hidden"), "{hidden}");
    let shown = World::new().draw("en", || {
        view! { <OrganizationSwitcher sign_in_url="/in" /> }.into_any()
    });
    assert!(!shown.contains(" hidden"), "{shown}");
    assert!(shown.contains(r#"href="/in""#), "{shown}");
}

#[test]
fn its_place_is_kept_while_nothing_is_known() {
    let html = World::new().draw_unloaded("en", draw);
    assert!(html.contains(r#"part="skeleton""#), "{html}");
    assert!(!html.contains(" hidden"), "{html}");
}

#[test]
fn the_menu_has_the_personal_account_first_and_then_every_organization() {
    let client: Client = serde_json::from_value(in_royal_society().client).expect("a client");
    let places = Place::all(&client).expect("somebody is signed in");
    let ids: Vec<&str> = places.iter().map(|place| place.id.as_str()).collect();
    assert_eq!(ids, ["", &id("org", '1'), &id("org", '2')]);
    assert_eq!(Place::active(&client), Some(id("org", '2')));
}

/// The menu as it is open.
fn menu(world: World, hide_personal: Prop) -> String {
    world.draw("en", move || {
        let profile = Managing {
            url: Prop::default(),
            target: Target::new(Prop::default(), false, |config| &config.user_profile_url),
            cards: OrganizationCards::HERE,
        };
        let root = Root::new("organization-switcher");
        let creation = Creation::new(root, Prop::default(), None);
        let menu = Menu::new(hide_personal, profile, creation, None);
        menu.pending.invitations.set(Some(vec![invitation()]));
        (menu.draw(), AnyView::from(menu.menu())).into_any()
    })
}

#[test]
fn what_waits_is_counted_and_can_be_joined() {
    let html = menu(in_royal_society(), Prop::default());
    for expected in [
        r#"data-action="accept-invitation""#,
        r#"data-action="manage-organization""#,
        "thing waits for you",
        "Navy",
    ] {
        assert!(html.contains(expected), "{expected} in {html}");
    }
}

#[test]
fn the_personal_account_has_nothing_to_manage_and_can_be_hidden() {
    let html = menu(ada(), Prop::default());
    assert!(!html.contains("manage-organization"), "{html}");
    assert!(html.contains(r#"data-organization="""#), "{html}");
    let hidden = menu(ada(), Prop::from(""));
    assert!(!hidden.contains(r#"data-organization="""#), "{hidden}");
    assert!(hidden.contains("Choose an organization"), "{hidden}");
}

#[test]
fn of_many_places_those_further_down_are_drawn_later() {
    let world = ada_after(|session| {
        let memberships = &mut session["user"]["organization_memberships"];
        let one = memberships[0].clone();
        *memberships = (0..100).map(|_| one.clone()).collect();
    });
    let html = menu(world, Prop::default());
    assert_eq!(html.matches("menuitemradio").count(), 20, "{html}");
}
