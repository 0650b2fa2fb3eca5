//! What the client asks of the world around it: requests, a clock, chance and tasks.

use std::pin::Pin;

use frontdesk_protocol::Timestamp;

use crate::News;

/// A JSON value as the browser's own parser makes it.
#[cfg(target_arch = "wasm32")]
pub use crate::value::Value;

/// A JSON value.
#[cfg(not(target_arch = "wasm32"))]
pub type Value = serde_json::Value;

/// Work that ends in a `T`.
pub type Task<T> = Pin<Box<dyn Future<Output = T>>>;

/// The methods that are sent; others travel as `_method` in the query of a POST.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads, and may be sent again.
    Get,
    /// Changes something, and is sent once.
    Post,
}

/// What is sent; it has no `Debug`, because forms hold passwords.
#[derive(Clone)]
pub struct Request {
    /// GET or POST.
    pub method: Method,
    /// The path with its query, e.g. `/v1/me?_method=PATCH`.
    pub path: String,
    /// The body, as `application/x-www-form-urlencoded`.
    pub form: Option<String>,
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The `Retry-After` header, in seconds.
    pub retry_after_s: Option<u32>,
    /// The body; absent where it is not JSON.
    pub body: Option<Value>,
}

/// Nothing came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offline;

/// The world around the client: the browser, or a test.
pub trait Transport {
    /// Sends a request with the browser's cookies.
    fn send(&self, request: Request) -> Task<Result<Answer, Offline>>;

    /// The local clock, which may be wrong.
    fn now(&self) -> Timestamp;

    /// Waits.
    fn sleep(&self, ms: u32) -> Task<()>;

    /// A random number of at least 0 and below 1.
    fn random(&self) -> f64;

    /// Runs a task that nobody waits for.
    fn spawn(&self, task: Task<()>);

    /// Tells the other tabs, which pass it to [`crate::Frontdesk::hear`].
    fn tell(&self, news: News);
}
