//! The first card: who, and with which password? And the one for what is missing still.

use frontdesk_locale::Text;
use frontdesk_protocol::Field;
use leptos::prelude::*;

use super::fields::{self, Asked};
use super::{Flow, external, send};
use crate::kit::{El, Handle, State, card, el, part, switch, words};
use crate::social;

/// A sentence without arguments.
type Say = fn(&Text) -> String;

/// Draws the first card.
pub fn draw(flow: Flow, focus: Handle) -> El {
    let form = flow.form;
    let site = flow.site;
    let attempt = flow.attempt();
    if let Some(attempt) = &attempt {
        flow.recall(attempt);
    }
    let invited = attempt.and_then(|attempt| attempt.email_address);
    let is_again = State::new(false);
    let fields = switch(move || {
        let asked = fields::of_settings(flow);
        let invited = invited.clone();
        let drawn = untrack(|| {
            form.turn_over();
            if is_again.get_untracked() {
                // The button that was pressed is drawn anew, too.
                focus.focus_when_drawn();
            }
            is_again.set(true);
            let mut drawn = form.draw(move || submit(flow, &fields::of_settings(flow)));
            if flow.has_ticket() {
                drawn = drawn.maybe(invited.map(|address| fields::invited(form, address)));
            }
            fields::draw(flow, &asked, drawn, focus).maybe(fields::other_way(flow))
        });
        Some(drawn.into())
    });
    let providers = untrack(|| social::offered(site));
    let social = social::buttons(form, providers, None, move |strategy| {
        external::begin(flow, strategy.to_owned());
    });
    let divider = social
        .is_some()
        .then(|| part("divider").child(el("span").say(Text::social_or)));
    let card = card(Text::sign_up_title)
        .subtitle(words(move |text| {
            let name = site.of_environment(|it| it.display_config.application_name.clone());
            text.sign_up_subtitle(&name.unwrap_or_default())
        }))
        .main(form.alert())
        .main(switch_of(social))
        .main(switch_of(divider))
        .main(fields);
    flow.with_sign_in(card).into()
}

/// Draws the card for what is missing still, in the order of the server.
pub fn draw_missing(flow: Flow, focus: Handle) -> El {
    let form = flow.form;
    let asked = match flow.attempt() {
        Some(attempt) => {
            flow.recall(&attempt);
            fields::missing(flow, &attempt)
        }
        None => Asked::default(),
    };
    let is_legal_alone = asked
        .fields
        .iter()
        .all(|(field, _)| *field == Field::LegalAccepted);
    let (title, subtitle): (Say, Say) = if is_legal_alone {
        (Text::sign_up_legal_title, Text::sign_up_legal_subtitle)
    } else {
        (Text::sign_up_missing_title, Text::sign_up_missing_subtitle)
    };
    let drawn = {
        let asked = asked.clone();
        form.draw(move || submit(flow, &asked))
    };
    card(title)
        .keep(focus)
        .subtitle(subtitle)
        .main(form.alert())
        .main(fields::draw(flow, &asked, drawn, Handle::new()))
        .into()
}

fn switch_of(el: Option<El>) -> AnyView {
    match el {
        Some(el) => el.into(),
        None => ().into_any(),
    }
}

fn submit(flow: Flow, asked: &Asked) {
    let attempt = untrack(|| flow.attempt());
    let command = flow.site.environment.with_untracked(|environment| {
        environment
            .as_deref()
            .map(|environment| flow.draft.command(environment, asked, attempt.as_ref()))
    });
    let command = match command {
        None => return,
        Some(Err(problems)) => return flow.form.refuse(problems),
        Some(Ok(command)) => command,
    };
    flow.code.set(String::new());
    flow.form.send(Box::pin(async move {
        let answer = send::send(flow, attempt.map(|attempt| attempt.id), command).await;
        if answer.is_ok() && !flow.chosen.is_disposed() {
            flow.chosen.set(None);
        }
        flow.advance(answer)
    }));
}
