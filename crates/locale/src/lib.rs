//! The sentences of `locales/` as one typed function per message.
