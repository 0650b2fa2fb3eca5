//! The card that asks for the code sent to the address or the number.

use frontdesk_client::Failure;
use frontdesk_locale::Text;
use frontdesk_protocol::{
    AttemptVerification, ErrorCode, Field, PrepareVerification, Secret, SignUp, SignUpVerification,
    Strategy, Timestamp, VerificationStatus,
};
use leptos::prelude::*;

use super::Flow;
use super::step::Chosen;
use crate::kit::{El, Handle, card, identity, words};
use crate::page;

/// A sentence without arguments.
type Say = fn(&Text) -> String;

/// What is verified, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent {
    /// A code in a mail.
    Email,
    /// A code in a text message.
    Phone,
}

impl Sent {
    /// The code's way.
    fn strategy(self) -> Strategy {
        match self {
            Self::Email => Strategy::EmailCode,
            Self::Phone => Strategy::PhoneCode,
        }
    }

    fn field(self) -> Field {
        match self {
            Self::Email => Field::EmailAddress,
            Self::Phone => Field::PhoneNumber,
        }
    }

    /// Where the code goes.
    pub fn to(self, attempt: &SignUp) -> Option<String> {
        match self {
            Self::Email => attempt.email_address.clone(),
            Self::Phone => attempt.phone_number.clone(),
        }
    }

    fn verification(self, attempt: &SignUp) -> Option<&SignUpVerification> {
        match self {
            Self::Email => attempt.verifications.email_address.as_ref(),
            Self::Phone => attempt.verifications.phone_number.as_ref(),
        }
    }
}

/// Draws the card, and asks for a code unless one is on its way.
pub fn draw(flow: Flow, focus: Handle, sent: Sent) -> El {
    let form = flow.form;
    let site = flow.site;
    let strategy = sent.strategy();
    if cfg!(target_arch = "wasm32") && needs_sending(flow, sent, strategy) {
        prepare(flow, strategy, false);
    }
    let to = move || {
        site.of_client(|client| sent.to(client.sign_up.as_ref()?))
            .unwrap_or_default()
    };
    let resend_at =
        move || site.of_client(|client| sent.verification(client.sign_up.as_ref()?)?.resend_at);
    let fields = form
        .draw(move || submit(flow, sent))
        .child(form.code(focus, flow.code, move || submit(flow, sent)))
        .child(form.submit(Text::action_continue))
        .child(form.resend(resend_at, move || prepare(flow, strategy, true)));
    let other = match sent {
        Sent::Email => other_way(flow, Strategy::EmailLink, Text::sign_in_use_email_link),
        Sent::Phone => None,
    };
    let change = move || flow.choose(Chosen::Details);
    let (title, edit): (Say, Say) = match sent {
        Sent::Email => (Text::sign_up_code_title, Text::sign_in_edit_identifier),
        Sent::Phone => (Text::sign_up_phone_code_title, Text::sign_up_edit_phone),
    };
    card(title)
        .subtitle(words(move |text| match sent {
            Sent::Email => text.sign_up_code_subtitle(&to()),
            Sent::Phone => text.sign_up_phone_code_subtitle(&to()),
        }))
        .identity(identity(to, edit, change))
        .main(form.alert())
        .main(fields.maybe(other))
        .into()
}

/// The button that verifies the address in another way, if the settings have that.
pub fn other_way(flow: Flow, strategy: Strategy, label: Say) -> Option<El> {
    let attempt = flow.attempt()?;
    let verification = Sent::Email.verification(&attempt)?;
    let is_offered = verification.supported_strategies.contains(&strategy);
    is_offered.then(|| {
        flow.form
            .button("link", label, move || prepare(flow, strategy, false))
            .attr("data-strategy", strategy.as_str().to_owned())
    })
}

/// Whether nothing is on its way in this way, and something may be asked for.
pub fn needs_sending(flow: Flow, sent: Sent, strategy: Strategy) -> bool {
    let now = flow.site.now();
    let is_after = |at: Option<Timestamp>| at.is_some_and(|at| at > now);
    flow.attempt().is_some_and(|attempt| {
        sent.verification(&attempt).is_none_or(|it| {
            let is_live = it.status == VerificationStatus::Unverified
                && it.strategy == Some(strategy)
                && is_after(it.expire_at);
            !is_live && !is_after(it.resend_at)
        })
    })
}

/// Asks for a code, or for a link that leads back to this page.
pub fn prepare(flow: Flow, strategy: Strategy, is_again: bool) {
    let Some(attempt) = untrack(|| flow.attempt()) else {
        return flow.choose(Chosen::Details);
    };
    let is_link = strategy == Strategy::EmailLink;
    let command = PrepareVerification {
        strategy: Some(strategy.as_str().to_owned()),
        redirect_url: is_link.then(page::address),
        ..PrepareVerification::default()
    };
    let desk = flow.site.desk();
    flow.form.send(Box::pin(async move {
        flow.advance(desk.prepare_verification(&attempt.id, &command).await)?;
        if is_again {
            flow.root.announce(if is_link {
                Text::sign_in_link_sent
            } else {
                Text::status_code_sent
            });
        }
        Ok(())
    }));
}

fn submit(flow: Flow, sent: Sent) {
    let Some(attempt) = untrack(|| flow.attempt()) else {
        return flow.choose(Chosen::Details);
    };
    let Some(code) = flow.form.whole_code(flow.code) else {
        return;
    };
    let command = AttemptVerification {
        strategy: Some(sent.strategy().as_str().to_owned()),
        code: Some(Secret::new(code)),
        ..AttemptVerification::default()
    };
    let desk = flow.site.desk();
    flow.form.send(Box::pin(async move {
        let answer = desk.attempt_verification(&attempt.id, &command).await;
        // The code was right, so it is theirs, and they may know that it has an account.
        let taken = answer.as_ref().err().and_then(taken);
        if !flow.chosen.is_disposed() {
            match taken {
                Some(name) if name == sent.field().as_str() => {
                    flow.chosen.set(Some(Chosen::Exists(sent)));
                    return Ok(());
                }
                // Somebody was faster with the name; another one is asked for where it was typed.
                Some(_) => flow.chosen.set(Some(Chosen::Details)),
                None => {}
            }
        }
        if answer.is_ok() {
            // Another code may be asked for next.
            flow.code.set(String::new());
        }
        flow.advance(answer)
    }));
}

/// The field whose content is somebody else's, if that is why the server refused.
fn taken(failure: &Failure) -> Option<String> {
    match failure {
        Failure::Refused(errors) => errors
            .iter()
            .filter(|error| error.code == ErrorCode::FormIdentifierExists)
            .find_map(|error| error.meta.param_name.clone()),
        Failure::Unavailable { .. } | Failure::Offline => None,
    }
}
