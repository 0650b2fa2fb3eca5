//! The card that waits for a link to be opened, and the one that is behind such a link.

use std::time::Duration;

use frontdesk_client::Failure;
use frontdesk_locale::Text;
use frontdesk_protocol::{
    ErrorCode, PrepareFactor, SignInId, Strategy, Verification, VerificationStatus,
};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Flow;
use super::code::needs_sending;
use super::flow::has;
use super::step::{Landing, Round, Step};
use crate::kit::{El, Handle, State, card, part, words};
use crate::page;

/// Most links are opened within a minute; after that nobody waits for every second.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LAST_PAUSE: Duration = Duration::from_secs(10);

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
        spawn_local(wait(flow, attempt.id, is_drawn));
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
    match status {
        VerificationStatus::Unverified if expire_at.is_some_and(|at| at <= now) => {
            Text::sign_in_link_expired
        }
        VerificationStatus::Unverified => Text::sign_in_link_waiting,
        VerificationStatus::Expired => Text::sign_in_link_expired,
        VerificationStatus::Failed => Text::sign_in_link_failed,
        VerificationStatus::Verified | VerificationStatus::Transferable => {
            Text::sign_in_link_elsewhere
        }
    }
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

/// Asks again and again what became of the attempt, for as long as the card is there and somebody sees it.
async fn wait(flow: Flow, id: SignInId, is_drawn: State<bool>) {
    let desk = flow.site.desk();
    let mut pause = FIRST_PAUSE;
    loop {
        page::after(pause).await;
        if is_drawn.is_disposed() {
            return;
        }
        if page::is_hidden() {
            // Whoever comes back from the mail is not kept waiting.
            pause = FIRST_PAUSE;
            continue;
        }
        let answer = desk.sign_in(&id).await;
        if is_drawn.is_disposed() {
            return;
        }
        let is_lost = |failure: &Failure| has(failure, ErrorCode::AttemptNotFound);
        match answer {
            Err(failure) if !is_lost(&failure) => pause = LAST_PAUSE,
            Err(_) => {
                // Another tab may have come to the end of it.
                drop(desk.reload().await);
                return;
            }
            answer => {
                drop(flow.advance(answer));
                pause = (pause * 11 / 10).min(LAST_PAUSE);
            }
        }
    }
}

/// Draws the card that is behind a link of a mail, unless that signed somebody in here.
pub fn landing(flow: Flow, focus: Handle, landing: Landing) -> El {
    let [title, subtitle]: [fn(&Text) -> String; 2] = match landing {
        Landing::Elsewhere => [
            Text::sign_in_link_elsewhere_title,
            Text::sign_in_link_elsewhere,
        ],
        Landing::Expired => [Text::sign_in_link_failed_title, Text::sign_in_link_expired],
        Landing::Failed => [Text::sign_in_link_failed_title, Text::sign_in_link_failed],
        Landing::Mismatch => [
            Text::sign_in_link_failed_title,
            Text::error_verification_link_client_mismatch,
        ],
    };
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
