//! The authentication backend of Frontdesk.
//!
//! A request goes from the accept loop through `wire`, which says who calls, to one of `routes`, which
//! loads, checks, acts and answers; `store` is the only place that knows the database.

pub mod activity;
pub mod app;
mod captcha;
pub mod chance;
pub mod config;
mod device;
mod domains;
pub mod error;
pub mod export;
mod factor;
pub mod fetch;
#[cfg(test)]
mod fetch_tests;
mod flow;
pub mod foreign;
pub mod hash;
pub mod import;
mod link;
pub mod mail;
mod merge;
pub mod oauth;
pub mod password;
pub mod picture;
mod resource;
mod restrictions;
pub mod routes;
pub mod seal;
pub mod secret_key;
mod seed;
pub mod serve;
pub mod settings;
mod step_up;
pub mod store;
#[cfg(test)]
mod tests;
pub mod token;
pub mod webhooks;
pub mod wire;

use anyhow::{Context as _, Result};
use tokio::net::TcpListener;

use app::App;
use chance::{Chance, Clock};
use config::{Base, Config, Options};

/// Runs the server that `options` describe until `stop` ends.
///
/// # Errors
/// In one line, why it cannot start.
pub async fn run(options: Options, stop: impl Future<Output = ()>) -> Result<()> {
    let config = Config::new(options)?;
    let smtp = match (&config.options.smtp_url, &config.options.mail_from) {
        (Some(url), Some(from)) => Some(mail::Smtp::new(url, from)?),
        (Some(_), None) => {
            anyhow::bail!("FRONTDESK_MAIL_FROM is missing: mail must come from somebody")
        }
        (None, _) => None,
    };
    if config.options.elements_dir.is_none() {
        tracing::warn!(
            "there is no --elements-dir: pages such as /sign-in are empty, and /elements/define.js is not there"
        );
    }
    let listen = config.options.listen;
    let app = App::open(config, Clock::System, Chance::System).await?;
    // The Admin API of this very server may make it yet.
    if let Some(missing) = settings::missing_role(&app.store, &app.settings()).await? {
        tracing::warn!("{missing}");
    }
    if app.config.options.seed {
        seed::seed(&app).await?;
    }
    let listener = TcpListener::bind(listen)
        .await
        .with_context(|| format!("cannot listen on {listen}"))?;
    tracing::info!(
        "listening on {listen}, reached by {}",
        app.config.public_url
    );
    let worker = tokio::spawn(mail::deliver(app.clone(), smtp));
    let webhooks = tokio::spawn(webhooks::deliver(app.clone()));
    let keys = tokio::spawn(token::tend(app.clone()));
    let changes = tokio::spawn(settings::tend(app.clone()));
    let most = app.config.settings.limits.connections;
    serve::serve(listener, routes::router(&app), most, stop).await?;
    worker.abort();
    webhooks.abort();
    keys.abort();
    changes.abort();
    mail::note_activity(&app).await?;
    app.store.close().await;
    tracing::info!("stopped");
    Ok(())
}

/// Opens what a command works on.
///
/// # Errors
/// In one line, why it cannot.
async fn open(base: Base) -> Result<App> {
    let config = Config::without_server(base)?;
    App::open(config, Clock::System, Chance::System).await
}

/// Begins to replace the signing key; `at_once` withdraws it without the overlap.
///
/// # Errors
/// In one line, why it cannot be done.
pub async fn rotate_keys(base: Base, at_once: bool) -> Result<()> {
    let app = open(base).await?;
    if at_once {
        app.keys.replace(app.workshop()).await?;
        tracing::info!("the signing keys were withdrawn, and a new one signs");
    } else {
        let signs_at = app.keys.rotate(app.workshop()).await?;
        let wait_s = (signs_at.0 - app.now().0).div_euclid(1000);
        tracing::info!("the next signing key is published, and signs in {wait_s} s");
    }
    app.store.close().await;
    Ok(())
}

/// Makes a key for an app's server, and writes it to `out`: nobody is told it again.
///
/// # Errors
/// In one line, why it cannot be done.
pub async fn create_secret_key(
    base: Base,
    name: &str,
    scopes: &[String],
    out: &mut impl std::io::Write,
) -> Result<()> {
    let scopes = if scopes.is_empty() {
        secret_key::Scopes::everything()
    } else {
        secret_key::Scopes::parse(scopes).map_err(|word| {
            let areas = secret_key::AREAS.join(", ");
            anyhow::anyhow!(
                "`{word}` is no scope: `*`, or `:read` or `:write` after one of {areas}"
            )
        })?
    };
    let app = open(base).await?;
    let cause = store::Cause::new(app.now(), "command line", &app.chance);
    let (_, secret) = secret_key::create(&app, name, &scopes, "command line", cause).await?;
    writeln!(out, "{}", secret.expose())?;
    app.store.close().await;
    Ok(())
}

/// Puts the user of a proven address above every organization, or takes them down again.
///
/// # Errors
/// In one line, why it cannot be done.
pub async fn set_super_admin(base: Base, email: &str, is_above: bool) -> Result<()> {
    let app = open(base).await?;
    let by = "command line";
    let cause = store::Cause::new(app.now(), by, &app.chance);
    let email = frontdesk_protocol::Email::parse(email);
    let email = email.map_err(|_| anyhow::anyhow!("that is no e-mail address"))?;
    let owner = app.store.owner(email.as_str()).await?;
    let (user, _) = owner.with_context(|| format!("nobody has proven {email}"))?;
    app.store
        .set_super_admin(&user, is_above, by, cause)
        .await?;
    let what = if is_above { "stands above" } else { "is below" };
    tracing::info!("{user} {what} every organization");
    app.store.close().await;
    Ok(())
}

/// Forgets what was changed of the settings, even where no server starts with it.
///
/// # Errors
/// In one line, why it cannot be done.
pub async fn reset_settings(base: Base) -> Result<()> {
    let config = Config::without_server(base)?;
    let store = store::Store::open(&config.options.database).await?;
    let seal = seal::Seal::new(&config.secret)?;
    let (by, chance) = ("command line", Chance::System);
    let cause = store::Cause::new(Clock::System.now(), by, &chance);
    if settings::reset(&store, &seal, &chance, by, cause).await? {
        tracing::info!(
            "what was changed of the settings is forgotten: frontdesk.toml alone counts"
        );
    } else {
        tracing::info!("nothing was changed of the settings: frontdesk.toml alone counts");
    }
    store.close().await;
    Ok(())
}
