//! The first card: who?

use frontdesk_client::Failure;
use frontdesk_locale::Text;
use frontdesk_protocol::{ErrorCode, SignUpMode};
use leptos::prelude::*;

use super::{Flow, others};
use crate::kit::{El, Handle, Input, Problem, State, card, el, passing_on, switch, words};

/// What the field is called, by who is known by an address (1), a user name (2) and a number (4).
const LABELS: [fn(&Text) -> String; 8] = [
    Text::field_email_address,
    Text::field_email_address,
    Text::sign_in_field_username,
    Text::sign_in_field_email_or_username,
    Text::sign_in_field_phone_number,
    Text::sign_in_field_email_or_phone,
    Text::sign_in_field_username_or_phone,
    Text::sign_in_field_any,
];

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
    let site = flow.site;
    let kinds = site.of_environment(|it| {
        let attributes = &it.user_settings.attributes;
        usize::from(attributes.email_address.used_for_first_factor)
            | usize::from(attributes.username.used_for_first_factor) << 1
            | usize::from(attributes.phone_number.used_for_first_factor) << 2
    });
    let label = LABELS[kinds.unwrap_or_default()];
    let identifier = Input::new("identifier", label, flow.identifier)
        .autocomplete("username")
        .keep(focus);
    let fields = form
        .draw(move || submit(flow, filled))
        .child(form.field(identifier))
        .child(hidden)
        .child(form.submit(Text::action_continue));
    // It never moves the field: where there is anything to see, this card waits for it.
    let around = switch(move || {
        let cards = flow.present_cards()?;
        untrack(|| cards.around(flow, focus)).map(AnyView::from)
    });
    let title = words(move |text| {
        let name = site.of_environment(|it| it.display_config.application_name.clone());
        text.sign_in_title(&name.unwrap_or_default())
    });
    let mut card = card(title).subtitle(Text::sign_in_subtitle).main(around);
    if let Some(others) = untrack(|| others::draw(flow)) {
        card = card.main(others);
    }
    card.main(form.alert())
        .main(fields)
        .footer(Text::sign_in_no_account, Text::action_sign_up, move || {
            sign_up_url(flow)
        })
        .into()
}

/// Where signing up, or asking for it, is, if anybody may.
pub fn sign_up_url(flow: Flow) -> Option<String> {
    let (mode, configured) = flow.site.of_environment(|it| {
        (
            it.user_settings.sign_up.mode,
            it.display_config.sign_up_url.clone(),
        )
    })?;
    let url = flow.sign_up_url.get().unwrap_or(configured);
    (mode != SignUpMode::Restricted && !url.is_empty()).then(|| passing_on(url))
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
