//! Passkeys: a key that stays on a device, and the proof that the device and its owner are there (WebAuthn).
//!
//! What was asked is kept here, sealed, for one browser and five minutes, and the first answer takes it.
//! Who is there is always verified by the device, so that a passkey is two proofs in one.

use std::time::Duration;

use anyhow::Context as _;
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use frontdesk_protocol::{
    ErrorCode, PasskeyId, Prepared, Secret, Strategy, Timestamp, User, UserId,
};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use webauthn_rs::prelude::{
    DiscoverableAuthentication, DiscoverableKey, Passkey, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, Url, Uuid, Webauthn, WebauthnBuilder,
};

use super::{Attempt, Checked, Proved, Proving, Refusal};
use crate::app::App;
use crate::config::is_of;
use crate::error::Error;
use crate::seal::hash_token;
use crate::store::{Ceremony, Spend};
use crate::wire::Caller;

/// What a passkey is sealed for.
const PASSKEY: &str = "passkey";
const REGISTRATION: &str = "passkey_registration";
/// How long an answer is waited for; some people must find their device first.
const LIFETIME_S: u32 = 300;

/// What was asked of a browser.
#[derive(Serialize, Deserialize)]
struct Asked<T> {
    /// The attempt or passkey that it is about.
    subject: String,
    /// Whose passkey is to be made.
    user: Option<UserId>,
    /// What the answer is checked against.
    state: T,
}

/// What of an answer says which question it is to.
#[derive(Deserialize)]
struct ClientData {
    challenge: String,
}

/// A passkey that a browser has just made, or an export told of.
#[derive(Debug)]
pub struct Made {
    /// What its authenticator calls it.
    pub credential: String,
    /// Its public key and counter, sealed.
    pub sealed: String,
}

/// Asks the browser of an attempt for a passkey, the same way whoever the attempt is about.
pub async fn prepare<T: Proving>(caller: &Caller, attempt: &Attempt<T>) -> Result<T, Error> {
    let app = &caller.app;
    if !app.settings().passkeys.enabled {
        return Err(Error::at(ErrorCode::StrategyInvalid, "strategy"));
    }
    let started = party(app)?.start_discoverable_authentication();
    let (options, state) = started.context("a passkey's question")?;
    let options = options.public_key;
    let question = prepared(caller.now, json(&options)?);
    let after = attempt.loaded.step.clone().prepared(question)?;
    let asked = Asked {
        subject: attempt.loaded.step.id().to_owned(),
        user: None,
        state,
    };
    ask(
        caller,
        T::PASSKEY,
        &options.challenge,
        &attempt.client,
        &asked,
    )
    .await?;
    if !app.store.advance(&attempt.loaded.to(&after)?).await? {
        return Err(ErrorCode::AttemptNotFound.into());
    }
    Ok(after)
}

pub async fn verify<T: Proving>(
    caller: &Caller,
    attempt: &Attempt<T>,
    answer: &Secret<String>,
) -> Checked {
    let refused = |code| {
        Ok(Err(Refusal {
            code,
            field: "public_key_credential",
        }))
    };
    let app = &caller.app;
    let Ok(answer) = serde_json::from_str::<PublicKeyCredential>(answer.expose()) else {
        return refused(ErrorCode::PasskeyInvalid);
    };
    let data = &answer.response.client_data_json;
    let asked =
        take::<DiscoverableAuthentication>(caller, T::PASSKEY, data, &attempt.client).await?;
    let asked = asked.filter(|asked| asked.subject == attempt.loaded.step.id());
    let Some(asked) = asked else {
        return refused(ErrorCode::PasskeyInvalid);
    };
    let credential = BASE64_URL_SAFE_NO_PAD.encode(answer.get_credential_id());
    let Some(stored) = app.store.passkey(&credential).await? else {
        return refused(ErrorCode::PasskeyNotRegistered);
    };
    let person = attempt.person();
    // Whoever named somebody else meant that one's passkey, whether there is such a person or not.
    let is_somebody = person.identifier.is_some() || person.user.is_some();
    if is_somebody && person.user.as_ref() != Some(&stored.user) {
        return refused(ErrorCode::PasskeyNotRegistered);
    }
    if answer.get_user_unique_id() != Some(handle(app, &stored.user).as_bytes()) {
        return refused(ErrorCode::PasskeyInvalid);
    }
    let mut passkey: Passkey = open(app, PASSKEY, &stored.sealed)?;
    let key = DiscoverableKey::from(&passkey);
    let checked = party(app)?.finish_discoverable_authentication_v2(&answer, asked.state, &key);
    let Ok(result) = checked else {
        return refused(ErrorCode::PasskeyInvalid);
    };
    passkey.update_credential(&result);
    Ok(Ok(Proved {
        user: stored.user,
        spends: vec![Spend::Passkey {
            id: stored.shown.id,
            before: stored.sealed,
            after: seal(app, PASSKEY, &passkey)?,
        }],
        forgiven: Vec::new(),
        is_double: result.user_verified(),
    }))
}

/// Asks a user's browser to make a passkey.
pub async fn begin(caller: &Caller, user: &User, id: &PasskeyId) -> Result<Prepared, Error> {
    let app = &caller.app;
    let name = user.primary_email().or(user.username.as_deref());
    let name = name.unwrap_or(user.id.as_str());
    let shown = user.full_name();
    let known = app.store.credentials(&user.id).await?;
    let known = known
        .iter()
        .filter_map(|credential| BASE64_URL_SAFE_NO_PAD.decode(credential).ok())
        .collect();
    let started = party(app)?.start_passkey_registration(
        handle(app, &user.id),
        name,
        shown.as_deref().unwrap_or(name),
        Some(known),
    );
    let (options, state) = started.context("a passkey's making")?;
    let challenge = options.public_key.challenge.clone();
    let mut options = serde_json::to_value(options.public_key).map_err(anyhow::Error::from)?;
    // Nobody is named at sign-in, so the device itself must know whose passkey it is.
    let selection = &mut options["authenticatorSelection"];
    selection["residentKey"] = "required".into();
    selection["requireResidentKey"] = true.into();
    let asked = Asked {
        subject: id.to_string(),
        user: Some(user.id.clone()),
        state,
    };
    let client = caller.known()?.id.as_str();
    ask(caller, REGISTRATION, &challenge, client, &asked).await?;
    Ok(prepared(caller.now, options.to_string()))
}

/// The passkey that a user's browser made, if it is what was asked for.
pub async fn finish(
    caller: &Caller,
    user: &UserId,
    id: &PasskeyId,
    answer: &Secret<String>,
) -> Result<Made, Error> {
    let invalid = || Error::at(ErrorCode::PasskeyInvalid, "public_key_credential");
    let app = &caller.app;
    let answer = serde_json::from_str::<RegisterPublicKeyCredential>(answer.expose());
    let answer = answer.map_err(|_| invalid())?;
    let data = &answer.response.client_data_json;
    let client = caller.known()?.id.as_str();
    let asked = take::<PasskeyRegistration>(caller, REGISTRATION, data, client).await?;
    let asked =
        asked.filter(|asked| asked.subject == id.as_str() && asked.user.as_ref() == Some(user));
    let asked = asked.ok_or_else(invalid)?;
    let made = party(app)?.finish_passkey_registration(&answer, &asked.state);
    let made = made.map_err(|_| invalid())?;
    Ok(kept(app, &made)?)
}

/// What is kept of a passkey, as an export tells it.
///
/// # Errors
/// Where it was sealed with another secret.
pub fn shown(app: &App, sealed: &str) -> anyhow::Result<Value> {
    open(app, PASSKEY, sealed)
}

/// What an export tells of a passkey, as it is kept; nothing where it tells of none.
///
/// # Errors
/// Where there are no random bytes.
pub fn restored(app: &App, told: &Value) -> anyhow::Result<Option<Made>> {
    let Ok(made) = Passkey::deserialize(told) else {
        return Ok(None);
    };
    Ok(Some(kept(app, &made)?))
}

fn kept(app: &App, made: &Passkey) -> anyhow::Result<Made> {
    Ok(Made {
        credential: BASE64_URL_SAFE_NO_PAD.encode(made.cred_id()),
        sealed: seal(app, PASSKEY, made)?,
    })
}

/// Who the passkeys are for: the domain, and the origins whose pages may ask for them.
fn party(app: &App) -> anyhow::Result<Webauthn> {
    let settings = app.settings();
    let config = &app.config;
    let domain = settings.passkeys.domain(config.host());
    let ours = Url::parse(&config.public_url).context("the public URL")?;
    let mut builder = WebauthnBuilder::new(domain, &ours)
        .context("passkeys of the public URL")?
        .rp_name(&settings.application_name)
        .timeout(Duration::from_secs(u64::from(LIFETIME_S)))
        .allow_any_port(config.options.development && config.host() == "localhost");
    let others = &config.options.allowed_origins;
    for origin in others.iter().chain(&settings.passkeys.origins) {
        // Pages of other domains have passkeys of their own.
        if is_of(domain, origin) {
            let origin = Url::parse(origin).context("an origin of passkeys")?;
            builder = builder.append_allowed_origin(&origin);
        }
    }
    builder.build().context("passkeys")
}

/// What devices know a user by: nothing that says who it is (WebAuthn §14.6.1).
fn handle(app: &App, user: &UserId) -> Uuid {
    let hash = app.seal.recognise("passkey-user", user.as_str());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    Uuid::from_bytes(bytes)
}

fn prepared(now: Timestamp, options: String) -> Prepared {
    Prepared {
        strategy: Strategy::Passkey,
        expire_at: now.plus_s(i64::from(LIFETIME_S)),
        resend_at: None,
        url: None,
        nonce: Some(options),
    }
}

/// Keeps what was asked until it is answered.
async fn ask<T: Serialize>(
    caller: &Caller,
    purpose: &'static str,
    challenge: &[u8],
    client: &str,
    asked: &Asked<T>,
) -> Result<(), Error> {
    let app = &caller.app;
    let ceremony = Ceremony {
        purpose,
        hash: &hash_token(&BASE64_URL_SAFE_NO_PAD.encode(challenge)),
        client,
    };
    let sealed = seal(app, purpose, asked)?;
    let ends = caller.now.plus_s(i64::from(LIFETIME_S));
    app.store.begin_ceremony(ceremony, &sealed, ends).await?;
    Ok(())
}

/// What was asked, by what the answer says of it; from then on it is answered.
async fn take<T: DeserializeOwned>(
    caller: &Caller,
    purpose: &'static str,
    client_data: &[u8],
    client: &str,
) -> Result<Option<Asked<T>>, Error> {
    let Ok(ClientData { challenge }) = serde_json::from_slice(client_data) else {
        return Ok(None);
    };
    let ceremony = Ceremony {
        purpose,
        hash: &hash_token(&challenge),
        client,
    };
    let taken = caller.app.store.take_ceremony(ceremony, caller.now).await?;
    let opened = taken.map(|sealed| open(&caller.app, purpose, &sealed));
    Ok(opened.transpose()?)
}

fn json(value: &impl Serialize) -> anyhow::Result<String> {
    Ok(serde_json::to_string(value)?)
}

fn seal(app: &App, purpose: &str, value: &impl Serialize) -> anyhow::Result<String> {
    app.seal.seal(purpose, json(value)?.as_bytes(), &app.chance)
}

fn open<T: DeserializeOwned>(app: &App, purpose: &str, sealed: &str) -> anyhow::Result<T> {
    serde_json::from_slice(&app.seal.open(purpose, sealed)?).context("what was kept of a passkey")
}
