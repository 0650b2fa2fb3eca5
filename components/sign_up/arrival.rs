//! What a page may bring along: a ticket, or somebody whom a sign-in found to have no account.

use frontdesk_client::Failure;
use frontdesk_protocol::{
    CreateSignIn, CreateSignUp, ErrorCode, Secret, SignInStatus, SignUp, VerificationStatus,
};
use leptos::prelude::*;
use web_sys::UrlSearchParams;

use super::{Flow, send};
use crate::kit::{Problem, go, recall};

/// The names of the ticket, and of what it is for.
const TICKET: [&str; 2] = ["__clerk_ticket", "ticket"];
const STATUS: &str = "__clerk_status";

/// The page's ticket, unless it is for signing in.
pub fn ticket() -> Option<String> {
    if !cfg!(target_arch = "wasm32") {
        return None;
    }
    let query = query()?;
    let is_ours = query.get(STATUS).is_none_or(|status| status == "sign_up");
    let ticket = TICKET.iter().find_map(|name| query.get(name));
    ticket.filter(|ticket| is_ours && !ticket.is_empty())
}

fn query() -> Option<UrlSearchParams> {
    UrlSearchParams::new_with_str(&location().search().ok()?).ok()
}

/// Takes the ticket out of the address, so that a reload does not spend it once more.
fn forget_ticket() {
    let Some(query) = query() else {
        return;
    };
    for name in TICKET.iter().chain([&STATUS]) {
        query.delete(name);
    }
    let mut url = location().pathname().unwrap_or_default();
    let rest = String::from(query.to_string());
    if !rest.is_empty() {
        url.push('?');
        url.push_str(&rest);
    }
    url.push_str(&location().hash().unwrap_or_default());
    if let Ok(history) = window().history() {
        let state = history.state().unwrap_or_default();
        drop(history.replace_state_with_url(&state, "", Some(&url)));
    }
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
        if flow.ticket.try_get_untracked().flatten().is_some() {
            forget_ticket();
            if answer.is_err() {
                flow.ticket.set(None);
            }
        }
        let outcome = flow.advance(answer);
        flow.is_arriving.set(false);
        outcome
    }));
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
            flow.target.reach(flow.on_signed_up);
        } else if let Some(url) = untrack(|| flow.sign_in_url()) {
            // There is one more proof to give, and that card is there.
            go(None, &url);
        }
        Ok(())
    }));
}
