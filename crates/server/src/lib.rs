//! The authentication backend: a library, and the `frontdesk` binary.
