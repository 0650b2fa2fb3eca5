//! What an event says of the thing it happened to: the same as the Admin API shows of it.

use anyhow::Result;
use frontdesk_protocol::{MembershipId, OrganizationId, SessionId, UserId};
use serde::Serialize;
use serde_json::{Value, json};

use crate::app::App;
use crate::resource;
use crate::routes::admin;
use crate::store::{Event, family};

/// What `event` says, as things are now; nothing where there is nothing left to tell of.
///
/// An event about a membership learns here whom it is about.
///
/// # Errors
/// Where the store broke.
pub async fn of(app: &App, event: &mut Event) -> Result<Option<Value>> {
    if event.kind.ends_with(".deleted") {
        return Ok(Some(deleted(event)));
    }
    let subject = event.subject.as_str();
    match family(&event.kind) {
        "user" => {
            let Some(id) = UserId::parse(subject) else {
                return Ok(None);
            };
            let Some(known) = app.store.known(&id).await? else {
                return Ok(None);
            };
            value(admin::user(app, known))
        }
        "session" => {
            let Some(id) = SessionId::parse(subject) else {
                return Ok(None);
            };
            let device = app.store.device(&id, None, app.now()).await?;
            device.map_or(Ok(None), |device| value(admin::session(&device)))
        }
        "organization" => {
            let Some(id) = OrganizationId::parse(subject) else {
                return Ok(None);
            };
            let Some(mut organization) = app.store.organization(&id).await? else {
                return Ok(None);
            };
            resource::organization(app, &mut organization);
            value(admin::organization(app, organization).await?)
        }
        "organizationMembership" => membership(app, event).await,
        "organizationDomain" => {
            let Some(host) = app.store.host_of(subject).await? else {
                return Ok(None);
            };
            let found = app.store.domain(&host, subject, app.now()).await?;
            found.map_or(Ok(None), value)
        }
        "organizationInvitation" => {
            let Some(host) = app.store.host_of(subject).await? else {
                return Ok(None);
            };
            let found = app
                .store
                .organization_invitation(&host, subject, app.now())
                .await?;
            found.map_or(Ok(None), value)
        }
        _ => Ok(None),
    }
}

async fn membership(app: &App, event: &mut Event) -> Result<Option<Value>> {
    let Some(id) = MembershipId::parse(&event.subject) else {
        return Ok(None);
    };
    let Some((organization, user)) = app.store.parties(&id).await? else {
        return Ok(None);
    };
    let Some(mut organization) = app.store.organization(&organization).await? else {
        return Ok(None);
    };
    resource::organization(app, &mut organization);
    let found = app.store.membership(&organization, &user).await?;
    event.user = Some(user);
    found.map_or(Ok(None), value)
}

fn deleted(event: &Event) -> Value {
    let object = match family(&event.kind) {
        "organizationMembership" => "organization_membership",
        "organizationDomain" => "organization_domain",
        other => other,
    };
    let mut data = json!({ "object": object, "id": event.subject, "deleted": true });
    if let Some(organization) = &event.organization {
        data["organization_id"] = json!(organization);
        data["user_id"] = json!(event.user);
    }
    data
}

fn value(shown: impl Serialize) -> Result<Option<Value>> {
    Ok(Some(serde_json::to_value(shown)?))
}
