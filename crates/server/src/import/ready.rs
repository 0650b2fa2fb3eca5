//! A person, checked as the Admin API checks them.

use frontdesk_protocol::{
    Email, EmailAddressId, ExternalAccount, PasskeyId, Phone, PhoneNumberId, Provider, Secret,
    Strategy, Timestamp, UserId, Username, Verification,
};
use serde::Deserialize as _;
use serde_json::Value;
use tokio::task::JoinSet;

use super::Import;
use super::person::{Ours, Person, text};
use super::records::Record;
use crate::app::App;
use crate::error::Error;
use crate::factor::{backup_code, passkey, totp};
use crate::flow;
use crate::foreign::Foreign;
use crate::oauth::Tokens;
use crate::routes::fields::{LARGEST_METADATA, name};
use crate::store::{Address, BroughtPasskey, ExternalKey, NewExternalAccount, NewPerson, Standing};

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
    // Whoever was here keeps their id, which the app's server knows them by.
    let id = match &person.ours {
        Some(_) => match UserId::parse(&person.id) {
            Some(id) => id,
            None => return Ok(Err("its id is none of ours".to_owned())),
        },
        None => UserId::from_random(app.chance.bytes()?),
    };
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
    let password = person.password.map(|it| it.write()).transpose()?;
    let external_id = Some(person.id).filter(|_| person.ours.is_none());
    let filled = |name: Option<String>| name.filter(|name| !name.is_empty());
    let made = NewPerson {
        id,
        external_id,
        emails,
        phones,
        username,
        first_name: filled(first_name),
        last_name: filled(last_name),
        password,
        totp,
        backup_codes,
        passkeys: Vec::new(),
        external_accounts: Vec::new(),
        metadata,
        created_at: person.created_at.map_or_else(|| app.now(), Timestamp),
        is_banned: person.is_banned,
        second_numbers: Vec::new(),
        standing: Standing::default(),
    };
    match person.ours {
        Some(ours) => restore(app, made, ours),
        None => Ok(Ok(made)),
    }
}

/// The same with what an export of ours tells.
fn restore(app: &App, made: NewPerson, ours: Ours) -> anyhow::Result<Result<NewPerson, String>> {
    let is_kept = |stored: &str| {
        let is_foreign = Foreign::read_bearable(stored).is_some();
        is_foreign || Foreign::parse("argon2id", stored).is_ok()
    };
    if ours.password.as_deref().is_some_and(|it| !is_kept(it)) {
        let reason = "the password's hash is none of ours, or costs too much to check";
        return Ok(Err(reason.to_owned()));
    }
    if ours
        .external_id
        .as_ref()
        .is_some_and(|it| it.len() > LONGEST_ID)
    {
        return Ok(Err("its external_id is too long".to_owned()));
    }
    let is_same = is_sealed_here(app, &ours);
    let mut backup_codes = Vec::new();
    let told = ours.backup_codes.iter();
    for told in told.filter(|it| is_same || !backup_code::needs_secret(it)) {
        match backup_code::restored(app, told)? {
            Some(kept) => backup_codes.push(kept),
            None => return Ok(Err("a backup code cannot be read".to_owned())),
        }
    }
    let mut passkeys = Vec::new();
    for told in ours.passkeys.iter().filter(|_| is_same) {
        match restored_passkey(app, told)? {
            Some(kept) => passkeys.push(kept),
            None => return Ok(Err("a passkey cannot be read".to_owned())),
        }
    }
    let mut external_accounts = Vec::new();
    for told in &ours.external_accounts {
        match restored_account(app, told)? {
            Some(kept) => external_accounts.push(kept),
            None => return Ok(Err("an account with a provider cannot be read".to_owned())),
        }
    }
    let second_numbers = ours.second_numbers.iter();
    let second_numbers = second_numbers.filter_map(|it| Phone::parse(it).ok());
    Ok(Ok(NewPerson {
        external_id: ours.external_id,
        password: ours.password,
        backup_codes,
        passkeys,
        external_accounts,
        second_numbers: second_numbers.map(String::from).collect(),
        standing: ours.standing,
        ..made
    }))
}

fn restored_passkey(app: &App, told: &Value) -> anyhow::Result<Option<BroughtPasskey>> {
    let text = |name: &str| told[name].as_str().unwrap_or_default();
    let (Some(id), Ok(Some(name)), Some(made)) = (
        PasskeyId::parse(text("id")),
        name(Some(text("name")), "name"),
        passkey::restored(app, &told["credential"])?,
    ) else {
        return Ok(None);
    };
    let at = |name: &str| told[name].as_i64().map(Timestamp);
    Ok(Some(BroughtPasskey {
        id,
        credential: made.credential,
        sealed: made.sealed,
        name,
        last_used_at: at("last_used_at"),
        created_at: at("created_at").unwrap_or_else(|| app.now()),
    }))
}

fn restored_account(app: &App, told: &Value) -> anyhow::Result<Option<NewExternalAccount>> {
    let text = |name: &str| {
        let text = told[name].as_str().unwrap_or_default();
        let is_whole = !text.is_empty() && text.len() <= LONGEST_ID;
        is_whole.then(|| text.to_owned())
    };
    let (Some(provider), Some(issuer), Some(subject), Ok(shown), Ok(tokens)) = (
        text("provider").filter(|it| Provider::parse(it).is_some()),
        text("issuer"),
        text("subject"),
        ExternalAccount::deserialize(&told["shown"]),
        Tokens::deserialize(&told["tokens"]),
    ) else {
        return Ok(None);
    };
    Ok(Some(NewExternalAccount {
        id: shown.id.clone(),
        key: ExternalKey {
            provider,
            issuer,
            subject,
        },
        shown,
        sealed: tokens.seal(app)?,
    }))
}

fn is_sealed_here(app: &App, ours: &Ours) -> bool {
    ours.sealed_by.as_deref() == Some(&sealed_by(app))
}

/// Whether somebody has passkeys or backup codes that only another secret knows again.
pub fn loses_proofs(app: &App, person: &Person) -> bool {
    person.ours.as_ref().is_some_and(|ours| {
        let mut codes = ours.backup_codes.iter();
        let needs_secret = |it: &String| backup_code::needs_secret(it);
        let is_lost = codes.any(needs_secret) || !ours.passkeys.is_empty();
        is_lost && !is_sealed_here(app, ours)
    })
}

/// By what passkeys and the hashes of backup codes are known to be of the same secret.
pub fn sealed_by(app: &App) -> String {
    app.seal.recognise_text("export", "backup codes")
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
