//! Signing in with an account that somebody has elsewhere, and having one made here.

use frontdesk_client::{Failure, Task};
use frontdesk_protocol::json::Source as _;
use frontdesk_protocol::{CreateSignIn, CreateSignUp, SignUpMode, SignUpStatus};
use leptos::prelude::*;

use super::{Flow, identifier};
use crate::captcha;
use crate::kit::keep;
use crate::page;

/// Goes to the provider, which leads back to this page; where that ends at once, to where a sign-in leads.
pub fn enter(flow: Flow, strategy: String) -> Task<Result<(), Failure>> {
    keep(&[("identifier", flow.identifier)]);
    let target = untrack(|| flow.target.url());
    let command = CreateSignIn {
        strategy: Some(strategy),
        redirect_url: Some(page::address()),
        action_complete_redirect_url: Some(page::absolute(&target)),
        locale: flow.locale(),
        ..CreateSignIn::default()
    };
    let desk = flow.site.desk();
    Box::pin(async move {
        let answer = captcha::begin_sign_in(&desk, &command).await;
        flow.advance(answer)?;
        let json = desk.client_json();
        let url = json
            .and_then(|client| client.member("sign_in"))
            .and_then(|attempt| attempt.member("first_factor_verification"))
            .and_then(|verification| verification.member("external_verification_redirect_url"))
            .and_then(|url| url.text());
        if let Some(url) = url {
            page::leave_for(&url).await;
        }
        Ok(())
    })
}

/// Whether whoever has no account here may go on to have one made.
pub fn may_sign_up(flow: Flow) -> bool {
    flow.site
        .of_environment(|it| it.user_settings.sign_up.mode == SignUpMode::Public)
        .unwrap_or_default()
}

/// Whether whoever has no account here goes on to have one made, without being asked.
pub fn may_join(flow: Flow) -> bool {
    untrack(|| {
        let is_combined = flow
            .site
            .of_environment(|it| it.user_settings.sign_in.combined);
        is_combined == Some(true) && may_sign_up(flow)
    })
}

/// Makes an account of what was proven; what is missing is asked for where signing up is.
pub fn sign_up(flow: Flow) {
    let command = CreateSignUp {
        transfer: Some("true".to_owned()),
        locale: flow.locale(),
        ..CreateSignUp::default()
    };
    let desk = flow.site.desk();
    let url = untrack(|| identifier::sign_up_url(flow));
    flow.form.send(Box::pin(async move {
        let outcome = desk.create_sign_up(&command).await;
        if flow.chosen.is_disposed() {
            return Ok(());
        }
        // Nobody waits for it any more, however it went.
        flow.chosen.set(None);
        let attempt = outcome?;
        match (attempt.status, url) {
            (SignUpStatus::Complete, _) => flow.finish(),
            (SignUpStatus::MissingRequirements | SignUpStatus::Abandoned, Some(url)) => {
                page::leave_for(&url).await;
            }
            (SignUpStatus::MissingRequirements | SignUpStatus::Abandoned, None) => {}
        }
        Ok(())
    }));
}
