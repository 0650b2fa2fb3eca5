//! What the page's address, and what happened on another page, ask for before anybody types anything.

use frontdesk_protocol::{CreateSignIn, Secret};
use leptos::task::spawn_local;

use super::begin::session_of;
use super::flow::is_transferable;
use super::step::{Later, Step};
use super::{Flow, around, provider};
use crate::captcha;
use crate::kit::recall;
use crate::link::Landing;
use crate::page;

const TICKET: &str = "__clerk_ticket";
/// The same in short; pages use this word for other things, too.
const SHORT_TICKET: &str = "ticket";
const STATUS: &str = "__clerk_status";
const SESSION: &str = "__clerk_created_session";

/// Heeds it, once.
pub fn arrive(flow: Flow) {
    recall(&[("identifier", flow.identifier)]);
    let query = page::query();
    let get = |name: &str| query.as_ref().and_then(|query| query.get(name));
    let status = get(STATUS);
    let is_ours = status.as_deref() == Some("sign_in");
    let short = get(SHORT_TICKET).filter(|_| is_ours);
    match (get(TICKET).or(short), status.as_deref()) {
        (Some(ticket), Some("sign_in") | None) => redeem(flow, ticket),
        (None, Some(status)) => land(flow, status),
        (Some(_), Some(_)) | (None, None) => return_from_provider(flow),
    }
}

/// Signs in with the ticket of a link.
fn redeem(flow: Flow, ticket: String) {
    page::forget(&[TICKET, SHORT_TICKET, STATUS]);
    flow.chosen.set(Some(Step::Loading));
    let command = CreateSignIn {
        strategy: Some("ticket".to_owned()),
        ticket: Some(Secret::new(ticket)),
        locale: flow.locale(),
        ..CreateSignIn::default()
    };
    let desk = flow.site.desk();
    flow.form.send(Box::pin(async move {
        let answer = captcha::begin_sign_in(&desk, &command).await;
        if flow.chosen.is_disposed() {
            return Ok(());
        }
        // Whoever was invited, and is signed in, is in the organization by now.
        if let Some(session) = answer.as_ref().err().and_then(session_of) {
            return flow.go_on_as(&session).await;
        }
        flow.chosen.set(None);
        flow.advance(answer)
    }));
}

/// Goes on from the link of a mail.
fn land(flow: Flow, status: &str) {
    let is_signed_in = flow
        .site
        .desk()
        .client()
        .is_some_and(|client| client.active_session().is_some());
    let Some(landing) = Landing::of(status) else {
        return return_from_provider(flow);
    };
    page::forget(&[STATUS, SESSION]);
    if landing == Landing::Elsewhere && is_signed_in {
        return flow.finish();
    }
    flow.chosen.set(Some(Step::Later(Later::Landing(landing))));
}

/// Goes on to an account where there is none yet, and lets nobody read twice what went wrong.
fn return_from_provider(flow: Flow) {
    let desk = flow.site.desk();
    let client = desk.client();
    let attempt = client
        .as_deref()
        .and_then(|client| client.sign_in.as_ref())
        .filter(|attempt| around::is_unnamed(attempt) || is_transferable(attempt));
    let Some(attempt) = attempt else {
        return;
    };
    let verification = attempt.first_factor_verification.as_ref();
    if is_transferable(attempt) {
        if provider::may_join(flow) {
            flow.chosen.set(Some(Step::Loading));
            provider::sign_up(flow);
        }
    } else if verification.is_some_and(|it| it.error.is_some()) {
        let command = CreateSignIn {
            locale: flow.locale(),
            ..CreateSignIn::default()
        };
        spawn_local(async move { drop(desk.create_sign_in(&command).await) });
    }
}
