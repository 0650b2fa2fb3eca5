//! Accounts with providers: beginning there, coming back, and what a user has connected.

mod accounts;
mod begin;
mod callback;
mod sign_in;
mod sign_up;

pub use crate::oauth::{kept_account, named};
pub use accounts::{connect, disconnect, reauthorize};
pub use begin::{begin_sign_in, begin_sign_up, prepare_sign_in};
pub use callback::{callback, posted};
pub use sign_in::to_sign_in;
pub use sign_up::to_sign_up;
