//! The card that offers the other ways to prove it.

use frontdesk_locale::Text;
use frontdesk_protocol::Strategy;

use super::Flow;
use super::step::Chosen;
use crate::kit::{El, Handle, card};

/// Draws the card: a button for each way but the one that was there before, and a way back to that.
pub fn draw(flow: Flow, focus: Handle, instead_of: Strategy) -> El {
    let form = flow.form;
    let factors = flow
        .attempt()
        .map(|attempt| attempt.supported_first_factors);
    let mut card = card(Text::sign_in_methods_title)
        .subtitle(Text::sign_in_methods_subtitle)
        .identity(flow.identity())
        .keep(focus);
    for factor in factors.unwrap_or_default() {
        let strategy = factor.strategy;
        if let Some(label) = label(strategy).filter(|_| strategy != instead_of) {
            let choose = move || flow.choose(Chosen::Factor(strategy));
            card = card.main(
                form.button("button", label, choose)
                    .attr("data-strategy", strategy.as_str().to_owned()),
            );
        }
    }
    let back = move || flow.choose(Chosen::Factor(instead_of));
    card.main(form.button("back", Text::action_back, back))
        .into()
}

/// What the button of a way says, if there is a card for it.
pub fn label(strategy: Strategy) -> Option<fn(&Text) -> String> {
    match strategy {
        Strategy::Password => Some(Text::action_use_password),
        Strategy::EmailCode => Some(Text::action_use_email_code),
        Strategy::Passkey
        | Strategy::EmailLink
        | Strategy::PhoneCode
        | Strategy::Totp
        | Strategy::BackupCode
        | Strategy::ResetPasswordEmailCode
        | Strategy::ResetPasswordPhoneCode
        | Strategy::Ticket
        | Strategy::OAuth(_) => None,
    }
}
