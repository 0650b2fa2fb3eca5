//! What is asked once an organization is there: its logo, and who else is to be in it.

use frontdesk_locale::Text;
use frontdesk_protocol::OrganizationId;

use crate::kit::{Card, Form, Handle, Root, State, card, el};
use crate::organization::load_roles;
use crate::organization_profile::Invite;
use crate::picture::{Whose, picture};
use crate::provider::use_site;

/// The card; `finish` runs when nothing is to be done any more.
pub(super) fn draw(root: Root, id: OrganizationId, finish: impl Fn() + 'static) -> Card {
    let site = use_site();
    let id = State::new(id);
    let roles = State::new(Vec::new());
    load_roles(site, id.get_untracked(), roles);
    let name = move |text: &Text| {
        let name = site
            .of_client(|client| Some(client.active_membership()?.organization.name.clone()))
            .unwrap_or_default();
        text.create_organization_others(&name)
    };
    let title = Handle::new();
    title.focus_when_drawn();
    let finish = Form::new()
        .button("button", Text::action_done, finish)
        .attr("data-action", "finish");
    card(name)
        .keep(title)
        .subtitle(Text::create_organization_others_subtitle)
        .main(
            el("div")
                .attr("data-others", "")
                .child(picture(root, Whose::Organization(id)))
                .child(Invite::new(root, id, roles).draw(|| {}))
                .child(finish),
        )
}
