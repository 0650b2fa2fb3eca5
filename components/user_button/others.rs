//! Others who are signed in to this browser, and the way to be one of them.

use frontdesk_locale::Text;
use frontdesk_protocol::{Session, SessionId, SessionStatus, TouchSession};
use leptos::prelude::*;

use super::menu::Menu;
use crate::kit::{El, State, avatar, el, switch};
use crate::provider::Site;

/// Whether several people can be signed in.
pub(super) fn are_possible(site: Site) -> bool {
    site.of_environment(|it| !it.auth_config.single_session_mode) == Some(true)
}

/// The sessions of the others.
pub(super) fn all(site: Site) -> Vec<Session> {
    site.of_client(|client| {
        let here = client.last_active_session_id.as_ref();
        let is_other = |session: &&Session| {
            session.status == SessionStatus::Active && Some(&session.id) != here
        };
        Some(client.sessions.iter().filter(is_other).cloned().collect())
    })
    .unwrap_or_default()
}

/// A button for each of the others, one for another account, and one that signs everybody out.
pub(super) fn draw(menu: Menu) -> Option<AnyView> {
    let site = menu.site();
    let others = State::derived(move || all(site));
    are_possible(site).then(|| {
        switch(move || {
            menu.focus_inside();
            Some(group(menu, others.get()).into())
        })
    })
}

fn group(menu: Menu, others: Vec<Session>) -> El {
    let leave = (!others.is_empty()).then(|| {
        menu.item("sign-out-all", None, Text::sign_in_out_of_all, move || {
            menu.sign_out_all();
        })
    });
    let mut group = el("div").attr("data-items", "");
    for session in others {
        group = group.child(one(menu, session));
    }
    let add = el("a")
        .part("menu-item")
        .attr("data-action", "add-account")
        .attr_when("href", move || Some(menu.sign_in_url()))
        .say(Text::sign_in_add_account);
    group.child(add).maybe(leave)
}

fn one(menu: Menu, session: Session) -> El {
    let address = session.public_user_data.identifier;
    let name = session.user.full_name();
    let shown = name.clone().unwrap_or_else(|| address.clone());
    let picture = avatar(&session.user.image_url, &shown);
    // Two people may have one name, but not one address.
    let address = name.map(|_| {
        let address = el("bdi").text(move || address.clone());
        el("span").part("hint").child(address)
    });
    let id = session.id;
    let data = id.to_string();
    menu.item(
        "switch",
        Some(picture),
        move |text: &Text| text.sign_in_as(&shown),
        move || menu.switch(id.clone()),
    )
    .attr("data-session", data)
    .maybe(address)
}

impl Menu {
    /// Goes on as somebody else who is signed in.
    fn switch(self, id: SessionId) {
        let desk = self.site().desk();
        self.form().send(Box::pin(async move {
            let command = TouchSession::default();
            desk.touch_session(&id, &command).await?;
            self.focus_anew();
            Ok(())
        }));
    }

    /// Signs whoever it is out, and goes on as another if there is one.
    pub(super) fn sign_out(self) {
        let site = self.site();
        let next = untrack(|| all(site)).into_iter().next();
        let (Some(next), Some(session)) = (next, untrack(|| site.session())) else {
            return self.sign_out_all();
        };
        let desk = site.desk();
        self.form().send(Box::pin(async move {
            desk.remove_session(&session.id).await?;
            let command = TouchSession::default();
            desk.touch_session(&next.id, &command).await?;
            self.focus_anew();
            Ok(())
        }));
    }
}
