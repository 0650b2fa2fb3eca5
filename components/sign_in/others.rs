//! The buttons of the first card: other ways in than by typing. What they do comes with the later cards.

use frontdesk_client::Failure;
use frontdesk_locale::Text;
use frontdesk_protocol::Strategy;

use super::Flow;
use crate::credential;
use crate::kit::{El, el, part};
use crate::social;

/// Draws them, if there are any.
pub fn draw(flow: Flow) -> Option<El> {
    let last = flow
        .site
        .of_client(|client| client.last_authentication_strategy);
    let word = last.as_ref().map(Strategy::as_str);
    let providers = social::offered(flow.site);
    let social = social::buttons(flow.form, providers, word, move |strategy| {
        enter(flow, strategy.to_owned());
    });
    let passkey = passkey(flow, last == Some(Strategy::Passkey));
    if social.is_none() && passkey.is_none() {
        return None;
    }
    // Where there is but one way, everybody knows which one it was.
    let is_typed = last.is_some_and(|last| {
        !matches!(
            last,
            Strategy::OAuth(_) | Strategy::Passkey | Strategy::Ticket
        )
    });
    let badge = is_typed.then(|| social::badge().attr("data-for", "identifier"));
    let or = part("divider").child(el("span").say(Text::sign_in_or));
    let others = part("others").maybe(social).maybe(passkey);
    Some(others.child(or).maybe(badge))
}

/// The button for a passkey, where the settings and the browser have it.
fn passkey(flow: Flow, is_last: bool) -> Option<El> {
    let is_offered = flow
        .site
        .of_environment(|it| it.user_settings.passkey_settings.show_sign_in_button);
    (is_offered == Some(true) && credential::is_supported()).then(|| {
        let strategy = Strategy::Passkey.as_str();
        flow.form
            .button("button", Text::sign_in_use_passkey, move || {
                enter(flow, strategy.to_owned());
            })
            .attr("data-strategy", strategy)
            .maybe(is_last.then(social::badge))
    })
}

fn enter(flow: Flow, strategy: String) {
    flow.form.send(Box::pin(async move {
        match flow.cards().await {
            Some(cards) => cards.enter(flow, strategy).await,
            None => Err(Failure::Offline),
        }
    }));
}
