//! Mount functions for JavaScript.
