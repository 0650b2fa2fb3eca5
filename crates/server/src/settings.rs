//! The settings as they are now: those of `frontdesk.toml`, and what was changed of them since.
//!
//! The changes are one JSON merge patch, sealed. Every replica looks for newer ones every few seconds.

use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};
use frontdesk_protocol::{ErrorCode, Secret};
use serde_json::{Value, json};
use tokio::time::{MissedTickBehavior, interval};

use crate::app::App;
use crate::chance::Chance;
use crate::config::{Config, ProviderSettings, Settings};
use crate::error::Error;
use crate::merge;
use crate::seal::Seal;
use crate::store::{Cause, Store};

const PURPOSE: &str = "settings";
/// What a secret is shown as; sent back, it stays what it is.
const HIDDEN: &str = "[secret]";
/// How often other replicas' changes are looked for.
const EVERY: Duration = Duration::from_secs(5);
/// How often a change is tried again that another one came before.
const TRIES: u32 = 10;
/// What the machine is set up for, which nobody changes from elsewhere.
const OPERATORS: [&str; 7] = [
    "/limits",
    "/organizations/domains/nameserver",
    "/password/memory_kib",
    "/password/passes",
    "/password/breached_filter",
    "/password/hibp_url",
    "/password/disable_hibp",
];

/// The settings as they are now, and the version of the changes.
///
/// # Errors
/// Where the store broke, or the changes do not fit the file any more.
pub async fn load(store: &Store, seal: &Seal, config: &Config) -> Result<(i64, Settings)> {
    let (version, changes) = changes(store, seal).await?;
    let settings = effective(config, &changes)
        .context("what was changed of the settings does not fit frontdesk.toml; `frontdesk settings reset` forgets it")?;
    Ok((version, settings))
}

/// Takes up what other replicas changed.
///
/// # Errors
/// Where the store broke, or the changes do not fit the file any more.
pub async fn refresh(app: &App) -> Result<()> {
    if app.store.settings_version().await? != app.settings_version() {
        let (version, settings) = load(&app.store, &app.seal, &app.config).await?;
        app.take_settings(version, settings);
    }
    Ok(())
}

/// Takes up what other replicas changed, until it is dropped.
pub async fn tend(app: App) {
    let mut tick = interval(EVERY);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tick.tick().await;
        if let Err(error) = refresh(&app).await {
            tracing::error!("the settings: {error:#}");
        }
    }
}

/// The settings as a document, with every secret hidden.
///
/// # Errors
/// Never: settings can be written.
pub fn document(settings: &Settings) -> Result<Value> {
    Ok(serde_json::to_value(settings)?)
}

/// Changes the settings by a merge patch, here at once and elsewhere within seconds.
///
/// # Errors
/// `FormParamValueInvalid` with the reason; `ServiceUnavailable` where too many change them at once.
pub async fn change(app: &App, patch: &Value, by: &str, cause: Cause<'_>) -> Result<(), Error> {
    if !patch.is_object() {
        return Err(ErrorCode::RequestBodyInvalid.into());
    }
    for _ in 0..TRIES {
        let (version, before) = changes(&app.store, &app.seal).await?;
        let mut after = before.clone();
        merge::compose(&mut after, patch.clone());
        keep(&mut after, &before);
        if put(app, version, (&before, &after), by, cause).await? {
            return Ok(());
        }
    }
    Err(Error::Busy(1))
}

/// Forgets every change, so that the file alone counts.
///
/// # Errors
/// `ServiceUnavailable` where too many change them at once.
pub async fn forget(app: &App, by: &str, cause: Cause<'_>) -> Result<(), Error> {
    for _ in 0..TRIES {
        let (version, _) = changes(&app.store, &app.seal).await?;
        let nothing = json!({});
        if put(app, version, (&nothing, &nothing), by, cause).await? {
            return Ok(());
        }
    }
    Err(Error::Busy(1))
}

/// Forgets every change where no server has to run with them; whether there was any.
///
/// # Errors
/// Where the store broke, or was sealed with another secret.
pub async fn reset(
    store: &Store,
    seal: &Seal,
    chance: &Chance,
    by: &str,
    cause: Cause<'_>,
) -> Result<bool> {
    for _ in 0..TRIES {
        let (version, kept) = changes(store, seal).await?;
        let nothing = json!({});
        if kept == nothing {
            return Ok(false);
        }
        let sealed = seal.seal(PURPOSE, nothing.to_string().as_bytes(), chance)?;
        if store.change_settings(&sealed, version, by, cause).await? {
            return Ok(true);
        }
    }
    bail!("too many change the settings at once")
}

async fn put(
    app: &App,
    version: i64,
    (before, after): (&Value, &Value),
    by: &str,
    cause: Cause<'_>,
) -> Result<bool, Error> {
    let told = |error: anyhow::Error| Error::told(&format!("{error:#}"));
    let settings = effective(&app.config, after).map_err(told)?;
    let old = effective(&app.config, before)?;
    check_change(&old, &settings).map_err(told)?;
    let role = |of: &Settings| of.organizations.domains.default_role.clone();
    if role(&old) != role(&settings)
        && let Some(missing) = missing_role(&app.store, &settings).await?
    {
        return Err(Error::told(&missing));
    }
    let sealed = app
        .seal
        .seal(PURPOSE, after.to_string().as_bytes(), &app.chance)?;
    let is_kept = app
        .store
        .change_settings(&sealed, version, by, cause)
        .await?;
    if is_kept {
        app.take_settings(version + 1, settings);
    }
    Ok(is_kept)
}

/// What is wrong with the role that domains give: there may be none such.
///
/// # Errors
/// Where the store broke.
pub async fn missing_role(store: &Store, settings: &Settings) -> Result<Option<String>> {
    let role = &settings.organizations.domains.default_role;
    let is_there = store.roles(None).await?.iter().any(|it| it.key == *role);
    let missing = || format!("`organizations.domains.default_role`: there is no role {role}");
    Ok((!is_there).then(missing))
}

async fn changes(store: &Store, seal: &Seal) -> Result<(i64, Value)> {
    let Some((sealed, version)) = store.settings().await? else {
        return Ok((0, json!({})));
    };
    let plain = seal.open(PURPOSE, &sealed)?;
    Ok((version, serde_json::from_slice(&plain)?))
}

/// What the file says, changed.
fn effective(config: &Config, changes: &Value) -> Result<Settings> {
    let file = &config.settings;
    let mut document = document(file)?;
    merge::apply(&mut document, changes);
    let mut settings: Settings = serde_json::from_value(document)?;
    reveal(&mut settings, file)?;
    config.check(&settings)?;
    Ok(settings)
}

/// Puts the file's secrets where the document hid them, as long as they go where the file has them go.
fn reveal(settings: &mut Settings, file: &Settings) -> Result<()> {
    for provider in &mut settings.providers {
        let mut known = file.providers.iter();
        let same = known.find(|it| it.id == provider.id && is_same_client(it, provider));
        let known = same.and_then(|it| it.client_secret.clone());
        let name = format!("providers: the client_secret of {}", provider.id);
        reveal_one(&mut provider.client_secret, known.as_ref(), &name)?;
    }
    let (texts, known) = (&mut settings.texts, &file.texts);
    let is_same_hook = texts.webhook_url == known.webhook_url;
    let is_same_account =
        texts.twilio_url == known.twilio_url && texts.twilio_account == known.twilio_account;
    let (hook, token) = (&known.webhook_secret, &known.twilio_token);
    reveal_one(
        &mut texts.webhook_secret,
        hook.as_ref().filter(|_| is_same_hook),
        "texts.webhook_secret",
    )?;
    reveal_one(
        &mut texts.twilio_token,
        token.as_ref().filter(|_| is_same_account),
        "texts.twilio_token",
    )
}

/// Whether a secret of one is told nobody else by the other.
fn is_same_client(one: &ProviderSettings, other: &ProviderSettings) -> bool {
    let told = |it: &ProviderSettings| {
        let urls = [
            &it.issuer,
            &it.authorization_url,
            &it.token_url,
            &it.user_url,
        ];
        (it.client_id.clone(), urls.map(Option::clone))
    };
    told(one) == told(other)
}

fn reveal_one(
    secret: &mut Option<Secret<String>>,
    known: Option<&Secret<String>>,
    name: &str,
) -> Result<()> {
    if secret.as_ref().is_some_and(|it| it.expose() == HIDDEN) {
        ensure!(known.is_some(), "{name} is not known, and must be sent");
        *secret = known.cloned();
    }
    Ok(())
}

/// Keeps what is known of a secret that was sent back hidden; of lists, in the member of the same id.
fn keep(after: &mut Value, before: &Value) {
    match after {
        Value::String(text) if text == HIDDEN && before.is_string() => after.clone_from(before),
        Value::Object(members) => {
            for (name, value) in members {
                keep(value, &before[name.as_str()]);
            }
        }
        Value::Array(items) => {
            for item in items {
                let known = before.as_array().into_iter().flatten();
                let same = known.into_iter().find(|it| it["id"] == item["id"]);
                if let Some(same) = same {
                    keep(item, same);
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// What may not be changed from elsewhere: what the machine is set up for, and whom a secret is told.
fn check_change(before: &Settings, after: &Settings) -> Result<()> {
    let (old, new) = (document(before)?, document(after)?);
    for place in OPERATORS {
        let name = place[1..].replace('/', ".");
        ensure!(
            old.pointer(place) == new.pointer(place),
            "`{name}` is set in frontdesk.toml alone"
        );
    }
    let is_moved = |old: &Option<Secret<String>>, new: &Option<Secret<String>>, is_same: bool| {
        new.is_some() && old == new && !is_same
    };
    for provider in &after.providers {
        let old = before.providers.iter().find(|it| it.id == provider.id);
        let is_moved = old.is_some_and(|old| {
            let is_same = is_same_client(old, provider);
            is_moved(&old.client_secret, &provider.client_secret, is_same)
        });
        ensure!(
            !is_moved,
            "providers: `{}` is another client now: its client_secret must be sent again",
            provider.id
        );
    }
    let (old, new) = (&before.texts, &after.texts);
    let is_same_account =
        old.twilio_url == new.twilio_url && old.twilio_account == new.twilio_account;
    ensure!(
        !is_moved(&old.twilio_token, &new.twilio_token, is_same_account)
            && !is_moved(
                &old.webhook_secret,
                &new.webhook_secret,
                old.webhook_url == new.webhook_url
            ),
        "texts: they go elsewhere now: what proves who sends them must be sent again"
    );
    Ok(())
}
