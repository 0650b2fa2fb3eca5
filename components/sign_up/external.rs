//! Signing up with an account that somebody has elsewhere.

use frontdesk_client::Failure;
use frontdesk_protocol::CreateSignUp;
use leptos::prelude::*;

use super::{Flow, send};
use crate::json::state;
use crate::kit::{go, keep};

const ADDRESS: [&str; 4] = [
    "sign_up",
    "verifications",
    "external_account",
    "external_verification_redirect_url",
];

/// Asks the server where the provider is, and goes there; both lead back to this page.
pub fn begin(flow: Flow, strategy: String) {
    keep(&flow.draft.named());
    let is_accepted = flow.draft.is_accepted.get_untracked();
    let command = CreateSignUp {
        strategy: Some(strategy),
        legal_accepted: is_accepted.then(|| "true".to_owned()),
        redirect_url: location().href().ok(),
        action_complete_redirect_url: Some(absolute(untrack(|| flow.target.url()))),
        ..CreateSignUp::default()
    };
    flow.form.send(Box::pin(async move {
        let answer = send::send(flow, None, command).await;
        let is_ok = answer.is_ok();
        flow.advance(answer)?;
        if is_ok && !flow.chosen.is_disposed() {
            let url: Option<String> = untrack(|| state(flow.site, &ADDRESS));
            let url = url.ok_or(Failure::Unavailable {
                retry_after_s: None,
            })?;
            go(None, &url);
        }
        Ok(())
    }));
}

/// An address that means the same on every page.
fn absolute(url: String) -> String {
    match location().origin() {
        Ok(origin) if url.starts_with('/') => [origin, url].concat(),
        Ok(_) | Err(_) => url,
    }
}
