//! The box for agreement to the terms.

use frontdesk_locale::Text;
use frontdesk_protocol::Field;
use leptos::prelude::*;

use super::Flow;
use crate::kit::{El, Handle, el, switch};

/// Stand for the links in the sentence, which its language puts where it likes.
const TERMS: char = '\u{e000}';
const PRIVACY: char = '\u{e001}';

/// A piece of the sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words.
    Plain(String),
    /// Words that lead to the terms.
    Terms,
    /// Words that lead to the privacy policy.
    Privacy,
}

/// The sentence in pieces.
pub fn pieces(sentence: &str) -> Vec<Piece> {
    sentence
        .split_inclusive([TERMS, PRIVACY])
        .flat_map(|piece| {
            let plain = piece.trim_end_matches([TERMS, PRIVACY]).to_owned();
            let link = match piece.chars().next_back() {
                Some(TERMS) => Some(Piece::Terms),
                Some(PRIVACY) => Some(Piece::Privacy),
                Some(_) | None => None,
            };
            [Some(Piece::Plain(plain)), link]
        })
        .flatten()
        .filter(|piece| *piece != Piece::Plain(String::new()))
        .collect()
}

/// Draws the box and the sentence beside it, with links to what is agreed to.
pub fn draw(flow: Flow, handle: Handle) -> El {
    let form = flow.form;
    let is_accepted = flow.draft.is_accepted;
    let name = Field::LegalAccepted.as_str();
    form.own_field((name, "input"), sentence(flow), None, handle, |input| {
        let input = input
            .attr("type", "checkbox")
            .attr("required", "")
            .flag("checked", move || is_accepted.get())
            .flag("disabled", move || form.is_pending())
            .on("change", move |event| {
                is_accepted.set(event_target_checked(&event));
                form.forgive(name);
            });
        el("div").attr("data-control", "").child(input)
    })
}

fn sentence(flow: Flow) -> AnyView {
    let text = flow.site.text;
    switch(move || {
        let (terms, privacy) = flow.site.of_environment(|it| {
            let config = &it.display_config;
            (config.terms_url.clone(), config.privacy_policy_url.clone())
        })?;
        let (for_terms, for_privacy) = (TERMS.to_string(), PRIVACY.to_string());
        let said = text.with(|text| match (&terms, &privacy) {
            (Some(_), Some(_)) | (None, None) => text.sign_up_legal_both(&for_privacy, &for_terms),
            (Some(_), None) => text.sign_up_legal_terms(&for_terms),
            (None, Some(_)) => text.sign_up_legal_privacy(&for_privacy),
        });
        let mut sentence = el("span");
        for piece in pieces(&said) {
            sentence = sentence.child(match piece {
                Piece::Plain(words) => el("span").text(move || words.clone()),
                Piece::Terms => link(terms.clone(), Text::sign_up_terms),
                Piece::Privacy => link(privacy.clone(), Text::sign_up_privacy),
            });
        }
        Some(sentence.into())
    })
}

/// Opens beside the page, so that nothing that was typed is lost.
fn link(url: Option<String>, label: fn(&Text) -> String) -> El {
    match url {
        Some(url) => el("a")
            .part("link")
            .attr("href", url)
            .attr("target", "_blank")
            .attr("rel", "noopener")
            .say(label),
        None => el("span").say(label),
    }
}
