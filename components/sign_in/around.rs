//! What the first card's field cannot do alone: its keyboard, passkeys in it, and what happened elsewhere.

use frontdesk_locale::Text;
use frontdesk_protocol::{
    ApiError, AttributeSettings, ErrorCode, SignIn, SignInStatus, VerificationStatus,
};
use leptos::prelude::*;

use super::{Flow, passkey, provider};
use crate::kit::{El, Handle, Problem, effect, el, when_drawn};

/// Draws it, if there is anything to see, and begins what the field alone cannot do.
pub fn draw(flow: Flow, focus: Handle) -> Option<El> {
    let form = flow.form;
    follow_kind(flow, focus);
    let error = untrack(|| refused(flow));
    let is_stranger = error
        .as_ref()
        .is_some_and(|error| error.code == ErrorCode::ExternalAccountNotFound);
    passkey::fill_in(flow, focus, is_stranger);
    if let Some(ApiError { code, meta, .. }) = error {
        form.refuse(vec![Problem::about(code, meta)]);
    }
    let join = (is_stranger && provider::may_sign_up(flow)).then(|| {
        let sign_up = move || provider::sign_up(flow);
        form.button("button", Text::sign_in_transfer, sign_up)
            .attr("data-action", "sign-up")
    });
    let back = has_sessions(flow).then(|| {
        form.button("back", Text::action_back, move || {
            flow.form.forgive_all();
            flow.chosen.set(None);
        })
    });
    let is_something = join.is_some() || back.is_some();
    is_something.then(|| el("div").attr("data-around", "").maybe(back).maybe(join))
}

/// What became of a proof on another page, if it went wrong.
pub fn refused(flow: Flow) -> Option<ApiError> {
    let verification = flow.site.of_client(|client| {
        let attempt = client.sign_in.as_ref().filter(|it| is_unnamed(it))?;
        attempt.first_factor_verification.clone()
    })?;
    match verification.status {
        VerificationStatus::Transferable => Some(ApiError::of(ErrorCode::ExternalAccountNotFound)),
        VerificationStatus::Unverified
        | VerificationStatus::Verified
        | VerificationStatus::Failed
        | VerificationStatus::Expired => verification.error,
    }
}

/// Whether the attempt is about nobody yet.
pub fn is_unnamed(attempt: &SignIn) -> bool {
    attempt.status == SignInStatus::NeedsIdentifier
        || attempt.status == SignInStatus::NeedsFirstFactor && attempt.identifier.is_none()
}

/// Whether there are other people to go on as.
fn has_sessions(flow: Flow) -> bool {
    flow.site
        .of_client(|client| client.active_session().map(drop))
        .is_some()
}

/// Gives the field the keyboard of what is typed in it.
fn follow_kind(flow: Flow, focus: Handle) {
    let site = flow.site;
    effect(move || {
        let typed = flow.identifier.get();
        let kind = site.of_environment(|it| kind(&it.user_settings.attributes, &typed));
        let Some(kind) = kind else {
            return;
        };
        // It is drawn only after this.
        when_drawn(move || {
            if let Some(input) = focus.get() {
                let mode = match kind {
                    "phone" => "tel",
                    kind => kind,
                };
                drop(input.set_attribute("inputmode", mode));
                drop(input.set_attribute("data-kind", kind));
            }
        });
    });
}

/// What is being typed: `email`, `phone` or `text`.
pub fn kind(attributes: &AttributeSettings, typed: &str) -> &'static str {
    let has_email = attributes.email_address.used_for_first_factor;
    let has_username = attributes.username.used_for_first_factor;
    let has_phone = attributes.phone_number.used_for_first_factor;
    if has_phone && (typed.trim_start().starts_with('+') || !has_email && !has_username) {
        "phone"
    } else if has_email && (!has_username || typed.contains('@')) {
        "email"
    } else {
        "text"
    }
}
