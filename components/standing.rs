//! Whether somebody is signed in, as far as that is known.

use frontdesk_locale::Text;
use frontdesk_protocol::UserId;
use leptos::prelude::*;

use crate::kit::{Handle, Prop, Root, State, Target, card, link, skeleton, switch};
use crate::provider::use_site;

/// Whether somebody is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nothing is known yet.
    Unknown,
    /// Nothing is known, and the last try to change that failed.
    Unreachable,
    /// Nobody is.
    SignedOut,
    /// This user is.
    SignedIn(UserId),
}

/// What a widget draws anew for: another user, and not another state of the same one.
pub fn standing() -> State<Standing> {
    let site = use_site();
    State::derived(move || {
        let user = site.of_client(|client| Some(client.active_session()?.user.id.clone()));
        match user {
            Some(user) if site.is_loaded.get() => Standing::SignedIn(user),
            Some(_) | None if site.is_loaded.get() => Standing::SignedOut,
            Some(_) | None if site.has_failed.get() => Standing::Unreachable,
            Some(_) | None => Standing::Unknown,
        }
    })
}

/// What `draw` makes for whoever is signed in; for everybody else a card with a title, a sentence, and the way to the
/// sign-in.
pub fn for_members(
    root: Root,
    [title, signed_out]: [fn(&Text) -> String; 2],
    sign_in_url: Prop,
    draw: impl Fn() -> AnyView + Send + 'static,
) -> AnyView {
    let sign_in = Target::new(sign_in_url, false, |config| &config.sign_in_url);
    let standing = standing();
    let was_in = State::new(false);
    switch(move || {
        root.enter();
        Some(match standing.get() {
            Standing::Unknown | Standing::Unreachable => skeleton().into(),
            Standing::SignedOut => {
                let focus = Handle::new();
                // Whoever was here a moment ago is told that they are not any more.
                if was_in.get_untracked() {
                    focus.focus_when_drawn();
                }
                card(title)
                    .keep(focus)
                    .subtitle(signed_out)
                    .main(link(Text::action_sign_in, move || sign_in.url()))
                    .into()
            }
            Standing::SignedIn(_) => {
                was_in.set(true);
                untrack(&draw)
            }
        })
    })
}
