//! What the scripts of the npm package call: mounting, and the client without a component.
//!
//! The scripts bring the stylesheets, the languages, the custom properties and the events, because
//! they say it in fewer bytes; see `js/index.d.ts` for what pages may give. Elsewhere than on wasm32
//! the crate is empty.

#[cfg(target_arch = "wasm32")]
mod client;
#[cfg(target_arch = "wasm32")]
mod custom;
#[cfg(target_arch = "wasm32")]
mod mount;
#[cfg(target_arch = "wasm32")]
mod options;
#[cfg(target_arch = "wasm32")]
mod page;
#[cfg(target_arch = "wasm32")]
mod widgets;

/// What is thrown where a module that is loaded on demand does not come.
#[cfg(target_arch = "wasm32")]
fn missing() -> js_sys::Error {
    js_sys::Error::new("Frontdesk: a part of the module could not be loaded")
}
