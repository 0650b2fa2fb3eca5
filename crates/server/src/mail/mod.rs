//! Letters: what they say and how they look, in the person's language.
//!
//! A letter is kept sealed and in no language; it is written out when it leaves.

mod domain_letters;
mod html;
mod letter;
mod smtp;
mod text;
mod worker;

pub use domain_letters::write_domain_letters;
pub use html::escape;
pub use letter::{Address, Letter, Mail, Written};
pub use smtp::Smtp;
pub use worker::{deliver, note_activity, send_due};
