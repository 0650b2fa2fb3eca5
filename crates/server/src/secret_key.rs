//! Keys of the app's servers: how they look, and what each may do.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use frontdesk_protocol::{ErrorCode, Secret, SecretKeyId};

use crate::app::App;
use crate::error::Error;
use crate::seal::hash_token;
use crate::store::{Cause, StoredKey};

/// What a key may be allowed to work on.
pub const AREAS: [&str; 13] = [
    "audit_log",
    "users",
    "super_admins",
    "sessions",
    "sign_in_tokens",
    "invitations",
    "organizations",
    "roles",
    "restrictions",
    "waitlist",
    "settings",
    "webhooks",
    "secret_keys",
];
/// What a key may do that is allowed everything.
const EVERYTHING: &str = "*";
/// What the key of a developer's command line is called.
const DEVELOPERS: &str = "key_00000000000000000000000000";

/// What a key may do: `*`, or words such as `users:read` and `users:write`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scopes(Vec<String>);

impl Scopes {
    /// Everything there is to do.
    pub fn everything() -> Self {
        Self(vec![EVERYTHING.to_owned()])
    }

    /// Reads a list of scopes.
    ///
    /// # Errors
    /// The first word that is none; an empty one where there is no word at all.
    pub fn parse(words: &[String]) -> Result<Self, String> {
        let wrong = words.iter().find(|word| !is_scope(word));
        match wrong {
            Some(wrong) => Err(wrong.clone()),
            None if words.is_empty() => Err(String::new()),
            None => Ok(Self(words.to_vec())),
        }
    }

    /// Whether they allow `scope`.
    pub fn allow(&self, scope: &str) -> bool {
        self.0
            .iter()
            .any(|word| word == EVERYTHING || word == scope)
    }

    /// Whether they allow all that `others` do.
    pub fn cover(&self, others: &Self) -> bool {
        others.0.iter().all(|scope| self.allow(scope))
    }

    /// The words.
    pub fn words(&self) -> &[String] {
        &self.0
    }
}

fn is_scope(word: &str) -> bool {
    let is_fine =
        |(area, deed): (&str, &str)| AREAS.contains(&area) && (deed == "read" || deed == "write");
    word == EVERYTHING || word.split_once(':').is_some_and(is_fine)
}

/// Makes a key, and answers with it: nobody is told it again.
///
/// # Errors
/// Where the store broke.
pub async fn create(
    app: &App,
    name: &str,
    scopes: &Scopes,
    by: &str,
    cause: Cause<'_>,
) -> anyhow::Result<(StoredKey, Secret<String>)> {
    let kind = if app.config.options.development {
        "sk_test_"
    } else {
        "sk_live_"
    };
    let secret = Secret::new([kind, app.chance.token()?.expose()].concat());
    let key = StoredKey {
        id: SecretKeyId::from_random(app.chance.bytes()?),
        name: name.to_owned(),
        scopes: scopes.0.join(" "),
        last_used_at: None,
        created_at: cause.now,
    };
    let hash = hash_token(secret.expose());
    app.store.create_secret_key(&key, &hash, by, cause).await?;
    Ok((key, secret))
}

/// Whose key this is, and what it may do.
///
/// # Errors
/// `AuthenticationInvalid` where it is nobody's.
pub async fn recognise(app: &App, key: &str) -> Result<(SecretKeyId, Scopes), Error> {
    let hash = hash_token(key);
    if let Some(fixed) = &app.config.options.dev_secret_key {
        let expected = hash_token(fixed.expose());
        if verify_slices_are_equal(expected.as_bytes(), hash.as_bytes()).is_ok() {
            let id = SecretKeyId::parse(DEVELOPERS).ok_or(ErrorCode::AuthenticationInvalid)?;
            return Ok((id, Scopes::everything()));
        }
    }
    // Looked up by its hash: how long that takes tells nothing of the key.
    let found = app.store.secret_key(&hash).await?;
    let found = found.ok_or(ErrorCode::AuthenticationInvalid)?;
    app.store.note_key(&found, app.now()).await?;
    Ok((found.id.clone(), scopes_of(&found)))
}

/// What a stored key may do.
pub fn scopes_of(key: &StoredKey) -> Scopes {
    Scopes(key.scopes.split(' ').map(str::to_owned).collect())
}
