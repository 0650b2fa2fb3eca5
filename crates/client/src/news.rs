//! What tabs tell each other, so that one sign-out shows in all of them and one token serves all.

use crate::{Frontdesk, Task};

/// A tab that was hidden trusts what it knows for this long.
const FRESH_MS: i64 = 5_000;

/// What one tab tells the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// Who is signed in, or in which organization, has changed.
    Client,
    /// A session token was minted.
    Token {
        /// Its session and organization.
        key: String,
        /// The token.
        jwt: String,
    },
}

impl Frontdesk {
    /// Takes in what another tab told.
    pub fn hear(&self, news: News) {
        match news {
            News::Client => self.reload_soon(),
            News::Token { key, jwt } => self.hold_token(&key, &jwt),
        }
    }

    /// Reads the client again unless that was done in the last five seconds: for a tab that comes to the front.
    pub fn resume(&self) {
        let read_at = self.0.state.borrow().client_at;
        if self.0.transport.now().0 - read_at.0 > FRESH_MS {
            self.reload_soon();
        }
    }

    fn reload_soon(&self) {
        // Before the first load nobody has asked for the client, and the load to come is fresh anyway.
        if !self.0.state.borrow().is_client_known {
            return;
        }
        let desk = self.clone();
        let reload: Task<()> = Box::pin(async move { drop(desk.reload().await) });
        self.0.transport.spawn(reload);
    }
}
