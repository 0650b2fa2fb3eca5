//! The way out for whoever has something to do before the session is active, and would rather not.

use frontdesk_protocol::{SessionId, SessionStatus, TouchSession};

use super::Flow;
use crate::kit::{El, part};
use crate::leaving;

/// Draws the button that signs out; it names the person.
pub fn draw(flow: Flow) -> El {
    let way_out = leaving::way_out(flow.site, flow.form, move |id| leave(flow, id));
    part("others").maybe(way_out)
}

/// Signs out, and goes on as whoever else is signed in.
fn leave(flow: Flow, id: SessionId) {
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
}
