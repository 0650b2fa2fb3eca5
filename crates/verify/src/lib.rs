//! Verifies a session token in somebody else's backend.
