//! The card for a session that waits for an organization to be in.

use frontdesk_client::{Failure, Frontdesk};
use frontdesk_locale::Text;
use frontdesk_protocol::{
    CreateOrganization, ErrorCode, Organization, OrganizationId, SessionId, TouchSession,
};

use super::{Flow, leave};
use crate::kit::{El, Handle, Input, Problem, State, avatar, card, el, part};

/// Draws the card: a button for each organization, and a field for another one.
pub fn draw(flow: Flow, focus: Handle) -> El {
    let form = flow.form;
    let session = flow
        .site
        .of_client(|client| client.pending_session().cloned());
    let Some(session) = session else {
        return crate::kit::skeleton();
    };
    let mut list = el("div").attr("data-list", "");
    let memberships = session.user.organization_memberships;
    let is_member = !memberships.is_empty();
    for membership in memberships {
        list = list.child(organization(flow, &session.id, membership.organization));
    }
    let list = is_member.then_some(list);
    let may_create = session.user.create_organization_enabled;
    let or =
        (is_member && may_create).then(|| part("divider").child(el("span").say(Text::sign_in_or)));
    let none = (!is_member && !may_create)
        .then(|| el("p").part("notice").say(Text::sign_in_organization_none));
    let create = may_create.then(|| {
        let name = State::new(String::new());
        let id = session.id;
        let input =
            Input::new("name", Text::field_organization_name, name).autocomplete("organization");
        form.draw(move || create(flow, &id, name))
            .child(form.field(input))
            .child(form.submit(Text::create_organization_submit))
    });
    card(Text::sign_in_organization_title)
        .subtitle(Text::sign_in_organization_subtitle)
        .keep(focus)
        .main(form.alert())
        .main(
            part("organizations")
                .maybe(none)
                .maybe(list)
                .maybe(or)
                .maybe(create),
        )
        .main(leave::draw(flow))
        .into()
}

fn organization(flow: Flow, session: &SessionId, organization: Organization) -> El {
    let Organization { id, name, .. } = organization;
    let picture = avatar("", &name);
    let session = session.clone();
    let data = id.to_string();
    flow.form
        .button(
            "button",
            move |_: &Text| name.clone(),
            move || {
                let (session, id) = (session.clone(), id.clone());
                let desk = flow.site.desk();
                flow.form.send(Box::pin(
                    async move { enter(flow, &desk, &session, &id).await },
                ));
            },
        )
        .attr("data-organization", data)
        .child(picture)
}

fn create(flow: Flow, session: &SessionId, name: State<String>) {
    let name = name.get_untracked();
    if name.trim().is_empty() {
        let problem = Problem::of(ErrorCode::FormParamNil, "name");
        return flow.form.refuse(vec![problem]);
    }
    let command = CreateOrganization {
        name: Some(name),
        slug: None,
    };
    let session = session.clone();
    let desk = flow.site.desk();
    flow.form.send(Box::pin(async move {
        let created = desk.create_organization(&command).await?;
        enter(flow, &desk, &session, &created.id).await
    }));
}

async fn enter(
    flow: Flow,
    desk: &Frontdesk,
    session: &SessionId,
    id: &OrganizationId,
) -> Result<(), Failure> {
    let command = TouchSession {
        active_organization_id: Some(id.to_string()),
    };
    desk.touch_session(session, &command).await?;
    flow.finish();
    Ok(())
}
