//! The authentication backend of Frontdesk.
//!
//! The ground that every route stands on: time and chance as parameters, secrets sealed or hashed,
//! bounded password hashing, one store on SQLite and PostgreSQL, and the one shape of an error.

pub mod chance;
pub mod error;
pub mod hash;
pub mod mail;
pub mod seal;
pub mod store;
#[cfg(test)]
mod tests;
