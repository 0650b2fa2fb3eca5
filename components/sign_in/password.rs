//! The card that asks for a password.

use frontdesk_locale::Text;
use frontdesk_protocol::{AttemptFactor, ErrorCode, Secret, Strategy};

use super::Flow;
use super::step::Round;
use crate::kit::{El, Handle, Input, Problem, card, el};

/// Draws the card.
pub fn draw(flow: Flow, focus: Handle) -> El {
    let form = flow.form;
    let password = Input::new("password", Text::field_password, flow.password)
        .kind("password")
        .autocomplete("current-password")
        .keep(focus);
    let identifier = flow.attempt().and_then(|attempt| attempt.identifier);
    let fields = form
        .draw(move || submit(flow))
        .child(username(identifier))
        .child(form.field(password))
        .child(form.submit(Text::action_sign_in))
        .maybe(flow.forgot());
    card(Text::sign_in_password_title)
        .subtitle(Text::sign_in_password_subtitle)
        .identity(flow.identity())
        .main(form.alert())
        .main(fields.maybe(flow.other_way(Round::First, Strategy::Password)))
        .into()
}

/// Whose password it is: a password manager keeps it with this.
pub fn username(identifier: Option<String>) -> El {
    el("input")
        .attr("type", "text")
        .attr("name", "username")
        .attr("autocomplete", "username")
        .attr("value", identifier.unwrap_or_default())
        .attr("readonly", "")
        .attr("tabindex", "-1")
        .attr("aria-hidden", "true")
        .attr("data-hidden", "")
}

fn submit(flow: Flow) {
    let password = flow.password.get_untracked();
    if password.is_empty() {
        let problem = Problem::of(ErrorCode::FormParamNil, "password");
        return flow.form.refuse(vec![problem]);
    }
    let command = AttemptFactor {
        strategy: Some(Strategy::Password.as_str().to_owned()),
        password: Some(Secret::new(password)),
        ..AttemptFactor::default()
    };
    flow.prove(Round::First, command);
}
