//! Signing in with a passkey: by a button, in the field, or as one of the ways to prove it.

use frontdesk_client::{Failure, Frontdesk};
use frontdesk_locale::Text;
use frontdesk_protocol::json::Source as _;
use frontdesk_protocol::{
    ApiError, AttemptFactor, CreateSignIn, ErrorCode, PrepareFactor, Secret, SignIn, Strategy,
};
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::AbortController;

use super::step::Round;
use super::{Flow, credential};
use crate::captcha;
use crate::kit::{El, Handle, State, card};
use crate::social;

/// The passkeys that a field offers, for as long as it is there; copies are the same thing.
#[derive(Clone, Copy)]
pub struct Filling(State<Option<AbortController>>);

impl Filling {
    /// A browser asks one thing at a time.
    fn stop(self) {
        if let Some(asking) = self.0.try_get_untracked().flatten() {
            asking.abort();
        }
    }
}

/// Draws the card.
pub fn draw(flow: Flow, focus: Handle) -> El {
    let form = flow.form;
    let fields = form
        .draw(move || start(flow, None))
        .child(form.submit(Text::sign_in_use_passkey));
    card(Text::sign_in_passkey_title)
        .subtitle(Text::sign_in_passkey_subtitle)
        .identity(flow.identity())
        .keep(focus)
        .main(form.alert())
        .main(fields.maybe(flow.other_way(Round::First, Strategy::Passkey)))
        .into()
}

/// The button of the first card, where the settings and the browser have it.
pub fn button(flow: Flow, filling: Filling, is_last: bool) -> Option<El> {
    let is_offered = flow
        .site
        .of_environment(|it| it.user_settings.passkey_settings.show_sign_in_button);
    (is_offered == Some(true) && credential::is_supported()).then(|| {
        flow.form
            .button("button", Text::sign_in_use_passkey, move || {
                start(flow, Some(filling));
            })
            .attr("data-strategy", "passkey")
            .maybe(is_last.then(social::badge))
    })
}

/// Lets the field that `focus` leads to offer passkeys, where the settings and the browser can.
pub fn fill_in(flow: Flow, focus: Handle) -> Filling {
    let filling = Filling(State::new(None));
    let is_allowed = flow
        .site
        .of_environment(|it| it.user_settings.passkey_settings.allow_autofill);
    // Whoever only went back would lose the attempt that is under way.
    let is_free = flow.attempt().is_none();
    if cfg!(target_arch = "wasm32") && is_allowed == Some(true) && is_free {
        on_cleanup(move || filling.stop());
        spawn_local(async move {
            offer(flow, focus, filling).await;
        });
    }
    filling
}

/// Offers passkeys in the field until one is chosen; whoever does not choose one hears nothing of it.
async fn offer(flow: Flow, focus: Handle, filling: Filling) -> Option<()> {
    let can = credential::can_fill_in().await;
    if !can || filling.0.is_disposed() {
        return None;
    }
    let asking = AbortController::new().ok()?;
    filling.0.set(Some(asking.clone()));
    let input = focus.get()?;
    input
        .set_attribute("autocomplete", "username webauthn")
        .ok()?;
    let desk = flow.site.desk();
    let attempt = captcha::begin_sign_in(&desk, &creation(flow)).await.ok()?;
    let options = options(&desk)?;
    let answer = credential::ask(&options, &asking.signal(), true).await?;
    if filling.0.is_disposed() {
        return None;
    }
    flow.form.send(Box::pin(async move {
        prove(flow, &desk, &attempt, answer).await
    }));
    Some(())
}

/// Asks the browser for a passkey, of whoever is known by now.
pub fn start(flow: Flow, filling: Option<Filling>) {
    if let Some(filling) = filling {
        filling.stop();
    }
    let begun = untrack(|| flow.attempt());
    let creation = creation(flow);
    let desk = flow.site.desk();
    flow.form.send(Box::pin(async move {
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
        let asking = AbortController::new().map_err(|_| refused())?;
        let options = options(&desk).ok_or_else(refused)?;
        let answer = credential::ask(&options, &asking.signal(), false).await;
        let answer = answer.ok_or_else(refused)?;
        prove(flow, &desk, &attempt, answer).await
    }));
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
    Failure::Refused(vec![ApiError::of(ErrorCode::PasskeyInvalid)])
}
