//! The card for somebody whose address or number has an account already.

use frontdesk_locale::Text;

use super::Flow;
use super::code::Sent;
use super::step::Chosen;
use crate::kit::{El, Handle, card, el, identity, words};

/// Draws the card.
pub fn draw(flow: Flow, focus: Handle, sent: Sent) -> El {
    let site = flow.site;
    let address = move || {
        site.of_client(|client| sent.to(client.sign_up.as_ref()?))
            .unwrap_or_default()
    };
    let edit = move || flow.choose(Chosen::Details);
    let sign_in = move || {
        let url = flow.sign_in_url()?;
        Some(
            el("a")
                .part("button")
                .attr("href", url)
                .say(Text::action_sign_in),
        )
    };
    card(Text::sign_up_exists_title)
        .keep(focus)
        .subtitle(words(move |text| text.sign_up_exists_subtitle(&address())))
        .identity(identity(address, Text::sign_in_edit_identifier, edit))
        .main(crate::kit::switch(move || sign_in().map(Into::into)))
        .into()
}
