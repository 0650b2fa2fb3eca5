//! The card that asks for six digits: sent to an address or a number, or shown by an app.

use frontdesk_locale::Text;
use frontdesk_protocol::{
    AttemptFactor, PrepareFactor, Secret, SignInStatus, Strategy, Timestamp, Verification,
    VerificationStatus,
};
use leptos::prelude::*;

use super::step::{Later, Round, Step};
use super::{Flow, provider};
use crate::kit::{Card, El, Handle, card, el, words};

/// Draws the card, and asks for a code unless one is on its way.
pub fn draw(flow: Flow, focus: Handle, round: Round, strategy: Strategy) -> El {
    let form = flow.form;
    let site = flow.site;
    let is_sent = strategy != Strategy::Totp;
    if cfg!(target_arch = "wasm32") && is_sent && needs_sending(flow, round, strategy) {
        send(flow, round, strategy, false);
    }
    let resend_at = move || {
        site.of_client(|client| {
            let attempt = client.sign_in.as_ref()?;
            verification(round.verification(attempt), strategy)?.resend_at
        })
    };
    let submit = move || submit(flow, round, strategy);
    let fields = form
        .draw(submit)
        // It is sent by its last digit, so whatever else is to be said comes before it.
        .maybe(flow.trust_box(round))
        .child(form.code(focus, flow.code, submit))
        .child(form.submit(Text::action_continue))
        .maybe(is_sent.then(|| form.resend(resend_at, move || send(flow, round, strategy, true))));
    header(flow, round, strategy)
        .identity(flow.identity())
        .main(form.alert())
        .main(fields.maybe(flow.other_way(round, strategy)))
        .into()
}

/// What the card says. Whether anybody is called what was typed, the first round does not.
fn header(flow: Flow, round: Round, strategy: Strategy) -> Card {
    let attempt = flow.attempt();
    let address = attempt
        .as_ref()
        .and_then(|attempt| round.factor(attempt, strategy)?.safe_identifier.clone())
        .unwrap_or_default();
    let title = match strategy {
        Strategy::PhoneCode => Text::sign_in_phone_code_title,
        Strategy::Totp => Text::sign_in_totp_title,
        Strategy::ResetPasswordEmailCode | Strategy::ResetPasswordPhoneCode => {
            Text::sign_in_reset_title
        }
        Strategy::EmailCode
        | Strategy::EmailLink
        | Strategy::Password
        | Strategy::Passkey
        | Strategy::BackupCode
        | Strategy::Ticket
        | Strategy::OAuth(_) => Text::sign_in_code_title,
    };
    let header = card(title);
    let header = match (strategy, round) {
        (Strategy::Totp, _) => header.subtitle(Text::sign_in_totp_subtitle),
        // Whoever has no account goes on to one, so everybody has a code.
        (_, Round::First) if !provider::may_join(flow) => {
            header.subtitle(words(move |text| text.sign_in_code_subtitle(&address)))
        }
        (_, Round::First | Round::Second) => header.subtitle(words(move |text| {
            text.sign_in_second_code_subtitle(&address)
        })),
    };
    let is_new_device =
        attempt.is_some_and(|attempt| attempt.status == SignInStatus::NeedsClientTrust);
    if is_new_device {
        header.identity(el("p").part("notice").say(Text::sign_in_new_device))
    } else {
        header
    }
}

fn verification(found: Option<&Verification>, strategy: Strategy) -> Option<&Verification> {
    found.filter(|verification| verification.strategy == strategy)
}

/// Whether nothing is on its way, and something may be asked for.
pub fn needs_sending(flow: Flow, round: Round, strategy: Strategy) -> bool {
    let now = flow.site.now();
    let is_after = |at: Option<Timestamp>| at.is_some_and(|at| at > now);
    flow.attempt().is_some_and(|attempt| {
        verification(round.verification(&attempt), strategy).is_none_or(|it| {
            let is_live = it.status == VerificationStatus::Unverified && is_after(it.expire_at);
            !is_live && !is_after(it.resend_at)
        })
    })
}

fn send(flow: Flow, round: Round, strategy: Strategy, is_again: bool) {
    let Some(attempt) = untrack(|| flow.attempt()) else {
        return flow.choose(Step::Identifier);
    };
    let factor = round.factor(&attempt, strategy);
    let command = PrepareFactor {
        strategy: Some(strategy.as_str().to_owned()),
        email_address_id: factor.and_then(|it| Some(it.email_address_id.as_ref()?.to_string())),
        phone_number_id: factor.and_then(|it| Some(it.phone_number_id.as_ref()?.to_string())),
        ..PrepareFactor::default()
    };
    flow.form.send(Box::pin(async move {
        flow.advance(flow.prepare(round, &attempt, &command).await)?;
        if is_again {
            flow.root.announce(Text::status_code_sent);
        }
        Ok(())
    }));
}

/// Sends a code to another of several numbers, and asks for it.
pub fn send_to(flow: Flow, round: Round, command: PrepareFactor) {
    let Some(attempt) = untrack(|| flow.attempt()) else {
        return flow.choose(Step::Identifier);
    };
    flow.form.send(Box::pin(async move {
        flow.advance(flow.prepare(round, &attempt, &command).await)?;
        if !flow.chosen.is_disposed() {
            let asked = Later::Proof(round, Strategy::PhoneCode);
            flow.chosen.set(Some(Step::Later(asked)));
        }
        Ok(())
    }));
}

fn submit(flow: Flow, round: Round, strategy: Strategy) {
    let Some(code) = flow.form.whole_code(flow.code) else {
        return;
    };
    let command = AttemptFactor {
        strategy: Some(strategy.as_str().to_owned()),
        code: Some(Secret::new(code)),
        trust_device: flow.trust_device(),
        ..AttemptFactor::default()
    };
    flow.prove(round, command);
}
