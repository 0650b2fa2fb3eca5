//! Whole-product tests through the real router, on SQLite always and on PostgreSQL where
//! `FRONTDESK_TEST_POSTGRES` names one.

#![expect(
    clippy::unwrap_used,
    reason = "tests say what they expect by unwrapping it"
)]

mod configuration;
mod email_addresses;
mod email_link;
mod keys;
mod kill;
mod organizations;
mod passkeys;
mod password;
mod races;
mod serving;
mod sessions;
mod sign_in;
mod sign_up;
mod site;
mod templates;
mod tidy;
mod wire;
