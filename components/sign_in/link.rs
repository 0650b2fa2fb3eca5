//! The card that waits for a link to be opened, and the one that is behind such a link.

use frontdesk_locale::Text;
use frontdesk_protocol::{ErrorCode, PrepareFactor, SignInId, Strategy, Verification};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Flow;
use super::code::needs_sending;
use super::flow::has;
use super::step::{Round, Step};
use crate::kit::{El, Handle, State, card, part, words};
use crate::link::{self, Asked, Landing};
use crate::page;

/// Draws the card that waits, and sends a link unless one is on its way.
pub fn draw(flow: Flow, focus: Handle) -> El {
    let form = flow.form;
    let attempt = flow.attempt();
    let address = attempt
        .as_ref()
        .and_then(|attempt| Round::First.factor(attempt, Strategy::EmailLink))
        .and_then(|factor| factor.safe_identifier.clone())
        .unwrap_or_default();
    if cfg!(target_arch = "wasm32")
        && let Some(attempt) = attempt
    {
        if needs_sending(flow, Round::First, Strategy::EmailLink) {
            send(flow, false);
        }
        let is_drawn = State::new(true);
        spawn_local(link::wait(is_drawn, async move || {
            ask(flow, &attempt.id, is_drawn).await
        }));
    }
    let state = part("notice")
        .attr("role", "status")
        .say(move |text: &Text| {
            let say = state(flow);
            say(text)
        });
    let again = |text: &Text, seconds| match seconds {
        0 => text.sign_in_link_resend(),
        seconds => text.sign_in_link_resend_in(seconds),
    };
    let resend_at = move || verification(flow)?.resend_at;
    card(Text::sign_in_link_title)
        .subtitle(words(move |text| text.sign_in_link_subtitle(&address)))
        .identity(flow.identity())
        .keep(focus)
        .main(form.alert())
        .main(state)
        .main(form.resend_as(again, resend_at, move || send(flow, true)))
        .main(part("others").maybe(flow.other_way(Round::First, Strategy::EmailLink)))
        .into()
}

fn verification(flow: Flow) -> Option<Verification> {
    let site = flow.site;
    let found = site.of_client(|client| client.sign_in.as_ref()?.first_factor_verification.clone());
    found.filter(|it| it.strategy == Strategy::EmailLink)
}

/// What became of the link so far.
fn state(flow: Flow) -> fn(&Text) -> String {
    let now = flow.site.now();
    let Some(Verification {
        status,
        expire_at,
        error,
        ..
    }) = verification(flow)
    else {
        return Text::sign_in_link_sending;
    };
    let code = error.map(|error| error.code);
    if code == Some(ErrorCode::VerificationLinkClientMismatch) {
        return Text::error_verification_link_client_mismatch;
    }
    link::state(status, expire_at.is_some_and(|at| at <= now))
}

fn send(flow: Flow, is_again: bool) {
    let Some(attempt) = untrack(|| flow.attempt()) else {
        return flow.choose(Step::Identifier);
    };
    let factor = Round::First.factor(&attempt, Strategy::EmailLink);
    let target = untrack(|| flow.target.url());
    let command = PrepareFactor {
        strategy: Some(Strategy::EmailLink.as_str().to_owned()),
        email_address_id: factor.and_then(|it| Some(it.email_address_id.as_ref()?.to_string())),
        redirect_url: Some(page::address()),
        action_complete_redirect_url: Some(page::absolute(&target)),
        ..PrepareFactor::default()
    };
    flow.form.send(Box::pin(async move {
        flow.advance(flow.prepare(Round::First, &attempt, &command).await)?;
        if is_again {
            flow.root.announce(Text::sign_in_link_sent);
        }
        Ok(())
    }));
}

/// What became of the attempt.
async fn ask(flow: Flow, id: &SignInId, is_drawn: State<bool>) -> Asked {
    let desk = flow.site.desk();
    let answer = desk.sign_in(id).await;
    if is_drawn.is_disposed() {
        return Asked::Ends;
    }
    match answer {
        Err(failure) if !has(&failure, ErrorCode::AttemptNotFound) => Asked::Fails,
        Err(_) => {
            // Another tab may have come to the end of it.
            drop(desk.reload().await);
            Asked::Ends
        }
        answer => {
            drop(flow.advance(answer));
            Asked::Waits
        }
    }
}

/// Draws the card that is behind a link of a mail, unless that signed somebody in here.
pub fn landing(flow: Flow, focus: Handle, landing: Landing) -> El {
    let [title, subtitle] = landing.words();
    let again = flow.form.button("button", Text::sign_in_again, move || {
        flow.form.forgive_all();
        flow.chosen.set(None);
    });
    card(title)
        .subtitle(subtitle)
        .keep(focus)
        .main(again)
        .into()
}
