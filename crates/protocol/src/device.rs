//! Where a user is signed in.

use crate::{SessionId, SessionStatus, Timestamp};

resource! {
    /// What is known of the browser that a session is in.
    "session_activity" => pub struct Activity {
        /// The browser, e.g. `Firefox`.
        pub browser_name: Option<String>,
        /// Its version.
        pub browser_version: Option<String>,
        /// What it runs on, e.g. `Linux`.
        pub device_type: Option<String>,
        /// The address of its network.
        pub ip_address: Option<String>,
        /// The town that the network is in.
        pub city: Option<String>,
        /// The country that the network is in.
        pub country: Option<String>,
    }
}

resource! {
    /// One of `GET /v1/me/sessions/active`: a session of the user, in whichever browser.
    "session" => pub struct ActiveSession {
        /// Its id.
        pub id: SessionId,
        /// How it stands.
        pub status: SessionStatus,
        /// When it was last used, to the minute.
        pub last_active_at: Timestamp,
        /// What is known of its browser.
        pub latest_activity: Option<Activity>,
    }
}
