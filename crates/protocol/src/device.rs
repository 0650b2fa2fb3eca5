//! Where a user is signed in.

use crate::{SessionId, SessionStatus, Timestamp};

resource! {
    /// What is known of the browser that a session was begun in.
    "session_activity" => pub struct SessionActivity {
        /// The browser, e.g. `Firefox`.
        pub browser_name: Option<String>,
        /// Its version.
        pub browser_version: Option<String>,
        /// The system, e.g. `Android`.
        pub device_type: Option<String>,
        /// The address of the network that the session was begun from.
        pub ip_address: Option<String>,
        /// Always absent: no address is looked up anywhere.
        pub city: Option<String>,
        /// Always absent: no address is looked up anywhere.
        pub country: Option<String>,
    }
    beyond {
        /// The session's id.
        pub id: SessionId,
        /// Whether it is a telephone or a tablet.
        pub is_mobile: bool,
    }
}

resource! {
    /// `GET /v1/me/sessions/active`: a session of the user, in any browser.
    "session" => pub struct DeviceSession {
        /// Its id.
        pub id: SessionId,
        /// How it stands.
        pub status: SessionStatus,
        /// When it was last used, to the minute.
        pub last_active_at: Timestamp,
        /// Where it was begun.
        pub latest_activity: Option<SessionActivity>,
    }
    beyond {
        /// When it ends at the latest.
        pub expire_at: Timestamp,
        /// When it ends if it is left alone.
        pub abandon_at: Timestamp,
        /// When it began.
        pub created_at: Timestamp,
        /// When it was last changed.
        pub updated_at: Timestamp,
    }
}
