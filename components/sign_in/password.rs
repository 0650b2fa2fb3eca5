//! The card that asks for a password.

use frontdesk_locale::Text;
use frontdesk_protocol::{AttemptFactor, ErrorCode, Secret, Strategy};
use leptos::prelude::*;

use super::Flow;
use crate::kit::{El, Handle, Input, Problem, card, el};

/// Draws the card.
pub fn draw(flow: Flow, focus: Handle) -> El {
    let form = flow.form;
    let identifier = flow
        .attempt()
        .and_then(|attempt| attempt.identifier)
        .unwrap_or_default();
    // A password manager keeps the password with this.
    let username = el("input")
        .attr("type", "text")
        .attr("name", "username")
        .attr("autocomplete", "username")
        .attr("value", identifier)
        .attr("readonly", "")
        .attr("tabindex", "-1")
        .attr("aria-hidden", "true")
        .attr("data-hidden", "");
    let password = Input::new("password", Text::field_password, flow.password)
        .kind("password")
        .autocomplete("current-password")
        .keep(focus);
    let fields = form
        .draw(move || submit(flow))
        .child(username)
        .child(form.field(password))
        .child(form.submit(Text::action_sign_in));
    card(Text::sign_in_password_title)
        .subtitle(Text::sign_in_password_subtitle)
        .identity(flow.identity())
        .main(form.alert())
        .main(fields.maybe(flow.other_way(Strategy::Password)))
        .into()
}

fn submit(flow: Flow) {
    let password = flow.password.get_untracked();
    let Some(attempt) = untrack(|| flow.attempt()) else {
        return flow.choose(super::Chosen::Identifier);
    };
    if password.is_empty() {
        let problem = Problem::of(ErrorCode::FormParamNil, "password");
        return flow.form.refuse(vec![problem]);
    }
    let command = AttemptFactor {
        strategy: Some(Strategy::Password.as_str().to_owned()),
        password: Some(Secret::new(password)),
        ..AttemptFactor::default()
    };
    let desk = flow.site.desk();
    flow.form.send(Box::pin(async move {
        flow.advance(desk.attempt_first_factor(&attempt.id, &command).await)
    }));
}
