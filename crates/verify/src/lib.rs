//! Verifies session tokens of Frontdesk in other people's backends.
//!
//! No HTTP client is linked: [`Verifier`] fetches the key set through a closure of yours, caches it,
//! and checks every token without another call. [`check`] is the same without the cache.
//!
//! ```no_run
//! use frontdesk_verify::{Rules, Verifier};
//!
//! # async fn get(_: &str) -> Result<String, std::io::Error> { unimplemented!() }
//! let rules = Rules::new("https://accounts.example.com").with_party("https://app.example.com");
//! let verifier = Verifier::new(rules, || get("https://accounts.example.com/.well-known/jwks.json"));
//! ```
//!
//! With axum, put the verifier in the state and take [`SignedIn`] in a handler, or put [`Protect`] before some of them.

mod check;
mod claims;
mod extract;
mod jwks;
mod protect;
#[cfg(test)]
mod protect_tests;
#[cfg(test)]
mod step_up_tests;
#[cfg(test)]
mod tests;
mod verifier;

pub use check::{Refusal, Rules, check};
pub use claims::{ActiveOrganization, Claims};
pub use extract::{Rejection, SignedIn};
pub use jwks::Jwks;
pub use protect::{Protect, Protected};
pub use verifier::{Unavailable, Verifier};

pub use frontdesk_protocol::{
    OrganizationId, Reverification, SessionId, Timestamp, UserId, VerificationLevel,
};
