//! The cards that say that nobody may sign up, or not yet.

use frontdesk_locale::Text;

use super::Flow;
use crate::json::setting;
use crate::kit::{El, Handle, card, el, switch};

/// Draws the one for those without an invitation.
pub fn draw(flow: Flow, focus: Handle) -> El {
    let card = card(Text::sign_up_restricted_title)
        .keep(focus)
        .subtitle(Text::sign_up_restricted_subtitle)
        .main(flow.form.alert());
    flow.with_sign_in(card).into()
}

/// Draws the one that leads to the waiting list.
pub fn draw_waitlist(flow: Flow, focus: Handle) -> El {
    let url = move || {
        let configured = || setting::<String>(flow.site, &["display_config", "waitlist_url"]);
        flow.waitlist_url
            .get()
            .or_else(configured)
            .filter(|url| !url.is_empty())
    };
    let link = switch(move || {
        let link = el("a")
            .part("button")
            .attr("href", url()?)
            .say(Text::waitlist_join);
        Some(link.into())
    });
    let card = card(Text::sign_up_waitlist_title)
        .keep(focus)
        .subtitle(Text::sign_up_waitlist_subtitle)
        .main(flow.form.alert())
        .main(link);
    flow.with_sign_in(card).into()
}
