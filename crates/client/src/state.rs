//! What is known, and how an answer changes it.

use std::rc::Rc;

use frontdesk_protocol::{Client, Environment, Timestamp};

use crate::{Frontdesk, Method, News, Value};

/// Everything the server has told.
#[derive(Default)]
pub(crate) struct State {
    pub(crate) environment: Option<Rc<Environment>>,
    pub(crate) client: Option<Rc<Client>>,
    /// The environment and the client as they came, for whoever reads JSON rather than Rust.
    pub(crate) environment_json: Option<Value>,
    pub(crate) client_json: Option<Value>,
    /// Whether `client` is what the server said, and not just unasked.
    pub(crate) is_client_known: bool,
    /// When the client was last told, by the local clock.
    pub(crate) client_at: Timestamp,
    pub(crate) server_ahead_ms: i64,
    sent: u32,
    applied: u32,
}

impl State {
    /// The number of the request about to be sent.
    pub(crate) fn next_number(&mut self) -> u32 {
        self.sent += 1;
        self.sent
    }
}

impl Frontdesk {
    /// Replaces the client by the one in the answer to request `number`, unless a later request was answered before.
    pub(crate) fn apply(
        &self,
        number: u32,
        method: Method,
        client: Option<(Client, Value)>,
    ) -> bool {
        let (client, json) = client.unzip();
        let now = self.0.transport.now();
        let is_news = {
            let mut state = self.0.state.borrow_mut();
            if number < state.applied {
                return false;
            }
            let before = standing(state.client.as_deref());
            let is_news = method == Method::Post && before != standing(client.as_ref());
            if let Some(client) = &client {
                state.server_ahead_ms = client.server_time.0 - now.0;
            }
            state.applied = number;
            state.client_at = now;
            state.is_client_known = true;
            state.client = client.map(Rc::new);
            state.client_json = json;
            is_news
        };
        self.0.tokens.follow(self.client().as_deref());
        if is_news {
            self.0.transport.tell(News::Client);
        }
        self.0.listeners.tell();
        true
    }
}

/// Who is signed in, and in which organization: what other tabs must hear of.
fn standing(client: Option<&Client>) -> String {
    let mut standing = String::new();
    if let Some(client) = client {
        if let Some(session) = &client.last_active_session_id {
            standing.push_str(session.as_str());
        }
        for session in &client.sessions {
            standing.push_str(session.id.as_str());
            standing.push_str(session.status.as_str());
            if let Some(organization) = &session.last_active_organization_id {
                standing.push_str(organization.as_str());
            }
        }
    }
    standing
}
