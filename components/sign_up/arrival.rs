//! What a page may bring along: a ticket, or somebody whom a sign-in found to have no account.

use frontdesk_client::Failure;
use frontdesk_protocol::{
    CreateSignIn, CreateSignUp, ErrorCode, Secret, SignInStatus, SignUp, VerificationStatus,
};
use leptos::prelude::*;

use super::step::{Chosen, Step};
use super::{Flow, send};
use crate::kit::{Problem, go, recall};
use crate::link::Landing;
use crate::page;

/// The names of the ticket, and of what it is for.
const TICKET: [&str; 2] = ["__clerk_ticket", "ticket"];
const STATUS: &str = "__clerk_status";
const SESSION: &str = "__clerk_created_session";

/// The page's ticket, unless it is for signing in.
pub fn ticket() -> Option<String> {
    let query = page::query()?;
    let is_ours = query.get(STATUS).is_none_or(|status| status == "sign_up");
    let ticket = TICKET.iter().find_map(|name| query.get(name));
    ticket.filter(|ticket| is_ours && !ticket.is_empty())
}

/// Does what the page was opened for, once it is known what the server knows.
pub fn arrive(flow: Flow) {
    recall(&flow.draft.named());
    if let Some(ticket) = flow.ticket.get_untracked() {
        return begin(
            flow,
            CreateSignUp {
                strategy: Some("ticket".to_owned()),
                ticket: Some(Secret::new(ticket)),
                ..CreateSignUp::default()
            },
        );
    }
    if land(flow) {
        return;
    }
    if is_transferable(flow) {
        return begin(
            flow,
            CreateSignUp {
                transfer: Some("true".to_owned()),
                ..CreateSignUp::default()
            },
        );
    }
    let Some(verification) = flow
        .attempt()
        .and_then(|attempt| attempt.verifications.external_account)
    else {
        return;
    };
    let Some(error) = verification.error else {
        return;
    };
    let has_account = error.code == ErrorCode::ExternalAccountExists;
    if has_account && verification.status == VerificationStatus::Transferable {
        return sign_in(flow);
    }
    flow.form.refuse(Problem::all(Failure::refused([error])));
}

/// Goes on from the link of a mail, if that is where the page was opened from.
fn land(flow: Flow) -> bool {
    let query = page::query();
    let get = |name: &str| query.as_ref().and_then(|query| query.get(name));
    let Some(landing) = get(STATUS).as_deref().and_then(Landing::of) else {
        return false;
    };
    page::forget(&[STATUS, SESSION]);
    let created = get(SESSION);
    let is_here = flow.site.of_client(|client| {
        let mut ids = client.sessions.iter().map(|session| session.id.as_str());
        let created = created.as_deref()?;
        ids.find(|id| *id == created).map(drop)
    });
    if is_here.is_some() {
        flow.finish();
    } else if matches!(flow.step(), Step::Exists(_)) {
        // The card for that says why the link was of no use.
    } else if landing != Landing::Elsewhere || flow.attempt().is_none() {
        flow.chosen.set(Some(Chosen::Landing(landing)));
    }
    true
}

/// Whether somebody proved to a provider who they are, but nobody here is that, and no sign-up goes on with it.
fn is_transferable(flow: Flow) -> bool {
    let known = flow
        .attempt()
        .and_then(|it| it.verifications.external_account);
    if known.is_some_and(|it| it.status == VerificationStatus::Verified) {
        return false;
    }
    let status = flow.site.of_client(|client| {
        let verification = client
            .sign_in
            .as_ref()?
            .first_factor_verification
            .as_ref()?;
        Some(verification.status)
    });
    status == Some(VerificationStatus::Transferable)
}

fn begin(flow: Flow, command: CreateSignUp) {
    flow.is_arriving.set(true);
    flow.form.send(Box::pin(async move {
        let answer: Result<SignUp, Failure> = send::send(flow, None, command).await;
        if let Some(ticket) = flow.ticket.try_get_untracked().flatten() {
            page::forget(&[TICKET[0], TICKET[1], STATUS]);
            // Whoever has an account by now joins with that.
            let sign_in = answer.as_ref().err().filter(|it| is_for_sign_in(it));
            if let Some(url) = sign_in.and_then(|_| untrack(|| flow.sign_in_url())) {
                page::leave_for(&with_ticket(&url, &ticket)).await;
                return Ok(());
            }
            if answer.is_err() {
                flow.ticket.set(None);
            }
        }
        let outcome = flow.advance(answer);
        flow.is_arriving.set(false);
        outcome
    }));
}

/// Whether a ticket is refused because its address has an account, which the server tells by the field.
fn is_for_sign_in(failure: &Failure) -> bool {
    let Failure::Refused(errors) = failure else {
        return false;
    };
    errors.iter().any(|error| {
        error.code == ErrorCode::TicketInvalid
            && error.meta.param_name.as_deref() == Some("email_address")
    })
}

fn with_ticket(url: &str, ticket: &str) -> String {
    let (page, fragment) = url.split_once('#').unwrap_or((url, ""));
    let mark = if page.contains('?') { "&" } else { "?" };
    let hash = if fragment.is_empty() { "" } else { "#" };
    let named = ["__clerk_ticket=", ticket, "&__clerk_status=sign_in"].concat();
    [page, mark, &named, hash, fragment].concat()
}

/// Somebody whose account elsewhere belongs to an account here is signed in with it.
fn sign_in(flow: Flow) {
    flow.is_arriving.set(true);
    let desk = flow.site.desk();
    let command = CreateSignIn {
        transfer: Some("true".to_owned()),
        ..CreateSignIn::default()
    };
    flow.form.send(Box::pin(async move {
        let answer = desk.create_sign_in(&command).await;
        flow.is_arriving.set(false);
        if flow.chosen.is_disposed() {
            return Ok(());
        }
        if answer?.status == SignInStatus::Complete {
            flow.finish();
        } else if let Some(url) = untrack(|| flow.sign_in_url()) {
            // There is one more proof to give, and that card is there.
            go(None, &url);
        }
        Ok(())
    }));
}
