//! The first card: who?

use frontdesk_client::Failure;
use frontdesk_locale::Text;
use frontdesk_protocol::{ErrorCode, SignUpMode};
use leptos::prelude::*;

use super::Flow;
use crate::kit::{El, Handle, Input, Problem, State, card, el, passing_on, words};

/// Draws the card.
pub fn draw(flow: Flow, focus: Handle) -> El {
    let form = flow.form;
    // A password manager may fill this in beside the address; people never see it.
    let filled = State::new(String::new());
    let hidden = el("input")
        .attr("type", "password")
        .attr("name", "password")
        .attr("autocomplete", "current-password")
        .attr("tabindex", "-1")
        .attr("aria-hidden", "true")
        .attr("data-hidden", "")
        .on("input", move |event| filled.set(event_target_value(&event)));
    let identifier = Input::new("identifier", Text::field_email_address, flow.identifier)
        .autocomplete("username")
        .keep(focus);
    let fields = form
        .draw(move || submit(flow, filled))
        .child(form.field(identifier))
        .child(hidden)
        .child(form.submit(Text::action_continue));
    let site = flow.site;
    let title = words(move |text| {
        let name = site.of_environment(|it| it.display_config.application_name.clone());
        text.sign_in_title(&name.unwrap_or_default())
    });
    card(title)
        .subtitle(Text::sign_in_subtitle)
        .main(form.alert())
        .main(fields)
        .footer(Text::sign_in_no_account, Text::action_sign_up, move || {
            sign_up_url(flow)
        })
        .into()
}

/// Where signing up is, if anybody may.
fn sign_up_url(flow: Flow) -> Option<String> {
    let (mode, configured) = flow.site.of_environment(|it| {
        (
            it.user_settings.sign_up.mode,
            it.display_config.sign_up_url.clone(),
        )
    })?;
    let url = flow.sign_up_url.get().unwrap_or(configured);
    (mode == SignUpMode::Public && !url.is_empty()).then(|| passing_on(url))
}

fn submit(flow: Flow, filled: State<String>) {
    let typed = flow.identifier.get_untracked();
    if typed.trim().is_empty() {
        let problem = Problem::of(ErrorCode::FormParamNil, "identifier");
        return flow.form.refuse(vec![problem]);
    }
    let password = filled.get_untracked();
    flow.form.send(Box::pin(async move {
        match flow.cards().await {
            Some(cards) => cards.begin(flow, typed, password).await,
            None => Err(Failure::Offline),
        }
    }));
}
