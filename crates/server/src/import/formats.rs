//! What each system calls what.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value;

use super::person::{Person, hash, is, object, text, texts, time};
use super::records::Record;
use super::{Import, System, frontdesk};
use crate::foreign::{Foreign, Salted};

/// Who a record is of.
///
/// # Errors
/// In one line, why they are nobody who can be taken.
pub fn read(import: &Import, record: &Record, now_ms: i64) -> Result<Person, String> {
    let person = match import.from {
        System::Clerk => clerk(record),
        System::Auth0 => auth0(record),
        System::Firebase => firebase(import, record),
        System::Supabase => supabase(record, now_ms),
        System::Frontdesk => frontdesk::read(record),
    }?;
    if person.id.is_empty() {
        return Err("it has no id".to_owned());
    }
    Ok(person)
}

fn clerk(record: &Record) -> Result<Person, String> {
    let hasher = text(record, "password_hasher").unwrap_or_else(|| "bcrypt".to_owned());
    let password = match text(record, "password_digest") {
        Some(digest) => hash(&hasher, Foreign::parse(&hasher, &digest))?,
        None => None,
    };
    Ok(Person {
        id: text(record, "id").unwrap_or_default(),
        emails: clerk_addresses(record, "email_address", "email_addresses"),
        phones: clerk_addresses(record, "phone_number", "phone_numbers"),
        username: text(record, "username"),
        first_name: text(record, "first_name"),
        last_name: text(record, "last_name"),
        password,
        totp: text(record, "totp_secret"),
        backup_codes: texts(record, "backup_codes"),
        metadata: [
            object(record, "public_metadata")?,
            object(record, "private_metadata")?,
            object(record, "unsafe_metadata")?,
        ],
        created_at: time(record, "created_at")?,
        is_banned: is(record, "banned"),
        ours: None,
    })
}

/// Lists of proven ones and others, or objects that say it themselves; the primary one first.
fn clerk_addresses(record: &Record, one: &str, many: &str) -> Vec<(String, bool)> {
    let mut all: Vec<(String, bool)> = Vec::new();
    if let Some(Value::Array(objects)) = record.get(many) {
        let primary = text(record, &format!("primary_{one}_id"));
        let (first, others): (Vec<&Value>, Vec<&Value>) = objects
            .iter()
            .partition(|it| it["id"].as_str().map(str::to_owned) == primary);
        for object in first.into_iter().chain(others) {
            let is_proven = object["verification"]["status"] == "verified";
            if let Some(address) = object[one].as_str() {
                all.push((address.to_owned(), is_proven));
            }
        }
        return all;
    }
    let proven = texts(record, &format!("verified_{many}"));
    let others = texts(record, &format!("unverified_{many}"));
    let primary = text(record, &format!("primary_{one}"));
    let listed = proven.iter().chain(&others);
    for address in primary.iter().chain(listed) {
        if all.iter().all(|(other, _)| other != address) {
            all.push((address.clone(), proven.contains(address)));
        }
    }
    all
}

fn auth0(record: &Record) -> Result<Person, String> {
    let oid = record.get("_id").and_then(|it| it["$oid"].as_str());
    let id = text(record, "user_id")
        .or(text(record, "_id"))
        .or(oid.map(str::to_owned));
    let created_at = match record.get("created_at").map(|it| &it["$date"]) {
        Some(Value::String(_) | Value::Number(_)) => {
            let wrapped = record["created_at"]
                .as_object()
                .cloned()
                .unwrap_or_default();
            time(&wrapped, "$date")?
        }
        _ => time(record, "created_at")?,
    };
    let plain = text(record, "passwordHash").or(text(record, "password_hash"));
    let password = match (plain, record.get("custom_password_hash")) {
        (Some(digest), _) => hash("bcrypt", Foreign::parse("bcrypt", &digest))?,
        (None, Some(Value::Object(custom))) => auth0_hash(custom)?,
        (None, _) => None,
    };
    let totp = record.get("mfa_factors").and_then(Value::as_array);
    let totp = totp.and_then(|all| all.iter().find_map(|it| it["totp"]["secret"].as_str()));
    let one =
        |text: Option<String>, is_proven| text.map(|it| (it, is_proven)).into_iter().collect();
    Ok(Person {
        id: id.unwrap_or_default(),
        emails: one(text(record, "email"), is(record, "email_verified")),
        phones: one(text(record, "phone_number"), is(record, "phone_verified")),
        username: text(record, "username"),
        first_name: text(record, "given_name"),
        last_name: text(record, "family_name"),
        password,
        totp: totp.map(str::to_owned),
        backup_codes: Vec::new(),
        metadata: [
            None,
            object(record, "app_metadata")?,
            object(record, "user_metadata")?,
        ],
        created_at,
        is_banned: is(record, "blocked"),
        ours: None,
    })
}

/// `{"algorithm", "hash": {"value", "encoding"}, "salt": {"value", "encoding", "position"}}`.
fn auth0_hash(custom: &Record) -> Result<Option<Foreign>, String> {
    let name = text(custom, "algorithm").unwrap_or_default();
    let value = custom["hash"]["value"].as_str().unwrap_or_default();
    let bytes = |part: &Value| -> Option<Vec<u8>> {
        let value = part["value"].as_str()?;
        match part["encoding"].as_str().unwrap_or("utf8") {
            "base64" => BASE64_STANDARD.decode(value).ok(),
            "hex" => (0..value.len() / 2)
                .map(|it| u8::from_str_radix(value.get(2 * it..2 * it + 2)?, 16).ok())
                .collect(),
            "utf8" => Some(value.as_bytes().to_vec()),
            _ => None,
        }
    };
    let found = match name.as_str() {
        "bcrypt" => Foreign::parse("bcrypt", value),
        "argon2" => Foreign::parse("argon2id", value).or_else(|_| Foreign::parse("argon2i", value)),
        "ldap" => Foreign::parse("ldap_ssha", value),
        "pbkdf2" => auth0_pbkdf2(value),
        "md5" | "sha1" | "sha256" | "sha512" => {
            let at = match custom.get("salt").and_then(|it| it["position"].as_str()) {
                Some("suffix") => Salted::After,
                _ => Salted::Before,
            };
            let salt = custom.get("salt").map_or(Some(Vec::new()), bytes);
            let salt = salt.ok_or("the salt cannot be read")?;
            let digest = custom.get("hash").and_then(bytes).unwrap_or_default();
            Foreign::digest(&name, &salt, at, digest)
        }
        "scrypt" => {
            let figure = |name, or| custom.get(name).and_then(Value::as_u64).unwrap_or(or);
            let figures = [
                figure("cost", 16384),
                figure("blockSize", 8),
                figure("parallelization", 1),
            ];
            let figures = figures.map(|it| u32::try_from(it).unwrap_or(u32::MAX));
            let salt = custom.get("salt").and_then(bytes).unwrap_or_default();
            let digest = custom.get("hash").and_then(bytes).unwrap_or_default();
            Foreign::scrypt(figures.into(), &salt, digest)
        }
        _ => return Err(format!("passwords cannot be checked by {name}")),
    };
    hash(&name, found)
}

/// `$pbkdf2-sha256$i=100000,l=32$SALT$HASH`, as PHC strings are.
fn auth0_pbkdf2(text: &str) -> Result<Foreign, crate::foreign::Refused> {
    const REFUSED: crate::foreign::Refused = crate::foreign::Refused::Digest;
    let parts: Vec<&str> = text.split('$').collect();
    let ["", name, figures, salt, digest] = parts[..] else {
        return Err(REFUSED);
    };
    let mut figures = figures.split(',');
    let rounds = figures.find_map(|it| it.strip_prefix("i=")?.parse().ok());
    let decode = |text: &str| {
        let text = text.trim_end_matches('=');
        base64::prelude::BASE64_STANDARD_NO_PAD
            .decode(text)
            .map_err(|_| REFUSED)
    };
    let digest_name = name.strip_prefix("pbkdf2-").unwrap_or("sha1");
    Foreign::pbkdf2(
        digest_name,
        rounds.ok_or(REFUSED)?,
        &decode(salt)?,
        decode(digest)?,
    )
}

fn firebase(import: &Import, record: &Record) -> Result<Person, String> {
    let password = match (text(record, "passwordHash"), text(record, "salt")) {
        (Some(digest), salt) => {
            let Some(key) = &import.hash_key else {
                return Err("it has a password, and --hash-key is missing".to_owned());
            };
            let (salt, separator) = (salt.unwrap_or_default(), &import.salt_separator);
            let (rounds, memory) = (import.rounds, import.mem_cost);
            let digest = format!(
                "{digest}${salt}${}${separator}${rounds}${memory}",
                key.expose()
            );
            hash(
                "scrypt_firebase",
                Foreign::parse("scrypt_firebase", &digest),
            )?
        }
        (None, _) => None,
    };
    let name = text(record, "displayName").unwrap_or_default();
    let (first, last) = name.split_once(' ').unwrap_or((&name, ""));
    let filled = |name: &str| Some(name.trim().to_owned()).filter(|it| !it.is_empty());
    let email = text(record, "email").map(|it| (it, is(record, "emailVerified")));
    Ok(Person {
        id: text(record, "localId").unwrap_or_default(),
        emails: email.into_iter().collect(),
        phones: text(record, "phoneNumber")
            .map(|it| (it, true))
            .into_iter()
            .collect(),
        first_name: filled(first),
        last_name: filled(last),
        password,
        metadata: [object(record, "customAttributes")?, None, None],
        created_at: time(record, "createdAt")?,
        is_banned: is(record, "disabled"),
        ..Person::default()
    })
}

fn supabase(record: &Record, now_ms: i64) -> Result<Person, String> {
    if text(record, "deleted_at").is_some() {
        return Err("it was deleted".to_owned());
    }
    let password = match text(record, "encrypted_password") {
        Some(digest) if digest.starts_with("$argon2i$") => {
            hash("argon2i", Foreign::parse("argon2i", &digest))?
        }
        Some(digest) if digest.starts_with("$argon2") => {
            hash("argon2id", Foreign::parse("argon2id", &digest))?
        }
        Some(digest) => hash("bcrypt", Foreign::parse("bcrypt", &digest))?,
        None => None,
    };
    let written = object(record, "raw_user_meta_data")?;
    let name = |name| written.as_ref().and_then(|it| text(it, name));
    let confirmed = |name| text(record, name).is_some();
    let is_proven = confirmed("email_confirmed_at") || confirmed("confirmed_at");
    let phone = text(record, "phone").map(|it| format!("+{}", it.trim_start_matches('+')));
    let phone = phone.map(|it| (it, confirmed("phone_confirmed_at")));
    Ok(Person {
        id: text(record, "id").unwrap_or_default(),
        emails: text(record, "email")
            .map(|it| (it, is_proven))
            .into_iter()
            .collect(),
        phones: phone.into_iter().collect(),
        first_name: name("first_name"),
        last_name: name("last_name"),
        password,
        metadata: [object(record, "raw_app_meta_data")?, None, written],
        created_at: time(record, "created_at")?,
        is_banned: time(record, "banned_until")?.is_some_and(|until| until > now_ms),
        ..Person::default()
    })
}
