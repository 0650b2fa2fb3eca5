//! Signing in with a passkey: by a button, in the field, or as one of the ways to prove it.

use std::cell::RefCell;

use frontdesk_client::{Failure, Frontdesk, Task};
use frontdesk_locale::Text;
use frontdesk_protocol::json::Source as _;
use frontdesk_protocol::{
    ApiError, AttemptFactor, CreateSignIn, ErrorCode, PrepareFactor, Secret, SignIn, Strategy,
};
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::AbortController;

use super::Flow;
use super::step::Round;
use crate::captcha;
use crate::credential;
use crate::kit::{El, Handle, State, card};

thread_local! {
    /// What the browser is asking: it asks one thing at a time.
    static ASKING: RefCell<Option<AbortController>> = const { RefCell::new(None) };
}

/// Draws the card.
pub fn draw(flow: Flow, focus: Handle) -> El {
    let form = flow.form;
    let fields = form
        .draw(move || form.send(enter(flow)))
        .child(form.submit(Text::sign_in_use_passkey));
    card(Text::sign_in_passkey_title)
        .subtitle(Text::sign_in_passkey_subtitle)
        .identity(flow.identity())
        .keep(focus)
        .main(form.alert())
        .main(fields.maybe(flow.other_way(Round::First, Strategy::Passkey)))
        .into()
}

/// Lets the field that `focus` leads to offer passkeys, where the settings and the browser can.
///
/// Of a stranger the attempt keeps what a provider told, which an offer would take the place of.
pub fn fill_in(flow: Flow, focus: Handle, is_stranger: bool) {
    let is_allowed = flow
        .site
        .of_environment(|it| it.user_settings.passkey_settings.allow_autofill);
    // Whoever only went back would lose the attempt that is under way.
    let is_free = !is_stranger && flow.attempt().is_none();
    if cfg!(target_arch = "wasm32") && is_allowed == Some(true) && is_free {
        let filling = State::new(None);
        on_cleanup(move || {
            if let Some(asking) = filling.try_get_untracked().flatten() {
                AbortController::abort(&asking);
            }
        });
        spawn_local(async move {
            offer(flow, focus, filling).await;
        });
    }
}

/// Offers passkeys in the field until one is chosen; whoever does not choose one hears nothing of it.
async fn offer(flow: Flow, focus: Handle, filling: State<Option<AbortController>>) -> Option<()> {
    let can = credential::can_fill_in().await;
    // Whoever has begun with something else goes on with that.
    if !can || filling.is_disposed() || untrack(|| flow.form.is_pending()) {
        return None;
    }
    let input = focus.get()?;
    input
        .set_attribute("autocomplete", "username webauthn")
        .ok()?;
    let desk = flow.site.desk();
    // Whoever must prove to be no machine first is offered none: nobody waits for an offer.
    let attempt = desk.create_sign_in(&creation(flow)).await.ok()?;
    let options = options(&desk)?;
    if filling.is_disposed() {
        return None;
    }
    let asking = ask()?;
    filling.set(Some(asking.clone()));
    let answer = credential::ask(&options, &asking.signal(), true).await?;
    if filling.is_disposed() {
        return None;
    }
    flow.form.send(Box::pin(async move {
        prove(flow, &desk, &attempt, answer).await
    }));
    Some(())
}

/// Makes room for what is asked next.
fn ask() -> Option<AbortController> {
    let asking = AbortController::new().ok()?;
    if let Some(before) = ASKING.replace(Some(asking.clone())) {
        before.abort();
    }
    Some(asking)
}

/// Asks the browser for a passkey, of whoever is known by now.
pub fn enter(flow: Flow) -> Task<Result<(), Failure>> {
    let begun = untrack(|| flow.attempt());
    let creation = creation(flow);
    let desk = flow.site.desk();
    Box::pin(async move {
        let answer = match &begun {
            Some(attempt) => {
                let command = PrepareFactor {
                    strategy: Some(Strategy::Passkey.as_str().to_owned()),
                    ..PrepareFactor::default()
                };
                flow.prepare(Round::First, attempt, &command).await
            }
            None => captcha::begin_sign_in(&desk, &creation).await,
        };
        let attempt = match answer {
            Ok(attempt) => attempt,
            failed => return flow.advance(failed),
        };
        let asking = ask().ok_or_else(refused)?;
        let options = options(&desk).ok_or_else(refused)?;
        let answer = credential::ask(&options, &asking.signal(), false).await;
        let answer = answer.ok_or_else(refused)?;
        prove(flow, &desk, &attempt, answer).await
    })
}

async fn prove(
    flow: Flow,
    desk: &Frontdesk,
    attempt: &SignIn,
    answer: String,
) -> Result<(), Failure> {
    let command = AttemptFactor {
        strategy: Some(Strategy::Passkey.as_str().to_owned()),
        public_key_credential: Some(Secret::new(answer)),
        ..AttemptFactor::default()
    };
    flow.advance(desk.attempt_first_factor(&attempt.id, &command).await)
}

fn creation(flow: Flow) -> CreateSignIn {
    CreateSignIn {
        strategy: Some(Strategy::Passkey.as_str().to_owned()),
        locale: flow.locale(),
        ..CreateSignIn::default()
    }
}

/// What the browser is to ask for, as the server said last.
fn options(desk: &Frontdesk) -> Option<String> {
    desk.client_json()?
        .member("sign_in")?
        .member("first_factor_verification")?
        .member("nonce")?
        .text()
}

/// What is said where the browser gives no answer: it does not tell whether somebody said no.
fn refused() -> Failure {
    Failure::refused([ApiError::of(ErrorCode::PasskeyInvalid)])
}
