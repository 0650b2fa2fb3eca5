//! What is asked once an organization is there: its logo, and who else is to be in it.

use frontdesk_locale::Text;
use frontdesk_protocol::OrganizationId;
use leptos::task::spawn_local;

use crate::kit::{Card, Form, Handle, Root, State, card};
use crate::organization_profile::Invite;
use crate::picture::{Whose, picture};
use crate::provider::use_site;

/// The card; `finish` runs when nothing is to be done any more.
pub(super) fn draw(root: Root, id: OrganizationId, finish: impl Fn() + 'static) -> Card {
    let site = use_site();
    let id = State::new(id);
    let roles = State::new(Vec::new());
    if cfg!(target_arch = "wasm32") {
        let (desk, id) = (site.desk(), id.get_untracked());
        spawn_local(async move {
            if let Ok(found) = desk.roles(&id).await {
                roles.set(found.data);
            }
        });
    }
    let name = move |text: &Text| {
        let name = site
            .of_client(|client| Some(client.active_membership()?.organization.name.clone()))
            .unwrap_or_default();
        text.create_organization_others(&name)
    };
    let focus = Handle::new();
    focus.focus_when_drawn();
    let finish = Form::new()
        .button("button", Text::action_done, finish)
        .attr("data-action", "finish")
        .keep(focus);
    card(name)
        .subtitle(Text::create_organization_others_subtitle)
        .main(picture(root, Whose::Organization(id)))
        .main(Invite::new(root, id, roles).draw(|| {}))
        .main(finish)
}
