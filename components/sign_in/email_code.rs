//! The card that asks for a code sent by e-mail.

use frontdesk_locale::Text;
use frontdesk_protocol::{
    AttemptFactor, ErrorCode, PrepareFactor, Secret, SignIn, Strategy, Timestamp, Verification,
    VerificationStatus,
};
use leptos::prelude::*;

use super::Flow;
use crate::kit::{El, Handle, Problem, card, words};

/// Draws the card, and asks for a code unless one is on its way.
pub fn draw(flow: Flow, focus: Handle) -> El {
    let form = flow.form;
    let site = flow.site;
    let address = flow.attempt().as_ref().and_then(address);
    let (_, address) = address.unwrap_or_default();
    if cfg!(target_arch = "wasm32") && needs_code(flow) {
        prepare(flow, false);
    }
    let resend_at =
        move || site.of_client(|client| verification(client.sign_in.as_ref()?)?.resend_at);
    let fields = form
        .draw(move || submit(flow))
        .child(form.code(focus, flow.code, move || submit(flow)))
        .child(form.submit(Text::action_continue))
        .child(form.resend(resend_at, move || prepare(flow, true)));
    card(Text::sign_in_code_title)
        .subtitle(words(move |text| text.sign_in_code_subtitle(&address)))
        .identity(flow.identity())
        .main(form.alert())
        .main(fields.maybe(flow.other_way(Strategy::EmailCode)))
        .into()
}

/// Where a code goes: the address's id, and the address, masked.
fn address(attempt: &SignIn) -> Option<(String, String)> {
    attempt
        .supported_first_factors
        .iter()
        .find(|factor| factor.strategy == Strategy::EmailCode)
        .and_then(|factor| {
            let id = factor.email_address_id.as_ref()?.as_str().to_owned();
            Some((id, factor.safe_identifier.clone()?))
        })
}

fn verification(attempt: &SignIn) -> Option<&Verification> {
    attempt
        .first_factor_verification
        .as_ref()
        .filter(|verification| verification.strategy == Strategy::EmailCode)
}

/// Whether no code is on its way, and another one may be asked for.
fn needs_code(flow: Flow) -> bool {
    let now = flow.site.now();
    let is_after = |at: Option<Timestamp>| at.is_some_and(|at| at > now);
    flow.attempt().is_some_and(|attempt| {
        verification(&attempt).is_none_or(|it| {
            let is_live = it.status == VerificationStatus::Unverified && is_after(it.expire_at);
            !is_live && !is_after(it.resend_at)
        })
    })
}

fn prepare(flow: Flow, is_again: bool) {
    let Some(attempt) = untrack(|| flow.attempt()) else {
        return flow.choose(super::Chosen::Identifier);
    };
    let command = PrepareFactor {
        strategy: Some(Strategy::EmailCode.as_str().to_owned()),
        email_address_id: address(&attempt).map(|(id, _)| id),
        ..PrepareFactor::default()
    };
    let desk = flow.site.desk();
    flow.form.send(Box::pin(async move {
        flow.advance(desk.prepare_first_factor(&attempt.id, &command).await)?;
        if is_again {
            flow.root.announce(Text::status_code_sent);
        }
        Ok(())
    }));
}

fn submit(flow: Flow) {
    let code = flow.code.get_untracked();
    let Some(attempt) = untrack(|| flow.attempt()) else {
        return flow.choose(super::Chosen::Identifier);
    };
    if code.is_empty() {
        let problem = Problem::of(ErrorCode::FormParamNil, "code");
        return flow.form.refuse(vec![problem]);
    }
    let command = AttemptFactor {
        strategy: Some(Strategy::EmailCode.as_str().to_owned()),
        code: Some(Secret::new(code)),
        ..AttemptFactor::default()
    };
    let desk = flow.site.desk();
    flow.form.send(Box::pin(async move {
        flow.advance(desk.attempt_first_factor(&attempt.id, &command).await)
    }));
}
