//! Everything that draws.
