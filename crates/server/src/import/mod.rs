//! Users of other systems, brought in from a file.
//!
//! A file is read record by record and written in batches, each in one transaction. Whoever has an id of the
//! other system already is there already, so that an import that was stopped goes on when it is run again.

mod clash;
mod formats;
mod frontdesk;
mod person;
mod ready;
mod records;
mod tally;

use std::fs::File;
use std::io::{BufWriter, IsTerminal as _, Write};
use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Context as _, Result};
use clap::{Args, ValueEnum};
use frontdesk_protocol::{Secret, Timestamp};
use serde_json::json;

use crate::app::App;
use crate::config::Base;
use crate::store::{Cause, Imported, NewPerson};
use clash::clash;
pub use ready::sealed_by;
use records::{Found, Records};
use tally::Tally;

const BATCH: usize = 500;

/// Another system.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum System {
    /// Clerk's export, as CSV, or its users as JSON.
    Clerk,
    /// Auth0's export, or a file for its own import.
    Auth0,
    /// What `firebase auth:export` writes as JSON.
    Firebase,
    /// The table `auth.users`, as CSV or JSON.
    Supabase,
    /// What `frontdesk export` writes.
    Frontdesk,
}

/// What is brought in, and how.
#[derive(Args, Clone, Debug)]
// The command has the group of the type's own name.
#[group(id = "import-file")]
pub struct Import {
    /// Which system the file is from.
    #[arg(long, value_enum)]
    pub from: System,
    /// The file: CSV with a header, JSON lines, or a JSON array.
    pub file: PathBuf,
    /// Checks everything and writes nothing but the report, and an empty database where there is none.
    #[arg(long)]
    pub dry_run: bool,
    /// Takes every address and number as proven, whatever the file says of it.
    #[arg(long)]
    pub trust_addresses: bool,
    /// Tells webhooks `user.created` of everybody, ten a second; without it they are told nothing.
    #[arg(long)]
    pub tell_webhooks: bool,
    /// Where every record that is refused is written with its line and the reason; FILE.refused.jsonl without it.
    #[arg(long)]
    pub report: Option<PathBuf>,
    /// Firebase's `base64_signer_key`.
    #[arg(long, env = "FRONTDESK_FIREBASE_HASH_KEY", hide_env_values = true, value_parser = secret)]
    pub hash_key: Option<Secret<String>>,
    /// Firebase's `base64_salt_separator`.
    #[arg(long, default_value = "Bw==")]
    pub salt_separator: String,
    /// Firebase's `rounds`.
    #[arg(long, default_value_t = 8)]
    pub rounds: u32,
    /// Firebase's `mem_cost`.
    #[arg(long, default_value_t = 14)]
    pub mem_cost: u32,
}

#[expect(clippy::unnecessary_wraps, reason = "as clap asks for it")]
fn secret(text: &str) -> Result<Secret<String>, std::convert::Infallible> {
    Ok(Secret::from(text))
}

struct Run<'a> {
    app: &'a App,
    import: &'a Import,
    report: BufWriter<File>,
    tally: Tally,
    began: Instant,
    size: u64,
    /// When webhooks are told of the next one.
    tells_at: Option<Timestamp>,
}

/// Brings in the users of a file, and tells `out` what came of it.
///
/// # Errors
/// In one line, why it cannot be done, or go on.
pub async fn run(base: Base, import: &Import, out: &mut impl Write) -> Result<()> {
    let app = crate::open(base).await?;
    bring(&app, import, out).await?;
    app.store.close().await;
    Ok(())
}

/// The same, where the server is open already.
///
/// # Errors
/// In one line, why it cannot be done, or go on.
pub async fn bring(app: &App, import: &Import, out: &mut impl Write) -> Result<()> {
    let mut records = Records::open(&import.file)?;
    let path = import.report.clone().unwrap_or_else(|| {
        let mut name = import.file.clone().into_os_string();
        name.push(".refused.jsonl");
        name.into()
    });
    let report = File::create(&path).with_context(|| format!("cannot write {}", path.display()))?;
    let mut run = Run {
        app,
        import,
        report: BufWriter::new(report),
        tally: Tally::default(),
        began: Instant::now(),
        size: std::fs::metadata(&import.file)?.len(),
        tells_at: import.tell_webhooks.then(|| app.now()),
    };
    let mut found = Vec::with_capacity(BATCH);
    loop {
        let next = records.next()?;
        let is_end = next.is_none();
        let byte = next.as_ref().map_or(run.size, |next| next.byte);
        found.extend(next);
        if found.len() == BATCH || is_end {
            run.batch(std::mem::take(&mut found)).await?;
            run.show(byte);
        }
        if is_end {
            break;
        }
    }
    run.report.flush()?;
    if std::io::stderr().is_terminal() {
        eprintln!();
    }
    let took_s = run.began.elapsed().as_secs_f64();
    run.tally.tell(import.dry_run, took_s, &path, out)?;
    Ok(())
}

impl Run<'_> {
    fn cause(&self) -> Cause<'_> {
        Cause::new(self.app.now(), "command line", &self.app.chance)
    }

    fn refuse(&mut self, line: u64, id: &str, reason: &str) -> Result<()> {
        self.tally.refused += 1;
        let told = json!({ "line": line, "id": id, "reason": reason });
        writeln!(self.report, "{told}").context("the report")
    }

    async fn batch(&mut self, found: Vec<Found>) -> Result<()> {
        let mut people: Vec<(u64, NewPerson)> = Vec::with_capacity(found.len());
        for Found { line, record, .. } in found {
            let id = record.as_ref().ok().and_then(ready::id_of);
            let read = record.and_then(|it| formats::read(self.import, &it, self.app.now().0));
            let made = match read {
                Ok(person) => {
                    self.tally.losing += u64::from(ready::loses_proofs(self.app, &person));
                    ready::check(self.app, self.import, person)?
                }
                Err(reason) => Err(reason),
            };
            match made {
                Ok(person) => people.push((line, person)),
                Err(reason) => self.refuse(line, &id.unwrap_or_default(), &reason)?,
            }
        }
        let all: Vec<NewPerson> = people.iter().map(|(_, it)| it.clone()).collect();
        let mut occupied = self.app.store.occupied(&all).await?;
        // Whoever was here before is known by their own id, others by the one of the other system.
        let is_ours = self.import.from == System::Frontdesk;
        let all = if is_ours {
            &occupied.ids
        } else {
            &occupied.external_ids
        };
        let known = all.clone();
        let mut fresh = Vec::with_capacity(people.len());
        for (line, person) in people {
            let name = if is_ours {
                person.id.as_str()
            } else {
                person.name()
            };
            if known.contains(name) {
                self.tally.there += 1;
            } else if let Some(reason) = clash(&mut occupied, &person) {
                self.refuse(line, person.name(), &reason)?;
            } else {
                fresh.push((line, person));
            }
        }
        self.write(fresh).await
    }

    async fn write(&mut self, mut people: Vec<(u64, NewPerson)>) -> Result<()> {
        if !self.import.dry_run {
            ready::seal(self.app, &mut people).await?;
            let all: Vec<NewPerson> = people.iter().map(|(_, it)| it.clone()).collect();
            let store = &self.app.store;
            match store.import(&all, self.tells_at, self.cause()).await? {
                Imported::Done(tells_at) => self.tells_at = tells_at,
                Imported::Taken => return self.write_singly(people).await,
            }
        }
        for (_, person) in &people {
            self.count(person);
        }
        Ok(())
    }

    /// Somebody came in between: whoever it is not stays unharmed.
    async fn write_singly(&mut self, people: Vec<(u64, NewPerson)>) -> Result<()> {
        for (line, person) in people {
            let one = std::slice::from_ref(&person);
            let store = &self.app.store;
            match store.import(one, self.tells_at, self.cause()).await? {
                Imported::Done(tells_at) => {
                    self.tells_at = tells_at;
                    self.count(&person);
                }
                Imported::Taken => {
                    let reason = "something of it is somebody else's";
                    self.refuse(line, person.name(), reason)?;
                }
            }
        }
        Ok(())
    }

    fn count(&mut self, person: &NewPerson) {
        self.tally.imported += 1;
        let mut proofs = person.emails.iter().chain(&person.phones);
        let is_reachable = person.username.is_some() || proofs.any(|(.., proof)| proof.is_some());
        self.tally.unproven += u64::from(!is_reachable);
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "nobody counts the users by the progress bar"
    )]
    fn show(&self, byte: u64) {
        const WIDTH: u64 = 30;
        if !std::io::stderr().is_terminal() {
            return;
        }
        let done = (byte * WIDTH)
            .checked_div(self.size)
            .unwrap_or(WIDTH)
            .min(WIDTH);
        let bar: String = (0..WIDTH)
            .map(|it| if it < done { '#' } else { '.' })
            .collect();
        let Tally {
            imported, refused, ..
        } = self.tally;
        let rate = imported as f64 / self.began.elapsed().as_secs_f64().max(0.001);
        eprint!("\r[{bar}] {imported} imported, {refused} refused, {rate:.0}/s ");
    }
}
