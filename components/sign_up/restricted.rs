//! The card that says that nobody may sign up.

use frontdesk_locale::Text;

use super::Flow;
use crate::kit::{El, Handle, card};

/// Draws the card.
pub fn draw(flow: Flow, focus: Handle) -> El {
    let card = card(Text::sign_up_restricted_title)
        .keep(focus)
        .subtitle(Text::sign_up_restricted_subtitle);
    flow.with_sign_in(card).into()
}
