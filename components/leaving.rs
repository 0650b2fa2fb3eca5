//! Signing out, from whichever widget it is asked for.

use frontdesk_protocol::SessionId;
use leptos::prelude::*;

use crate::kit::{El, Finish, Form, Prop, State, Target, go, words};
use crate::provider::{Site, use_site};

/// Signing out, and where that leads; copies are the same thing.
#[derive(Clone, Copy)]
pub struct Leaving(State<Way>);

struct Way {
    site: Site,
    target: Target,
    on_signed_out: Option<Finish>,
}

impl Leaving {
    /// It leads to `after`, or else to `sign_in`, or else to where the settings say.
    pub fn new(after: Prop, sign_in: Prop, on_signed_out: Option<Finish>) -> Self {
        let own = Prop::from(move || after.get().or_else(|| sign_in.get()));
        Self(State::new(Way {
            site: use_site(),
            target: Target::new(own, false, |config| &config.after_sign_out_all_url),
            on_signed_out,
        }))
    }

    /// Signs everybody in this browser out, and shows in `form` what goes wrong.
    pub fn leave(self, form: Form) {
        // Whoever draws only for people who are signed in is gone by the time the answer is read.
        let (desk, on_signed_out, url) = self.0.with_untracked(|way| {
            let url = untrack(|| way.target.url());
            (way.site.desk(), way.on_signed_out, url)
        });
        form.send(Box::pin(async move {
            desk.sign_out().await?;
            go(on_signed_out, &url);
            Ok(())
        }));
    }
}

/// The button for whoever has something to do before the session is active, and would rather not: it names the person,
/// and `leave` gets the session to end.
pub fn way_out(site: Site, form: Form, leave: impl Fn(SessionId) + 'static) -> Option<El> {
    let session = site.of_client(|client| client.pending_session().cloned())?;
    let name = session.public_user_data.identifier;
    let label = words(move |text| text.sign_in_task_leave(&name));
    let button = form.button("link", label, move || leave(session.id.clone()));
    Some(button.attr("data-action", "sign-out"))
}
