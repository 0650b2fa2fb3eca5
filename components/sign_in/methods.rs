//! The card that offers the other ways to prove it.

use frontdesk_locale::Text;
use frontdesk_protocol::{Factor, PrepareFactor, Strategy};

use super::step::{Later, Round, Step, is_reset};
use super::{Flow, code, help, passkey, provider};
use crate::credential;
use crate::kit::{El, Handle, card, el};
use crate::social;

/// Draws the card: a button for each way but the one that was there before, and a way back to that.
pub fn draw(flow: Flow, focus: Handle, round: Round, instead_of: Strategy) -> El {
    let form = flow.form;
    let mut card = card(Text::sign_in_methods_title)
        .subtitle(Text::sign_in_methods_subtitle)
        .identity(flow.identity())
        .keep(focus)
        .main(form.alert());
    if round == Round::First {
        let providers = social::offered(flow.site);
        let social = social::buttons(form, providers, None, move |strategy| {
            form.send(provider::enter(flow, strategy.to_owned()));
        });
        if let Some(social) = social {
            card = card.main(social);
        }
    }
    let attempt = flow.attempt();
    let factors = attempt
        .as_ref()
        .map(|attempt| round.factors(attempt))
        .unwrap_or_default();
    // Another password is the last resort.
    let (resets, ways): (Vec<_>, Vec<_>) = factors.iter().partition(|it| is_reset(it.strategy));
    let mut seen = Vec::new();
    for factor in ways.into_iter().chain(resets) {
        let strategy = factor.strategy;
        let is_first = !seen.contains(&strategy);
        seen.push(strategy);
        // Of several numbers, the first is the one that a code was sent to.
        let is_offered = if is_first {
            strategy != instead_of
        } else {
            round == Round::Second && factor.phone_number_id.is_some()
        };
        if let Some(label) = label(strategy).filter(|_| is_offered) {
            card = card.main(method(flow, round, label, factor, is_first));
        }
    }
    let help = help::support(flow).map(|_| {
        form.button("link", Text::sign_in_trouble, move || {
            flow.choose(Step::Later(Later::Help { round, instead_of }));
        })
    });
    if let Some(help) = help {
        card = card.main(help);
    }
    let back = move || flow.choose(Step::Later(Later::Proof(round, instead_of)));
    card.main(form.button("back", Text::action_back, back))
        .into()
}

fn method(
    flow: Flow,
    round: Round,
    label: fn(&Text) -> String,
    factor: &Factor,
    is_first: bool,
) -> El {
    let strategy = factor.strategy;
    let address = factor.safe_identifier.clone();
    let command = PrepareFactor {
        strategy: Some(strategy.as_str().to_owned()),
        phone_number_id: factor.phone_number_id.as_ref().map(ToString::to_string),
        ..PrepareFactor::default()
    };
    let choose = move || {
        if !is_first {
            return code::send_to(flow, round, command.clone());
        }
        flow.choose(Step::Later(Later::Proof(round, strategy)));
        if strategy == Strategy::Passkey {
            flow.form.send(passkey::enter(flow));
        }
    };
    let name = if is_reset(strategy) { "link" } else { "button" };
    // A password that is forgotten is not one more address to choose.
    let address = address.filter(|_| !is_reset(strategy));
    flow.form
        .button(name, label, choose)
        .attr("data-strategy", strategy.as_str().to_owned())
        .maybe(address.map(|address| {
            el("span")
                .part("hint")
                // Among Arabic words, too, an address reads from left to right.
                .child(el("bdi").text(move || address.clone()))
        }))
}

/// What the button of a way says, if there is a card for it.
fn label(strategy: Strategy) -> Option<fn(&Text) -> String> {
    match strategy {
        Strategy::Password => Some(Text::action_use_password),
        Strategy::EmailCode => Some(Text::action_use_email_code),
        Strategy::EmailLink => Some(Text::sign_in_use_email_link),
        Strategy::PhoneCode => Some(Text::sign_in_use_phone_code),
        Strategy::Totp => Some(Text::sign_in_use_totp),
        Strategy::BackupCode => Some(Text::sign_in_use_backup_code),
        Strategy::Passkey if credential::is_supported() => Some(Text::sign_in_use_passkey),
        Strategy::ResetPasswordEmailCode | Strategy::ResetPasswordPhoneCode => {
            Some(Text::sign_in_forgot_password)
        }
        Strategy::Passkey | Strategy::Ticket | Strategy::OAuth(_) => None,
    }
}
