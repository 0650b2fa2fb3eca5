//! The card that waits for a link to be opened, and the one that is behind such a link.

use frontdesk_locale::Text;
use frontdesk_protocol::{ErrorCode, SignUpId, SignUpStatus, Strategy};
use leptos::task::spawn_local;

use super::code::{self, Sent};
use super::step::Chosen;
use super::{Flow, has_code};
use crate::kit::{El, Handle, State, card, identity, part, words};
use crate::link::{self, Asked, Landing};

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
        spawn_local(link::wait(State::new(true), async move || {
            ask(flow, &attempt.id).await
        }));
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
        Some((status, ends)) => link::state(status, ends <= now),
    }
}

/// What became of the attempt.
async fn ask(flow: Flow, id: &SignUpId) -> Asked {
    let desk = flow.site.desk();
    match desk.sign_up(id).await {
        // The card is gone by then, as the attempt is.
        Ok(attempt) if attempt.status == SignUpStatus::Complete => {
            drop(flow.advance(Ok(attempt)));
            Asked::Ends
        }
        Ok(_) => Asked::Waits,
        Err(failure) if has_code(&failure, ErrorCode::AttemptNotFound) => {
            // Another tab may have come to the end of it.
            drop(desk.reload().await);
            Asked::Ends
        }
        Err(_) => Asked::Fails,
    }
}

/// Draws the card that is behind a link of a mail, unless that signed somebody in here.
pub fn landing(flow: Flow, focus: Handle, landing: Landing) -> El {
    let [title, subtitle] = landing.words();
    let again = flow.form.button("button", Text::action_try_again, move || {
        flow.form.forgive_all();
        flow.chosen.set(None);
    });
    let card = card(title).keep(focus).subtitle(subtitle).main(again);
    flow.with_sign_in(card).into()
}
