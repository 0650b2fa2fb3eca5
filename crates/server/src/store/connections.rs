//! Connections to the database: taken for a statement or a transaction, and given back at once.
//!
//! One that comes back in order is taken to be in order. sqlx's own pool asks it each time, which costs as much as a
//! statement; here it is asked where something went wrong or was broken off, or where it was left alone for a while.

use std::fmt::{self, Formatter};
use std::ops::{Deref, DerefMut};
use std::time::Duration;

use deadpool::Runtime;
use deadpool::managed::{
    Manager, Metrics, Object, Pool, PoolConfig, PoolError, QueueMode, RecycleResult, Timeouts,
};
use futures_util::future::BoxFuture;
use futures_util::stream::{self, BoxStream, StreamExt as _, TryStreamExt as _};
use sqlx::any::{Any, AnyConnectOptions, AnyQueryResult, AnyRow, AnyStatement, AnyTypeInfo};
use sqlx::{AnyConnection, Connection as _, Either, Error, Execute, Executor, SqlStr};
use tokio::runtime::Handle;

/// For how long a connection is taken to be there without being asked.
const FRESH: Duration = Duration::from_secs(1);
/// For how long one is waited for, or for a new one.
const PATIENCE: Duration = Duration::from_secs(30);
/// For how long one that is asked whether it is there may think about it; then another is opened.
const ANSWER: Duration = Duration::from_secs(2);

/// Whether what failed may come about a moment later: the database is away or has too much to do, or of two changes
/// that waited for each other one was given up. Nothing of it was changed, unless the answer to its end was lost.
pub fn is_passing(error: &anyhow::Error) -> bool {
    let found = error
        .chain()
        .find_map(|cause| cause.downcast_ref::<Error>());
    match found {
        Some(Error::Database(error)) => {
            let code = error.code().unwrap_or_default();
            // PostgreSQL's have five characters: the connection, changes in each other's way, too much to do, the operator.
            if code.len() == 5 {
                let classes = ["08", "40", "53", "57", "55P03", "25P03"];
                return classes.iter().any(|class| code.starts_with(class));
            }
            // SQLite's are a number: busy or locked, in the last byte, for whatever reason in the one before.
            code.parse::<u16>()
                .is_ok_and(|code| matches!(code & 0xFF, 5 | 6))
        }
        Some(Error::Io(_) | Error::PoolTimedOut | Error::PoolClosed) => true,
        _ => false,
    }
}

/// As many connections as are needed, up to a number.
#[derive(Clone, Debug)]
pub struct Connections(Pool<Opener>);

/// What opens a connection.
struct Opener {
    to: AnyConnectOptions,
    /// What is run on every new one.
    setup: &'static str,
    /// Whether one may be lost while nobody looks.
    is_remote: bool,
}

/// An open connection.
#[derive(Debug)]
struct Open {
    raw: AnyConnection,
    /// Whether what was asked of it last did not come to a good end.
    is_doubtful: bool,
}

impl Connections {
    /// Up to `most` connections to `url`, on each of which `setup` is run.
    ///
    /// # Errors
    /// Where the URL is none.
    pub fn new(url: &str, setup: &'static str, most: usize) -> Result<Self, Error> {
        let opener = Opener {
            to: url.parse()?,
            setup,
            is_remote: !url.starts_with("sqlite:"),
        };
        let config = PoolConfig {
            max_size: most,
            timeouts: Timeouts {
                wait: Some(PATIENCE),
                create: Some(PATIENCE),
                recycle: Some(ANSWER),
            },
            // Those that are needed seldom are not kept fresh.
            queue_mode: QueueMode::Lifo,
        };
        let pool = Pool::builder(opener)
            .config(config)
            .runtime(Runtime::Tokio1)
            .build();
        Ok(Self(pool.map_err(Error::config)?))
    }

    /// A transaction that is begun with this statement.
    pub async fn begin(&self, statement: &'static str) -> Result<Transaction, Error> {
        let mut open = self.take().await?;
        open.is_doubtful = true;
        let mut transaction = Transaction(Some(open));
        sqlx::raw_sql(statement).execute(&mut *transaction).await?;
        Ok(transaction)
    }

    /// Closes every connection, and opens none any more.
    pub async fn close(&self) {
        let unused = self.0.retain(|_, _| false);
        self.0.close();
        for open in unused.removed {
            // What cannot be closed any more is closed.
            drop(open.raw.close().await);
        }
    }

    async fn take(&self) -> Result<Object<Opener>, Error> {
        self.0.get().await.map_err(|error| match error {
            PoolError::Backend(error) => error,
            PoolError::Closed => Error::PoolClosed,
            PoolError::Timeout(_)
            | PoolError::NoRuntimeSpecified
            | PoolError::PostCreateHook(_) => Error::PoolTimedOut,
        })
    }
}

impl Manager for Opener {
    type Type = Open;
    type Error = Error;

    async fn create(&self) -> Result<Open, Error> {
        let mut raw = AnyConnection::connect_with(&self.to).await?;
        sqlx::raw_sql(self.setup).execute(&mut raw).await?;
        Ok(Open {
            raw,
            is_doubtful: false,
        })
    }

    async fn recycle(&self, open: &mut Open, metrics: &Metrics) -> RecycleResult<Error> {
        let is_stale = self.is_remote && metrics.last_used() >= FRESH;
        if open.is_doubtful || is_stale {
            open.raw.ping().await?;
            open.is_doubtful = false;
        }
        Ok(())
    }
}

/// One statement on any of them.
impl<'c> Executor<'c> for &'c Connections {
    type Database = Any;

    fn fetch_many<'e, 'q: 'e, E>(
        self,
        query: E,
    ) -> BoxStream<'e, Result<Either<AnyQueryResult, AnyRow>, Error>>
    where
        'c: 'e,
        E: 'q + Execute<'q, Any>,
    {
        let all = self.clone();
        let asked = async move {
            let mut open = all.take().await?;
            open.is_doubtful = true;
            let found: Vec<_> = open.raw.fetch_many(query).try_collect().await?;
            open.is_doubtful = false;
            Ok::<_, Error>(stream::iter(found.into_iter().map(Ok)))
        };
        stream::once(asked).try_flatten().boxed()
    }

    fn fetch_optional<'e, 'q: 'e, E>(self, query: E) -> BoxFuture<'e, Result<Option<AnyRow>, Error>>
    where
        'c: 'e,
        E: 'q + Execute<'q, Any>,
    {
        let all = self.clone();
        Box::pin(async move {
            let mut open = all.take().await?;
            open.is_doubtful = true;
            let found = open.raw.fetch_optional(query).await?;
            open.is_doubtful = false;
            Ok(found)
        })
    }

    fn prepare_with<'e>(
        self,
        sql: SqlStr,
        parameters: &'e [AnyTypeInfo],
    ) -> BoxFuture<'e, Result<AnyStatement, Error>>
    where
        'c: 'e,
    {
        let all = self.clone();
        Box::pin(async move { all.take().await?.raw.prepare_with(sql, parameters).await })
    }
}

/// Changes that come about together, or not at all where it is dropped before [`Self::commit`].
pub struct Transaction(Option<Object<Opener>>);

impl Transaction {
    /// Makes the changes last.
    ///
    /// # Errors
    /// Where the database does not.
    pub async fn commit(mut self) -> Result<(), Error> {
        sqlx::raw_sql("COMMIT").execute(&mut *self).await?;
        if let Some(mut open) = self.0.take() {
            open.is_doubtful = false;
        }
        Ok(())
    }
}

impl Drop for Transaction {
    fn drop(&mut self) {
        let Some(mut open) = self.0.take() else {
            return;
        };
        let Ok(here) = Handle::try_current() else {
            drop(Object::take(open));
            return;
        };
        // Nobody waits for what is locked until the connection is needed again.
        here.spawn(async move {
            match sqlx::raw_sql("ROLLBACK").execute(&mut open.raw).await {
                Ok(_) => open.is_doubtful = false,
                Err(_) => drop(Object::take(open)),
            }
        });
    }
}

impl Deref for Transaction {
    type Target = AnyConnection;

    fn deref(&self) -> &AnyConnection {
        &self.0.as_ref().expect("it is held until it ends").raw
    }
}

impl DerefMut for Transaction {
    fn deref_mut(&mut self) -> &mut AnyConnection {
        &mut self.0.as_mut().expect("it is held until it ends").raw
    }
}

/// The URL may hold a password.
impl fmt::Debug for Opener {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.write_str("Opener")
    }
}

impl fmt::Debug for Transaction {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.write_str("Transaction")
    }
}
