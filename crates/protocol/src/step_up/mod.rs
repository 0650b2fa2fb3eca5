//! Step-up: asking somebody who is signed in for a proof once more, before something that matters.

#[cfg(not(target_arch = "wasm32"))]
mod advance;

use crate::{Factor, Session, SessionId, Timestamp, Verification};

#[cfg(not(target_arch = "wasm32"))]
pub use advance::SessionVerificationEvent;

words! {
    /// What a step-up waits for.
    pub enum SessionVerificationStatus {
        /// A proof of one of the first factors.
        NeedsFirstFactor = "needs_first_factor",
        /// A proof of one of the second factors.
        NeedsSecondFactor = "needs_second_factor",
        /// Nothing: what was asked for is proven.
        Complete = "complete",
    }
}

words! {
    /// How much is to be proven; whoever has no second factor proves the first in its place.
    pub enum VerificationLevel {
        /// The first factor.
        FirstFactor = "first_factor",
        /// The second factor.
        SecondFactor = "second_factor",
        /// Both, one after the other.
        MultiFactor = "multi_factor",
    }
}

resource! {
    /// How lately something must be proven, and what: the `meta.reverification` of
    /// `session_reverification_required`.
    pub struct Reverification {
        /// What.
        pub level: VerificationLevel,
        /// After how many minutes it is asked for again.
        pub after_minutes: u32,
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl Reverification {
    /// Both factors, in the last ten minutes.
    pub const STRICT_MFA: Self = Self::of(VerificationLevel::MultiFactor, 10);
    /// The second factor, in the last ten minutes.
    pub const STRICT: Self = Self::of(VerificationLevel::SecondFactor, 10);
    /// The second factor, in the last hour.
    pub const MODERATE: Self = Self::of(VerificationLevel::SecondFactor, 60);
    /// The second factor, in the last day.
    pub const LAX: Self = Self::of(VerificationLevel::SecondFactor, 1440);

    const fn of(level: VerificationLevel, after_minutes: u32) -> Self {
        Self {
            level,
            after_minutes,
        }
    }
}

resource! {
    /// The step-up of a session. It is both what the server stores and what the browser draws.
    "session_verification" => pub struct SessionVerification {
        /// The id of the session: it has one step-up at a time.
        pub id: SessionId,
        /// What it waits for.
        pub status: SessionVerificationStatus,
        /// How much is to be proven.
        pub level: VerificationLevel,
        /// The ways to prove the first factor.
        pub supported_first_factors: Vec<Factor>,
        /// The ways to prove the second factor.
        pub supported_second_factors: Vec<Factor>,
        /// How far the first proof has come.
        pub first_factor_verification: Option<Verification>,
        /// How far the second proof has come.
        pub second_factor_verification: Option<Verification>,
        /// The session as it is now; it is told, and not stored.
        pub session: Option<Session>,
        /// When it ends unfinished.
        pub abandon_at: Timestamp,
    }
}
