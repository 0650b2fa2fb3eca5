//! What the backend remembers, on SQLite or PostgreSQL.
//!
//! Every method is one atomic change, so no caller ever holds a transaction. One set of SQL serves
//! both engines: `$1` parameters, integers for times, unique indexes for every promise of uniqueness.

mod attempts;
mod audit;
mod authority;
mod cause;
mod ceremonies;
mod clients;
mod closing;
mod codes;
mod completion;
mod connections;
mod deliveries;
mod devices;
mod domain_letters;
mod domain_proofs;
mod domains;
mod emails;
mod enrolling;
mod events;
mod export;
mod exporting;
mod external_accounts;
mod factors;
mod finding;
mod imported;
mod importing;
mod invitations;
mod inviting;
mod joining;
mod keys;
mod limits;
mod locking;
mod member_list;
mod members;
mod membership_requests;
mod migrate;
mod organization_invitations;
mod organizations;
mod outbox;
mod passkeys;
mod passwords;
mod people;
mod phones;
mod pictures;
mod restrictions;
mod roles;
mod row;
mod secret_keys;
mod sessions;
mod settings;
mod spend;
mod step_up;
mod super_admins;
mod tickets;
mod users;
mod webhooks;

use std::sync::Arc;

use anyhow::{Context as _, Result};

pub use connections::is_passing;
use connections::{Connections, Transaction};

pub use attempts::{Flow, Identifier, Kept, Loaded, Move, Person};
pub use audit::{Line, Lines};
pub use authority::{Actor, Outcome};
pub use cause::{Cause, SealedMail};
pub use ceremonies::{Ceremony, StoredCeremony};
pub use clients::{Browser, Opening, Peopled, Rotation};
pub use closing::Deletion;
pub use codes::{Code, Purpose, Sending, Sent, Told, Tried};
pub use completion::{Ended, Ending, NewAddress, NewUser};
pub use deliveries::{Delivery, DeliveryAttempt, DueDelivery, Next};
pub use devices::Device;
pub use domain_letters::{DomainLetter, Unwritten};
pub use domain_proofs::DomainProof;
pub use domains::{Enrollment, NewDomain, RECORD};
pub use emails::{Proven, StoredAddress};
pub use events::{Event, family, kinds};
pub use exporting::{Exported, ExportedNumber};
pub use external_accounts::{ExternalKey, NewExternalAccount};
pub use factors::{NewFactor, SecondFactors, StoredTotp};
pub use finding::{Order, Search};
pub use importing::{Address, BroughtPasskey, Imported, NewPerson, Occupied, Standing};
pub use invitations::{StoredEntry, StoredInvitation};
pub use inviting::{Accepting, Invited, Inviting, NewInvitee};
pub use keys::SigningKey;
pub use limits::Budget;
pub use member_list::{MemberOrder, Sought};
pub use members::{Member, NewMember};
pub use membership_requests::{Answer, MembershipRequest};
pub use organizations::{BY_SETTINGS, OrganizationChange};
pub use outbox::Due;
pub use passkeys::{NewPasskey, StoredPasskey};
pub use passwords::{PasswordChange, PasswordReset};
pub use people::{Change, Changed, Known};
pub use phones::StoredNumber;
pub use restrictions::{List, Listed};
pub use roles::{RoleChange, RoleChanged, is_system};
pub use secret_keys::StoredKey;
pub use sessions::{NewSession, StoredSession, Trust};
pub use spend::Spend;
pub use step_up::Reproven;
pub use tickets::{NewTicket, TicketPurpose};
pub use users::{Home, UserChange, public};
pub use webhooks::{StoredWebhook, WebhookChange};

/// Run on every connection to SQLite: durable, and patient with the other process.
const SQLITE: &str =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
    PRAGMA busy_timeout = 5000; PRAGMA trusted_schema = OFF";
/// Run on every connection to PostgreSQL: nothing is waited for without end.
const POSTGRES: &str =
    "SET statement_timeout = '5s'; SET idle_in_transaction_session_timeout = '10s'";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Engine {
    Sqlite,
    Postgres,
}

/// The store: on SQLite one writer and several readers, on PostgreSQL one pool for both.
#[derive(Clone, Debug)]
pub struct Store {
    engine: Engine,
    writer: Connections,
    reader: Connections,
    /// What the address of a picture begins with.
    pictures_at: Arc<str>,
}

impl Store {
    /// Opens `sqlite:PATH` or `postgres://…` and brings its schema up to date.
    ///
    /// # Errors
    /// Where the database cannot be reached, or its schema is newer than this program.
    pub async fn open(database: &str) -> Result<Self> {
        sqlx::any::install_default_drivers();
        let store = match database.strip_prefix("sqlite:") {
            Some(path) => Self::sqlite(path)?,
            None => Self::postgres(database)?,
        };
        let answer = sqlx::query("SELECT 1").execute(&store.writer).await;
        answer.context("the database cannot be reached")?;
        store.migrate().await.context("the schema")?;
        Ok(store)
    }

    /// The same store, for a server that answers at `public_url`, so that what is read says where pictures are.
    #[must_use]
    pub fn at(self, public_url: &str) -> Self {
        let pictures_at = Arc::from(format!("{public_url}/v1/pictures/"));
        Self {
            pictures_at,
            ..self
        }
    }

    fn sqlite(path: &str) -> Result<Self> {
        create_private(path).with_context(|| format!("cannot create {path}"))?;
        let url = format!("sqlite:{path}");
        Ok(Self {
            engine: Engine::Sqlite,
            writer: Connections::new(&url, SQLITE, 1).context("SQLite")?,
            reader: Connections::new(&url, SQLITE, 4).context("SQLite")?,
            pictures_at: Arc::default(),
        })
    }

    fn postgres(url: &str) -> Result<Self> {
        let all = Connections::new(url, POSTGRES, 16).context("PostgreSQL")?;
        Ok(Self {
            engine: Engine::Postgres,
            writer: all.clone(),
            reader: all,
            pictures_at: Arc::default(),
        })
    }

    /// Whether the database answers.
    pub async fn is_ready(&self) -> bool {
        let answer = sqlx::query("SELECT 1").execute(&self.reader).await;
        answer.is_ok()
    }

    /// Closes every connection; on SQLite that also folds the log back into the file.
    pub async fn close(&self) {
        self.reader.close().await;
        self.writer.close().await;
    }

    /// A transaction that may write. On SQLite it takes the lock at once, because one that begins by
    /// reading is refused when it turns to writing, however long it would have waited.
    async fn begin(&self) -> Result<Transaction> {
        let statement = match self.engine {
            Engine::Sqlite => "BEGIN IMMEDIATE",
            Engine::Postgres => "BEGIN",
        };
        let begun = self.writer.begin(statement).await;
        begun.context("cannot begin a transaction")
    }
}

/// Makes the file, so that nobody but its owner can read it; one that is there stays as it is.
fn create_private(path: &str) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}
