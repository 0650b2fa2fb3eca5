//! Whole-product tests through the real router, on SQLite always and on PostgreSQL where
//! `FRONTDESK_TEST_POSTGRES` names one.

#![expect(
    clippy::unwrap_used,
    reason = "tests say what they expect by unwrapping it"
)]

mod account;
mod admin;
mod attack;
mod audit;
mod backend;
mod captcha;
mod configuration;
mod devices;
mod email_addresses;
mod email_link;
mod export;
mod foreign_hashes;
mod identifiers;
mod import;
mod keys;
mod kill;
mod locking;
mod oauth;
mod oauth_accounts;
mod openapi;
mod organizations;
mod passkeys;
mod password;
mod pictures;
mod program;
mod races;
mod replicas;
mod reset_password;
mod second_factor;
mod serving;
mod sessions;
mod settings;
mod several_sessions;
mod sign_in;
mod sign_up;
mod site;
mod step_up;
mod templates;
mod texts;
mod tickets;
mod tidy;
mod types;
mod users;
mod webhooks;
mod wire;
