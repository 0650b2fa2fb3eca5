//! Stands in for the crate of this name, which Leptos links for server functions.
//!
//! The real one exports classes, and a browser would download them although no function of ours is
//! a server's. Here a stream is an empty one.

use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use wasm_bindgen::{JsCast as _, JsValue};

/// A stream of JavaScript's that can be read.
pub struct ReadableStream(web_sys::ReadableStream);

impl ReadableStream {
    /// The stream as JavaScript has it.
    pub fn from_raw(raw: web_sys::ReadableStream) -> Self {
        Self(raw)
    }

    /// No stream, whatever is given.
    pub fn from_stream<S>(_stream: S) -> Self {
        Self(JsValue::UNDEFINED.unchecked_into())
    }

    /// The stream as JavaScript has it.
    pub fn into_raw(self) -> web_sys::ReadableStream {
        self.0
    }

    /// The stream as Rust has it: empty.
    pub fn into_stream(self) -> Empty {
        Empty
    }
}

/// A stream that has ended.
pub struct Empty;

impl Stream for Empty {
    type Item = Result<JsValue, JsValue>;

    fn poll_next(self: Pin<&mut Self>, _context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(None)
    }
}
