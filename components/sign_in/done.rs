//! The card for somebody who is signed in already.

use frontdesk_locale::Text;

use super::Flow;
use crate::kit::{El, Handle, card, el, words};

/// Draws the card.
pub fn draw(flow: Flow, focus: Handle) -> El {
    let site = flow.site;
    let target = flow.target;
    card(Text::sign_in_done_title)
        .keep(focus)
        .subtitle(words(move |text| {
            text.sign_in_done_subtitle(&site.person().unwrap_or_default())
        }))
        .main(flow.form.alert())
        .main(
            el("a")
                .part("button")
                .attr_when("href", move || Some(target.url()))
                .say(Text::action_continue),
        )
        .into()
}
