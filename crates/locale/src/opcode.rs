//! The control characters of an encoded sentence.
//!
//! A catalogue is the sentences of one language in the order of `locales/en.ftl`, parted by
//! [`MESSAGE_END`]. A sentence is plain text in which these characters mean something:
//!
//! | characters | meaning |
//! |---|---|
//! | U+0001 to U+0008 | argument 0 to 7, written out |
//! | U+0010 to U+0017 | a choice by argument 0 to 7, a number: `key` U+001F `sentence` U+001E `key` U+001F `sentence` … U+001D |
//!
//! A key is a plural category (`one`), an exact number in decimal digits, or empty, which always fits.
//! The first that fits is taken; the empty one comes last. Choices may hold choices.
//!
//! An override in a browser is encoded by the script that has it, which knows the names of the arguments:
//!
//! ```js
//! const code = template.replace(/\{\s*\$([\w-]+)\s*\}/g, (placeable, name) => {
//!   const index = names.indexOf(name);
//!   return index < 0 ? placeable : `\u2068${String.fromCharCode(1 + index)}\u2069`;
//! });
//! ```

/// Writes argument 0; the seven characters after it write arguments 1 to 7.
pub const ARGUMENT: char = '\u{1}';
/// Writes argument 7.
pub const LAST_ARGUMENT: char = '\u{8}';
/// Starts a choice by argument 0; the seven characters after it choose by arguments 1 to 7.
pub const SELECT: char = '\u{10}';
/// Parts the key of a variant from its sentence.
pub const KEY_END: char = '\u{1f}';
/// Parts a variant from the next.
pub const VARIANT_END: char = '\u{1e}';
/// Ends the last variant, and the choice.
pub const SELECT_END: char = '\u{1d}';
/// Parts a message from the next.
pub const MESSAGE_END: char = '\u{1c}';
/// Starts an argument inside a sentence, so that its direction leaves the sentence's alone (UAX #9).
pub const ISOLATE: char = '\u{2068}';
/// Ends what [`ISOLATE`] starts.
pub const ISOLATE_END: char = '\u{2069}';
