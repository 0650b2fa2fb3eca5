//! The route of the waiting list.

use frontdesk_protocol::{Form as _, JoinWaitlist, WaitlistEntry};

use crate::call::Verb;
use crate::{Failure, Frontdesk};

impl Frontdesk {
    /// `POST /v1/waitlist`: takes a place on the waiting list; the answer is the same for whoever has one.
    ///
    /// # Errors
    /// See [`Failure`].
    pub async fn join_waitlist(&self, command: &JoinWaitlist) -> Result<WaitlistEntry, Failure> {
        self.ask(Verb::Post, &["waitlist"], &command.fields()).await
    }
}
