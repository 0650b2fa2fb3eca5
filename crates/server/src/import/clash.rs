//! What two people cannot both have.

use std::collections::HashSet;

use crate::store::{Address, NewPerson, Occupied};

/// What of a person is somebody's already; from now on it is theirs.
pub fn clash(occupied: &mut Occupied, person: &NewPerson) -> Option<String> {
    let mut claim = |what: &str, set: fn(&mut Occupied) -> &mut HashSet<String>, text: &str| {
        let is_free = set(occupied).insert(text.to_owned());
        (!is_free).then(|| format!("the {what} {text} is somebody else's"))
    };
    let proven = |all: &[Address]| -> Vec<String> {
        let proven = all.iter().filter(|(.., proof)| proof.is_some());
        proven.map(|(_, text, _)| text.clone()).collect()
    };
    let mut clash = claim("id", |it| &mut it.ids, person.id.as_str());
    if let Some(id) = &person.external_id {
        clash = clash.or(claim("id", |it| &mut it.external_ids, id));
    }
    for email in proven(&person.emails) {
        clash = clash.or(claim("address", |it| &mut it.emails, &email));
    }
    for phone in proven(&person.phones) {
        clash = clash.or(claim("number", |it| &mut it.phones, &phone));
    }
    if let Some(name) = &person.username {
        clash = clash.or(claim("user name", |it| &mut it.usernames, name));
    }
    clash
}
