//! The card for whom no way helps.

use frontdesk_locale::Text;
use frontdesk_protocol::Strategy;

use super::Flow;
use super::step::{Later, Round, Step};
use crate::kit::{El, Handle, card, el, link, part};

/// Whom people may write to.
pub fn support(flow: Flow) -> Option<String> {
    flow.site
        .of_environment(|it| it.display_config.support_email.clone())
        .flatten()
        .filter(|address| !address.is_empty())
}

/// Draws the card.
pub fn draw(flow: Flow, focus: Handle, round: Round, instead_of: Strategy) -> El {
    let address = support(flow).unwrap_or_default();
    let shown = address.clone();
    let back = move || flow.choose(Step::Later(Later::Methods { round, instead_of }));
    card(Text::sign_in_trouble)
        .subtitle(Text::sign_in_trouble_subtitle)
        .keep(focus)
        .main(
            part("others")
                .child(link(Text::sign_in_trouble_action, move || {
                    ["mailto:", &address].concat()
                }))
                .child(el("bdi").part("hint").text(move || shown.clone())),
        )
        .main(flow.form.button("back", Text::action_back, back))
        .into()
}
