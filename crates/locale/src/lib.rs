//! The sentences of `locales/` as one typed function per message.
//!
//! [`Text`] is a language: `text.sign_in_title("Acme")` is a sentence in it. The build script compiles
//! the FTL files and refuses what would fail at run time, so a sentence always comes out whole.
//! English is always at hand; the other catalogues are linked natively only, and a browser fetches its own.

mod interpret;
mod messages;
mod number;
pub mod opcode;
#[cfg(not(target_arch = "wasm32"))]
mod overrides;
#[cfg(test)]
mod tests;
mod text;

#[cfg(not(target_arch = "wasm32"))]
pub use messages::{CATALOGUES, MESSAGES};
#[cfg(not(target_arch = "wasm32"))]
pub use overrides::UnknownMessage;
pub use text::Text;
