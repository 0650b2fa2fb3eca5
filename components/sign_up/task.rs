//! The card for whoever has signed up, and has something to do before the session is active.

use frontdesk_locale::Text;
use web_sys::UrlSearchParams;

use super::Flow;
use crate::kit::{El, Handle, card, el, part, switch};
use crate::leaving;

/// Draws the card: the way to where it is done, and a way out.
pub fn draw(flow: Flow, focus: Handle) -> El {
    let link = switch(move || {
        let link = el("a")
            .part("button")
            .attr("href", url(flow)?)
            .say(Text::action_continue);
        Some(link.into())
    });
    card(Text::sign_up_missing_title)
        .keep(focus)
        .subtitle(Text::sign_up_task_subtitle)
        .main(flow.form.alert())
        .main(link)
        .main(part("others").maybe(leave(flow)))
        .into()
}

/// Where it is done: where one signs in, which leads on to where signing up would.
pub fn url(flow: Flow) -> Option<String> {
    let url = flow.bare_sign_in_url()?;
    if !cfg!(target_arch = "wasm32") {
        return Some(url);
    }
    let query = UrlSearchParams::new().ok()?;
    query.append("redirect_url", &flow.target.url());
    let mark = if url.contains('?') { "&" } else { "?" };
    Some([url.as_str(), mark, &String::from(query.to_string())].concat())
}

fn leave(flow: Flow) -> Option<El> {
    leaving::way_out(flow.site, flow.form, move |id| {
        let desk = flow.site.desk();
        flow.form.send(Box::pin(
            async move { desk.remove_session(&id).await.map(drop) },
        ));
    })
}
