//! The cards: one for each way to prove who one is, and one with all of them.

use frontdesk_client::Failure;
use frontdesk_locale::Text;
use frontdesk_protocol::{ApiError, AttemptFactor, ErrorCode, Factor, Secret, Strategy};
use web_sys::AbortController;

use super::proof::{Proof, Shown};
use crate::credential;
use crate::kit::{El, Handle, Input, Problem, State, el, skeleton, words};

/// Draws what is to be seen.
pub(super) fn draw(proof: Proof, shown: Option<Shown>) -> El {
    match shown {
        Some(Shown::Way(way)) => one(proof, way),
        Some(Shown::Choice) => choice(proof),
        None => none(proof),
    }
}

fn one(proof: Proof, way: Factor) -> El {
    let strategy = way.strategy;
    let card = match strategy {
        Strategy::Password => password(proof),
        Strategy::Passkey => passkey(proof, way),
        Strategy::BackupCode => backup_code(proof),
        Strategy::EmailCode
        | Strategy::PhoneCode
        | Strategy::Totp
        | Strategy::EmailLink
        | Strategy::ResetPasswordEmailCode
        | Strategy::ResetPasswordPhoneCode
        | Strategy::Ticket
        | Strategy::OAuth(_) => code(proof, way),
    };
    card.attr("data-strategy", strategy.as_str().to_owned())
}

/// Either nothing is known yet, or what is known is of no use.
fn none(proof: Proof) -> El {
    let is_known = proof.step.with_untracked(Option::is_some);
    if is_known {
        proof.card(Text::step_up_none).into()
    } else {
        let waiting = proof.form.alert();
        el("div").child(waiting).child(skeleton())
    }
}

fn password(proof: Proof) -> El {
    let form = proof.form;
    let (focus, password) = (focused(), State::new(String::new()));
    let submit = move || {
        let password = password.get_untracked();
        if password.is_empty() {
            let problem = Problem::of(ErrorCode::FormParamNil, "password");
            return form.refuse(vec![problem]);
        }
        prove(
            proof,
            AttemptFactor {
                password: Some(Secret::new(password)),
                ..attempt(Strategy::Password)
            },
        );
    };
    let input = Input::new("password", Text::field_password, password)
        .kind("password")
        .autocomplete("current-password")
        .keep(focus);
    let fields = form
        .draw(submit)
        .child(username(proof))
        .child(form.field(input))
        .child(form.submit(Text::action_continue));
    proof
        .card(Text::step_up_password)
        .main(fields.maybe(other_way(proof)))
        .into()
}

/// Whose password it is: a password manager finds it by this.
fn username(proof: Proof) -> El {
    let address = proof.site.of_client(|client| {
        let user = &client.active_session()?.user;
        user.primary_email().map(str::to_owned)
    });
    el("input")
        .attr("type", "text")
        .attr("name", "username")
        .attr("autocomplete", "username")
        .attr("value", address.unwrap_or_default())
        .attr("readonly", "")
        .attr("tabindex", "-1")
        .attr("aria-hidden", "true")
        .attr("data-hidden", "")
}

fn code(proof: Proof, way: Factor) -> El {
    let form = proof.form;
    let strategy = way.strategy;
    let (focus, code) = (focused(), State::new(String::new()));
    let is_sent = strategy != Strategy::Totp;
    let address = way.safe_identifier.clone().unwrap_or_default();
    let way = State::new(way);
    let send = move |is_again: bool| {
        let way = way.get_untracked();
        form.send(Box::pin(async move {
            proof.prepare(&way).await?;
            if is_again {
                proof.root.announce(Text::status_code_sent);
            }
            Ok(())
        }));
    };
    if cfg!(target_arch = "wasm32") && is_sent && proof.needs_sending(strategy) {
        send(false);
    }
    let submit = move || {
        let Some(code) = form.whole_code(code) else {
            return;
        };
        prove(
            proof,
            AttemptFactor {
                code: Some(Secret::new(code)),
                ..attempt(strategy)
            },
        );
    };
    let resend_at = move || proof.verification(strategy)?.resend_at;
    let fields = form
        .draw(submit)
        .child(form.code(focus, code, submit))
        .child(form.submit(Text::action_continue))
        .maybe(is_sent.then(|| form.resend(resend_at, move || send(true))));
    let subtitle = words(move |text| {
        if is_sent {
            text.sign_in_second_code_subtitle(&address)
        } else {
            text.sign_in_totp_subtitle()
        }
    });
    proof
        .card(subtitle)
        .main(fields.maybe(other_way(proof)))
        .into()
}

fn backup_code(proof: Proof) -> El {
    const FIELD: &str = "backup_code";
    let form = proof.form;
    let (focus, code) = (focused(), State::new(String::new()));
    let submit = move || {
        let code = code.get_untracked();
        if code.trim().is_empty() {
            return form.refuse(vec![Problem::of(ErrorCode::FormParamNil, FIELD)]);
        }
        let command = AttemptFactor {
            code: Some(Secret::new(code)),
            ..attempt(Strategy::BackupCode)
        };
        form.send(Box::pin(async move {
            let answer = proof.prove(&command).await;
            answer.map_err(|failure| Problem::place(failure, ErrorCode::FormCodeIncorrect, FIELD))
        }));
    };
    let input = Input::new(FIELD, Text::sign_in_backup_code, code)
        .autocomplete("one-time-code")
        .keep(focus);
    let fields = form
        .draw(submit)
        .child(form.field(input))
        .child(form.submit(Text::action_continue));
    proof
        .card(Text::sign_in_backup_code_subtitle)
        .main(fields.maybe(other_way(proof)))
        .into()
}

fn passkey(proof: Proof, way: Factor) -> El {
    let form = proof.form;
    let submit = move || {
        let way = way.clone();
        form.send(Box::pin(async move {
            proof.prepare(&way).await?;
            let options = proof.nonce.try_get_untracked().flatten();
            let options = options.ok_or_else(refused)?;
            let asking = AbortController::new().map_err(|_| refused())?;
            let answer = credential::ask(&options, &asking.signal(), false).await;
            let command = AttemptFactor {
                public_key_credential: Some(Secret::new(answer.ok_or_else(refused)?)),
                ..attempt(Strategy::Passkey)
            };
            proof.prove(&command).await
        }));
    };
    let fields = form
        .draw(submit)
        .child(form.submit(Text::sign_in_use_passkey).keep(focused()));
    proof
        .card(Text::sign_in_passkey_subtitle)
        .main(fields.maybe(other_way(proof)))
        .into()
}

/// What is said where the browser gives no answer: it does not tell whether somebody said no.
fn refused() -> Failure {
    Failure::refused([ApiError::of(ErrorCode::PasskeyInvalid)])
}

/// A button for each way.
fn choice(proof: Proof) -> El {
    let mut card = proof.card(Text::sign_in_methods_subtitle).keep(focused());
    for way in proof.ways() {
        let label = match way.strategy {
            Strategy::Password => Text::action_use_password,
            Strategy::PhoneCode => Text::sign_in_use_phone_code,
            Strategy::Totp => Text::sign_in_use_totp,
            Strategy::BackupCode => Text::sign_in_use_backup_code,
            Strategy::Passkey => Text::sign_in_use_passkey,
            Strategy::EmailCode
            | Strategy::EmailLink
            | Strategy::ResetPasswordEmailCode
            | Strategy::ResetPasswordPhoneCode
            | Strategy::Ticket
            | Strategy::OAuth(_) => Text::action_use_email_code,
        };
        let strategy = way.strategy.as_str().to_owned();
        let address = way.safe_identifier.clone().map(|address| {
            // Among Arabic words, too, an address reads from left to right.
            let address = el("bdi").text(move || address.clone());
            el("span").part("hint").child(address)
        });
        let button = proof.form.button("button", label, move || {
            show(proof, Shown::Way(way.clone()));
        });
        let button = button.attr("data-strategy", strategy);
        card = card.main(button.maybe(address));
    }
    card.into()
}

/// The link to all ways, where there are several.
fn other_way(proof: Proof) -> Option<El> {
    (proof.ways().len() > 1).then(|| {
        proof
            .form
            .button("link", Text::action_other_way, move || {
                show(proof, Shown::Choice);
            })
            .attr("data-action", "other-way")
    })
}

fn show(proof: Proof, shown: Shown) {
    proof.form.forgive_all();
    proof.chosen.set(Some(shown));
}

fn prove(proof: Proof, command: AttemptFactor) {
    proof
        .form
        .send(Box::pin(async move { proof.prove(&command).await }));
}

fn attempt(strategy: Strategy) -> AttemptFactor {
    AttemptFactor {
        strategy: Some(strategy.as_str().to_owned()),
        ..AttemptFactor::default()
    }
}

/// Gets the focus as soon as it is drawn: the dialog is nobody's but its own.
fn focused() -> Handle {
    let handle = Handle::new();
    handle.focus_when_drawn();
    handle
}
