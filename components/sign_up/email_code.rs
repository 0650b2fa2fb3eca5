//! The card that asks for the code sent to the address.

use frontdesk_locale::Text;
use frontdesk_protocol::{
    AttemptVerification, ErrorCode, PrepareVerification, Secret, SignUp, SignUpVerification,
    Strategy, Timestamp, VerificationStatus,
};
use leptos::prelude::*;

use super::step::Chosen;
use super::{Flow, has_code};
use crate::kit::{El, Handle, Problem, card, identity, words};

/// Draws the card, and asks for a code unless one is on its way.
pub fn draw(flow: Flow, focus: Handle) -> El {
    let form = flow.form;
    let site = flow.site;
    if cfg!(target_arch = "wasm32") && needs_code(flow) {
        prepare(flow, false);
    }
    let address = move || {
        site.of_client(|client| client.sign_up.as_ref()?.email_address.clone())
            .unwrap_or_default()
    };
    let resend_at =
        move || site.of_client(|client| verification(client.sign_up.as_ref()?)?.resend_at);
    let fields = form
        .draw(move || submit(flow))
        .child(form.code(focus, flow.code, move || submit(flow)))
        .child(form.submit(Text::action_continue))
        .child(form.resend(resend_at, move || prepare(flow, true)));
    let edit = move || flow.choose(Chosen::Details);
    card(Text::sign_up_code_title)
        .subtitle(words(move |text| text.sign_up_code_subtitle(&address())))
        .identity(identity(address, Text::sign_in_edit_identifier, edit))
        .main(form.alert())
        .main(fields)
        .into()
}

fn verification(attempt: &SignUp) -> Option<&SignUpVerification> {
    attempt.verifications.email_address.as_ref()
}

/// Whether no code is on its way, and another one may be asked for.
fn needs_code(flow: Flow) -> bool {
    let now = flow.site.now();
    let is_after = |at: Option<Timestamp>| at.is_some_and(|at| at > now);
    flow.attempt().is_some_and(|attempt| {
        verification(&attempt).is_none_or(|it| {
            let is_live = it.status == VerificationStatus::Unverified
                && it.strategy.is_some()
                && is_after(it.expire_at);
            !is_live && !is_after(it.resend_at)
        })
    })
}

fn prepare(flow: Flow, is_again: bool) {
    let Some(attempt) = untrack(|| flow.attempt()) else {
        return flow.choose(Chosen::Details);
    };
    let command = PrepareVerification {
        strategy: Some(Strategy::EmailCode.as_str().to_owned()),
        ..PrepareVerification::default()
    };
    let desk = flow.site.desk();
    flow.form.send(Box::pin(async move {
        flow.advance(desk.prepare_verification(&attempt.id, &command).await)?;
        if is_again {
            flow.root.announce(Text::status_code_sent);
        }
        Ok(())
    }));
}

fn submit(flow: Flow) {
    let code = flow.code.get_untracked();
    let Some(attempt) = untrack(|| flow.attempt()) else {
        return flow.choose(Chosen::Details);
    };
    if code.is_empty() {
        let problem = Problem::of(ErrorCode::FormParamNil, "code");
        return flow.form.refuse(vec![problem]);
    }
    let command = AttemptVerification {
        strategy: Some(Strategy::EmailCode.as_str().to_owned()),
        code: Some(Secret::new(code)),
        ..AttemptVerification::default()
    };
    let desk = flow.site.desk();
    flow.form.send(Box::pin(async move {
        let answer = desk.attempt_verification(&attempt.id, &command).await;
        // The code was right, so the address is theirs, and they may know that it has an account.
        let exists = answer
            .as_ref()
            .is_err_and(|failure| has_code(failure, ErrorCode::FormIdentifierExists));
        if exists && !flow.chosen.is_disposed() {
            flow.chosen.set(Some(Chosen::Exists));
            return Ok(());
        }
        flow.advance(answer)
    }));
}
