//! The waiting list.

use crate::{Timestamp, WaitlistEntryId};

resource! {
    /// `POST /v1/waitlist`: a place on the waiting list; the answer is the same for whoever has one already.
    "waitlist_entry" => pub struct WaitlistEntry {
        /// Its id.
        pub id: WaitlistEntryId,
        /// The address that is told once the person may sign up.
        pub email_address: String,
        /// When it was taken.
        pub created_at: Timestamp,
        /// When it was last changed.
        pub updated_at: Timestamp,
    }
}
