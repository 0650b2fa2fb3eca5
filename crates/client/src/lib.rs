//! The browser's side: one method per route, the session and its token, listeners.
