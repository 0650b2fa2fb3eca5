//! How a language counts and writes numbers.

#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(not(target_arch = "wasm32"))]
mod native;

#[cfg(target_arch = "wasm32")]
pub(crate) use browser::{category, written};
#[cfg(not(target_arch = "wasm32"))]
pub(crate) use native::{category, written};
