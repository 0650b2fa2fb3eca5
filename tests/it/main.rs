//! Whole-product tests through the real router.

mod tidy;
