//! The `frontdesk` program.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use frontdesk_server::config::{Base, Options};
use frontdesk_server::export::Export;
use frontdesk_server::import::Import;
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

/// Complete user management for the web, in one program.
#[derive(Parser)]
#[command(name = "frontdesk", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Runs the server.
    Serve(Box<Options>),
    /// Brings in the users of another system; run again, it goes on where it ended.
    Import {
        #[command(flatten)]
        import: Import,
        #[command(flatten)]
        base: Base,
    },
    /// Writes all users as JSON lines, which `import --from frontdesk` reads.
    Export {
        #[command(flatten)]
        export: Export,
        #[command(flatten)]
        base: Base,
    },
    /// The keys that session tokens are signed with.
    #[command(subcommand)]
    Keys(Keys),
    /// What was changed of the settings through the Admin API.
    #[command(subcommand)]
    Settings(Settings),
    /// Puts a user above every organization, or takes them down again.
    SuperAdmin {
        /// The user, by an address that they have proven.
        #[arg(long)]
        email: String,
        /// Takes them down.
        #[arg(long)]
        revoke: bool,
        #[command(flatten)]
        base: Base,
    },
}

#[derive(Subcommand)]
enum Keys {
    /// Publishes the next key, which signs once everybody knows it; servers that run take it up by themselves.
    Rotate {
        /// For an emergency: withdraws every key there is, so that tokens signed until now are refused.
        #[arg(long)]
        now: bool,
        #[command(flatten)]
        base: Base,
    },
    /// Makes a key for an app's server, and prints it: this once.
    CreateSecret {
        /// What people call it.
        #[arg(long)]
        name: String,
        /// What it may do, e.g. `users:read`; everything where there is none.
        #[arg(long = "scope", value_delimiter = ',')]
        scopes: Vec<String>,
        #[command(flatten)]
        base: Base,
    },
}

#[derive(Subcommand)]
enum Settings {
    /// Forgets every change, so that `frontdesk.toml` alone counts; also where no server starts with them.
    Reset {
        #[command(flatten)]
        base: Base,
    },
}

#[tokio::main]
async fn main() -> ExitCode {
    let Arguments { command } = Arguments::parse();
    let development = match &command {
        Command::Serve(options) => options.development,
        Command::SuperAdmin { base, .. }
        | Command::Import { base, .. }
        | Command::Export { base, .. }
        | Command::Settings(Settings::Reset { base })
        | Command::Keys(Keys::Rotate { base, .. } | Keys::CreateSecret { base, .. }) => {
            base.development
        }
    };
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    if development {
        log.compact().init();
    } else {
        log.json().init();
    }
    let done = match command {
        Command::Serve(options) => frontdesk_server::run(*options, stopped()).await,
        Command::SuperAdmin {
            email,
            revoke,
            base,
        } => frontdesk_server::set_super_admin(base, &email, !revoke).await,
        Command::Import { import, base } => {
            frontdesk_server::import::run(base, &import, &mut std::io::stdout()).await
        }
        Command::Export { export, base } => {
            frontdesk_server::export::run(base, &export, &mut std::io::stdout()).await
        }
        Command::Keys(Keys::Rotate { now, base }) => frontdesk_server::rotate_keys(base, now).await,
        Command::Keys(Keys::CreateSecret { name, scopes, base }) => {
            frontdesk_server::create_secret_key(base, &name, &scopes, &mut std::io::stdout()).await
        }
        Command::Settings(Settings::Reset { base }) => frontdesk_server::reset_settings(base).await,
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Ends when the process is asked to.
async fn stopped() {
    let (Ok(mut terminate), Ok(mut interrupt)) = (
        signal(SignalKind::terminate()),
        signal(SignalKind::interrupt()),
    ) else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
}
