//! The card for a browser in which somebody is signed in, and others may be, too.

use frontdesk_locale::Text;
use frontdesk_protocol::{Session, SessionStatus};
use leptos::prelude::*;

use super::Flow;
use super::step::Step;
use crate::kit::{El, Handle, avatar, card, el, part};

/// Draws the card: a button for each person, one for another account, and a way out for all.
pub fn draw(flow: Flow, focus: Handle) -> El {
    let form = flow.form;
    let list = part("accounts").child_when(move || {
        let sessions = flow.site.of_client(|client| Some(client.sessions.clone()));
        let mut list = el("div").attr("data-list", "");
        for session in sessions.unwrap_or_default() {
            if matches!(
                session.status,
                SessionStatus::Active | SessionStatus::Pending
            ) {
                list = list.child(untrack(|| account(flow, session)));
            }
        }
        Some(list)
    });
    let add = form.button("button", Text::sign_in_add_account, move || {
        flow.choose(Step::Identifier);
    });
    let leave = form.button("link", Text::sign_in_out_of_all, move || {
        let desk = flow.site.desk();
        form.send(Box::pin(async move { desk.sign_out().await }));
    });
    card(Text::sign_in_accounts_title)
        .subtitle(Text::sign_in_accounts_subtitle)
        .keep(focus)
        .main(form.alert())
        .main(list)
        .main(add.attr("data-action", "add-account"))
        .main(leave.attr("data-action", "sign-out"))
        .into()
}

fn account(flow: Flow, session: Session) -> El {
    let address = session.public_user_data.identifier;
    let name = session.user.full_name();
    let shown = name.clone().unwrap_or_else(|| address.clone());
    let picture = avatar(&session.user.image_url, &shown);
    // Two people may have one name, but not one address.
    let address = name.map(|_| {
        el("span")
            .part("hint")
            .child(el("bdi").text(move || address.clone()))
    });
    let (desired, id) = (shown, session.id);
    let data = id.to_string();
    flow.form
        .button(
            "button",
            move |text: &Text| text.sign_in_as(&desired),
            move || {
                let id = id.clone();
                flow.form
                    .send(Box::pin(async move { flow.go_on_as(&id).await }));
            },
        )
        .attr("data-session", data)
        .child(picture)
        .maybe(address)
}
