//! The way out for whoever has something to do before the session is active, and would rather not.

use frontdesk_protocol::{SessionStatus, TouchSession};

use super::Flow;
use crate::kit::{El, part, words};

/// Draws the button that signs out; it names the person.
pub fn draw(flow: Flow) -> El {
    part("others").maybe(button(flow))
}

fn button(flow: Flow) -> Option<El> {
    let session = flow
        .site
        .of_client(|client| client.pending_session().cloned())?;
    let name = session.public_user_data.identifier;
    let label = words(move |text| text.sign_in_task_leave(&name));
    let id = session.id;
    let leave = flow.form.button("link", label, move || {
        let id = id.clone();
        let next = flow.site.desk().client().and_then(|client| {
            let is_in = |it| matches!(it, SessionStatus::Active | SessionStatus::Pending);
            let mut others = client.sessions.iter().filter(|it| it.id != id);
            others.find(|it| is_in(it.status)).map(|it| it.id.clone())
        });
        let desk = flow.site.desk();
        flow.form.send(Box::pin(async move {
            desk.remove_session(&id).await?;
            if !flow.chosen.is_disposed() {
                flow.code.set(String::new());
                flow.chosen.set(None);
            }
            if let Some(next) = next {
                let command = TouchSession::default();
                desk.touch_session(&next, &command).await?;
            }
            Ok(())
        }));
    });
    Some(leave.attr("data-action", "sign-out"))
}
