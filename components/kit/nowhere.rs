//! No server at all, for pages that are drawn outside of a browser.

use std::future::{pending, ready};

use frontdesk_client::{Answer, News, Offline, Request, Task, Transport};
use frontdesk_protocol::Timestamp;

/// A transport that reaches nothing.
pub struct Nowhere;

impl Transport for Nowhere {
    fn send(&self, _request: Request) -> Task<Result<Answer, Offline>> {
        Box::pin(ready(Err(Offline)))
    }

    fn now(&self) -> Timestamp {
        Timestamp(0)
    }

    fn sleep(&self, _ms: u32) -> Task<()> {
        Box::pin(pending())
    }

    fn random(&self) -> f64 {
        0.0
    }

    fn spawn(&self, _task: Task<()>) {}

    fn tell(&self, _news: News) {}
}
