//! The card that waits for a link to be opened, and the one that is behind such a link.

use std::time::Duration;

use frontdesk_client::Failure;
use frontdesk_locale::Text;
use frontdesk_protocol::{ErrorCode, SignUpId, SignUpStatus, Strategy, VerificationStatus};
use leptos::task::spawn_local;

use super::code::{self, Sent};
use super::step::{Chosen, Landing};
use super::{Flow, has_code};
use crate::kit::{El, Handle, State, card, identity, part, words};
use crate::page;

/// Most links are opened within a minute; after that nobody waits for every second.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LAST_PAUSE: Duration = Duration::from_secs(10);

/// Draws the card that waits, and sends a link unless one is on its way.
pub fn draw(flow: Flow, focus: Handle) -> El {
    let form = flow.form;
    let site = flow.site;
    if cfg!(target_arch = "wasm32")
        && let Some(attempt) = flow.attempt()
    {
        if code::needs_sending(flow, Sent::Email, Strategy::EmailLink) {
            code::prepare(flow, Strategy::EmailLink, false);
        }
        spawn_local(wait(flow, attempt.id, State::new(true)));
    }
    let to = move || {
        site.of_client(|client| Sent::Email.to(client.sign_up.as_ref()?))
            .unwrap_or_default()
    };
    let state = part("notice")
        .attr("role", "status")
        .say(move |text: &Text| {
            let say = state(flow);
            say(text)
        });
    let change = move || flow.choose(Chosen::Details);
    card(Text::sign_in_link_title)
        .keep(focus)
        .subtitle(words(move |text| text.user_profile_link_subtitle(&to())))
        .identity(identity(to, Text::sign_in_edit_identifier, change))
        .main(form.alert())
        .main(state)
        .main(form.button("button", Text::sign_in_link_resend, move || {
            code::prepare(flow, Strategy::EmailLink, true);
        }))
        .main(part("others").maybe(code::other_way(
            flow,
            Strategy::EmailCode,
            Text::action_use_email_code,
        )))
        .into()
}

/// What became of the link so far.
fn state(flow: Flow) -> fn(&Text) -> String {
    let now = flow.site.now();
    let verification = flow.site.of_client(|client| {
        let attempt = client.sign_up.as_ref()?;
        let verification = attempt.verifications.email_address.as_ref()?;
        Some((verification.status, verification.expire_at?))
    });
    match verification {
        None => Text::sign_in_link_sending,
        Some((VerificationStatus::Unverified, ends)) if ends > now => Text::sign_in_link_waiting,
        Some((VerificationStatus::Unverified | VerificationStatus::Expired, _)) => {
            Text::sign_in_link_expired
        }
        Some((VerificationStatus::Failed, _)) => Text::sign_in_link_failed,
        Some((VerificationStatus::Verified | VerificationStatus::Transferable, _)) => {
            Text::sign_in_link_elsewhere
        }
    }
}

/// Asks again and again what became of the attempt, for as long as the card is there and somebody sees it.
async fn wait(flow: Flow, id: SignUpId, is_drawn: State<bool>) {
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
        let answer = desk.sign_up(&id).await;
        let is_lost = |failure: &Failure| has_code(failure, ErrorCode::AttemptNotFound);
        match answer {
            // The card is gone by then, as the attempt is.
            Ok(attempt) if attempt.status == SignUpStatus::Complete => {
                return drop(flow.advance(Ok(attempt)));
            }
            Ok(_) => pause = (pause * 11 / 10).min(LAST_PAUSE),
            Err(failure) if is_lost(&failure) => {
                // Another tab may have come to the end of it.
                return drop(desk.reload().await);
            }
            Err(_) => pause = LAST_PAUSE,
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
    let again = flow.form.button("button", Text::action_try_again, move || {
        flow.form.forgive_all();
        flow.chosen.set(None);
    });
    let card = card(title).keep(focus).subtitle(subtitle).main(again);
    flow.with_sign_in(card).into()
}
