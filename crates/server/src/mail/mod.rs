//! Letters: what they say and how they look, in the person's language.
//!
//! A letter is kept sealed and in no language; it is written out when it leaves.

mod html;
mod letter;

pub use letter::{Letter, Mail, Written};
