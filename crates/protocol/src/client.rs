//! The state of one browser.

use crate::{
    ClientId, OrganizationId, OrganizationMembership, PublicUserData, SessionId, SignIn, SignUp,
    Strategy, Timestamp, User,
};

words! {
    /// How a session stands.
    pub enum SessionStatus {
        /// In use.
        Active = "active",
        /// Signed in, but with something to do first.
        Pending = "pending",
        /// Signed out by the user.
        Ended = "ended",
        /// Taken out of this browser.
        Removed = "removed",
        /// Older than it may be.
        Expired = "expired",
        /// Left alone for too long.
        Abandoned = "abandoned",
        /// Followed by another one.
        Replaced = "replaced",
        /// Ended from elsewhere.
        Revoked = "revoked",
    }
}

resource! {
    /// A short-lived session token.
    "token" => pub struct SessionToken {
        /// The token: a JWT that lives for 60 s.
        pub jwt: String,
    }
}

words! {
    /// What is to be done before a session is active.
    pub enum Task {
        /// To choose an organization to be in.
        ChooseOrganization = "choose-organization",
        /// To set up a second factor.
        SetupMfa = "setup-mfa",
        /// To choose another password, because the one in use is known to others.
        ResetPassword = "reset-password",
    }
}

resource! {
    /// Something to do before a session is active.
    pub struct SessionTask {
        /// What.
        pub key: Task,
    }
}

resource! {
    /// One user signed in to one browser.
    "session" => pub struct Session {
        /// Its id.
        pub id: SessionId,
        /// How it stands.
        pub status: SessionStatus,
        /// When it ends at the latest.
        pub expire_at: Timestamp,
        /// When it ends if it is left alone.
        pub abandon_at: Timestamp,
        /// When it was last used, to the minute.
        pub last_active_at: Timestamp,
        /// The organization it is in; absent for the personal account.
        pub last_active_organization_id: Option<OrganizationId>,
        /// A token minted with this answer.
        pub last_active_token: Option<SessionToken>,
        /// Things to do before it is active.
        pub tasks: Vec<SessionTask>,
        /// Whose it is.
        pub user: User,
        /// Whose it is, as others see them.
        pub public_user_data: PublicUserData,
        /// When it began.
        pub created_at: Timestamp,
        /// When it was last changed.
        pub updated_at: Timestamp,
    }
    beyond {
        /// Minutes since the first and the second factor were proven; -1 where there is no second factor.
        pub factor_verification_age: Vec<i64>,
    }
}

resource! {
    /// `GET /v1/client`: everything the server knows of this browser.
    "client" => pub struct Client {
        /// Its id.
        pub id: ClientId,
        /// Who is signed in, the first to sign in first.
        pub sessions: Vec<Session>,
        /// The sign-in under way.
        pub sign_in: Option<SignIn>,
        /// The sign-up under way.
        pub sign_up: Option<SignUp>,
        /// The session last used.
        pub last_active_session_id: Option<SessionId>,
        /// How somebody last signed in here.
        pub last_authentication_strategy: Option<Strategy>,
        /// When the browser forgets it.
        pub cookie_expires_at: Option<Timestamp>,
        /// The server's clock, for browsers whose own is wrong.
        pub server_time: Timestamp,
        /// When it was made.
        pub created_at: Timestamp,
        /// When it was last changed.
        pub updated_at: Timestamp,
    }
}

impl Client {
    /// The session last used, if it is still there and active.
    pub fn active_session(&self) -> Option<&Session> {
        let id = self.last_active_session_id.as_ref()?;
        self.sessions
            .iter()
            .find(|session| session.id == *id && session.status == SessionStatus::Active)
    }

    /// What the user is in the organization that the active session is in; absent in the personal account.
    pub fn active_membership(&self) -> Option<&OrganizationMembership> {
        let session = self.active_session()?;
        let id = session.last_active_organization_id.as_ref()?;
        let mut memberships = session.user.organization_memberships.iter();
        memberships.find(|membership| membership.organization.id == *id)
    }

    /// Whether somebody is signed in who, in the organization the session is in, has all of what is asked; where
    /// nothing is asked, whether somebody is signed in.
    pub fn has(&self, role: Option<&str>, permission: Option<&str>) -> bool {
        if role.is_none() && permission.is_none() {
            return self.active_session().is_some();
        }
        self.active_membership().is_some_and(|membership| {
            role.is_none_or(|role| membership.has_role(role))
                && permission.is_none_or(|permission| membership.has_permission(permission))
        })
    }

    /// The session last used, if something is to be done before it is active.
    pub fn pending_session(&self) -> Option<&Session> {
        let id = self.last_active_session_id.as_ref()?;
        self.sessions
            .iter()
            .find(|session| session.id == *id && session.status == SessionStatus::Pending)
    }
}
