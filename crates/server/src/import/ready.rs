//! A person, checked as the Admin API checks them.

use frontdesk_protocol::{
    Email, EmailAddressId, Phone, PhoneNumberId, Secret, Strategy, Timestamp, UserId, Username,
    Verification,
};
use tokio::task::JoinSet;

use super::Import;
use super::person::{Person, text};
use super::records::Record;
use crate::app::App;
use crate::error::Error;
use crate::factor::{backup_code, totp};
use crate::flow;
use crate::foreign::Foreign;
use crate::routes::fields::{LARGEST_METADATA, name};
use crate::store::{Address, NewPerson};

/// How many hashes are made at once, at the most.
const AT_ONCE: usize = 16;
const MOST_ADDRESSES: usize = 20;
const LONGEST_ID: usize = 255;

/// What the record of somebody who is refused is called.
pub fn id_of(record: &Record) -> Option<String> {
    let names = ["id", "user_id", "localId"];
    names.iter().find_map(|name| text(record, name))
}

/// Somebody who can be written but for the password, which [`seal`] is left to; or why not.
///
/// # Errors
/// Where there are no random bytes.
pub fn check(
    app: &App,
    import: &Import,
    person: Person,
) -> anyhow::Result<Result<NewPerson, String>> {
    let id = UserId::from_random(app.chance.bytes()?);
    let proof = serde_json::to_string(&Verification::proved(None, Strategy::Ticket))?;
    let proven = |is_proven| (is_proven || import.trust_addresses).then(|| proof.clone());
    let mut emails: Vec<Address> = Vec::new();
    for (typed, is_proven) in &person.emails {
        let Ok(email) = Email::parse(typed) else {
            return Ok(Err(format!("{typed} is no e-mail address")));
        };
        if emails.iter().all(|(_, other, _)| other != email.as_str()) {
            let id = EmailAddressId::from_random(app.chance.bytes()?).into();
            emails.push((id, email.into(), proven(*is_proven)));
        }
    }
    let mut phones: Vec<Address> = Vec::new();
    for (typed, is_proven) in &person.phones {
        let Ok(phone) = Phone::parse(typed) else {
            return Ok(Err(format!("{typed} is no phone number with its country")));
        };
        if phones.iter().all(|(_, other, _)| other != phone.as_str()) {
            let id = PhoneNumberId::from_random(app.chance.bytes()?).into();
            phones.push((id, phone.into(), proven(*is_proven)));
        }
    }
    let username = match &person.username {
        Some(typed) => match Username::parse(typed, &app.settings().username.shape()) {
            Ok(name) => Some(name.into()),
            Err(_) => return Ok(Err(format!("{typed} is no user name here"))),
        },
        None => None,
    };
    if emails.is_empty() && phones.is_empty() && username.is_none() {
        let reason = "it has no address, number or user name";
        return Ok(Err(reason.to_owned()));
    }
    if emails.len() > MOST_ADDRESSES || phones.len() > MOST_ADDRESSES {
        return Ok(Err("it has too many addresses".to_owned()));
    }
    if person.id.len() > LONGEST_ID {
        return Ok(Err("its id is too long".to_owned()));
    }
    let mut metadata = [None, None, None];
    for (kept, found) in metadata.iter_mut().zip(&person.metadata) {
        *kept = found.as_ref().map(serde_json::to_string).transpose()?;
        if kept
            .as_ref()
            .is_some_and(|text| text.len() > LARGEST_METADATA)
        {
            return Ok(Err("it has too much metadata".to_owned()));
        }
    }
    let names = [&person.first_name, &person.last_name].map(|it| name(it.as_deref(), "name"));
    let [Ok(first_name), Ok(last_name)] = names else {
        return Ok(Err("a name is too long, or not all letters".to_owned()));
    };
    let totp = person.totp.as_deref().map(|it| totp::brought(app, it));
    let Ok(totp) = refused(totp.transpose())? else {
        return Ok(Err(
            "the secret of the authenticator app cannot be read".to_owned()
        ));
    };
    let codes: Vec<_> = person.backup_codes.into_iter().map(Secret::new).collect();
    let Ok(backup_codes) = refused(backup_code::brought(app, &id, &codes))? else {
        return Ok(Err("a backup code cannot be read".to_owned()));
    };
    let filled = |name: Option<String>| name.filter(|name| !name.is_empty());
    Ok(Ok(NewPerson {
        id,
        external_id: person.id,
        emails,
        phones,
        username,
        first_name: filled(first_name),
        last_name: filled(last_name),
        password: person.password.map(|it| it.write()).transpose()?,
        totp,
        backup_codes,
        metadata,
        created_at: person.created_at.map_or_else(|| app.now(), Timestamp),
        is_banned: person.is_banned,
    }))
}

/// What the caller is at fault for, apart from what we are.
fn refused<T>(found: Result<T, Error>) -> anyhow::Result<Result<T, ()>> {
    match found {
        Ok(found) => Ok(Ok(found)),
        Err(Error::Refused(..)) => Ok(Err(())),
        Err(error) => Err(anyhow::anyhow!("{error:?}")),
    }
}

/// Seals the passwords; those that could be guessed fast are hashed once more, on every core.
///
/// # Errors
/// Where there are no random bytes.
pub async fn seal(app: &App, people: &mut [(u64, NewPerson)]) -> anyhow::Result<()> {
    let mut tasks = JoinSet::new();
    let mut waiting: Vec<(usize, Foreign)> = Vec::new();
    for (place, (_, person)) in people.iter_mut().enumerate() {
        let Some(stored) = &person.password else {
            continue;
        };
        match Foreign::read(stored).filter(|it| it.bare().is_some()) {
            Some(foreign) => waiting.push((place, foreign)),
            None => person.password = Some(flow::seal_password(app, stored)?),
        }
    }
    while !waiting.is_empty() || !tasks.is_empty() {
        if tasks.len() < AT_ONCE
            && let Some((place, foreign)) = waiting.pop()
        {
            let app = app.clone();
            tasks.spawn(async move { (place, app.hasher.adopt(foreign, &app.chance).await) });
            continue;
        }
        if let Some(done) = tasks.join_next().await {
            let (place, stored) = done?;
            let stored = stored.map_err(|error| anyhow::anyhow!("{error:?}"))?;
            people[place].1.password = Some(flow::seal_password(app, &stored)?);
        }
    }
    Ok(())
}
