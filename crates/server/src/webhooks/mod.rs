//! Webhooks: what happens here, told to the app's servers as Standard Webhooks has it.

mod data;
mod signature;
mod worker;

pub use signature::{new_secret, open_secret, seal_secret, signed};
pub use worker::{deliver, send_due, test};

use crate::secret_key::Scopes;
use crate::store::{family, kinds};

/// Every event of every kind.
pub const EVERYTHING: &str = "*";

/// Whether `filter` names events: `*`, all of a family as in `user.*`, or one kind as in `user.created`.
pub fn is_filter(filter: &str) -> bool {
    filter == EVERYTHING
        || kinds().any(|kind| {
            kind == filter
                || filter
                    .strip_suffix(".*")
                    .is_some_and(|it| it == family(kind))
        })
}

/// Whether a key of these scopes may read all that `filters` tell of.
pub fn may_read(scopes: &Scopes, filters: &[String]) -> bool {
    let told = |kind: &str| {
        let is_told = |filter: &String| {
            filter == EVERYTHING
                || filter == kind
                || filter.strip_suffix(".*") == Some(family(kind))
        };
        filters.iter().any(is_told)
    };
    kinds().filter(|kind| told(kind)).all(|kind| {
        scopes.allow(match family(kind) {
            "user" => "users:read",
            "session" => "sessions:read",
            _ => "organizations:read",
        })
    })
}
