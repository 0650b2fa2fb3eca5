//! The card for somebody whose address has an account already.

use frontdesk_locale::Text;

use super::Flow;
use super::step::Chosen;
use crate::kit::{El, Handle, card, el, identity, words};

/// Draws the card.
pub fn draw(flow: Flow, focus: Handle) -> El {
    let address = flow.draft.email_address;
    let site = flow.site;
    let address = move || {
        site.of_client(|client| client.sign_up.as_ref()?.email_address.clone())
            .unwrap_or_else(|| address.get())
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
