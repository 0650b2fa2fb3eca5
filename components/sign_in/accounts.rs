//! The card for a browser in which somebody is signed in, and others may be, too.

use frontdesk_locale::Text;
use frontdesk_protocol::{Client, Session, SessionId, SessionStatus};
use leptos::prelude::*;

use super::Flow;
use super::step::Step;
use crate::kit::{El, Handle, State, avatar, card, el, part};

/// Draws the card: a button for each person, one for another account, and a way out for all.
pub fn draw(flow: Flow, focus: Handle) -> El {
    let form = flow.form;
    let accounts = State::derived(move || {
        let all = |client: &Client| Some(client.sessions.iter().filter_map(Account::of).collect());
        flow.site.of_client::<Vec<Account>>(all).unwrap_or_default()
    });
    let list = part("accounts").child_when(move || {
        let mut list = el("div").attr("data-list", "");
        for account in accounts.get() {
            list = list.child(untrack(|| account.draw(flow)));
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

/// What is shown of somebody.
#[derive(Clone, PartialEq, Eq)]
struct Account {
    session: SessionId,
    name: Option<String>,
    address: String,
    image_url: String,
}

impl Account {
    fn of(session: &Session) -> Option<Self> {
        let is_open = matches!(
            session.status,
            SessionStatus::Active | SessionStatus::Pending
        );
        is_open.then(|| Self {
            session: session.id.clone(),
            name: session.user.full_name(),
            address: session.public_user_data.identifier.clone(),
            image_url: session.user.image_url.clone(),
        })
    }

    fn draw(self, flow: Flow) -> El {
        let (name, address) = (self.name, self.address);
        let shown = name.clone().unwrap_or_else(|| address.clone());
        let picture = avatar(&self.image_url, &shown);
        // Two people may have one name, but not one address.
        let address = name.map(|_| {
            el("span")
                .part("hint")
                .child(el("bdi").text(move || address.clone()))
        });
        let id = self.session;
        let data = id.to_string();
        flow.form
            .button(
                "button",
                move |text: &Text| text.sign_in_as(&shown),
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
}
