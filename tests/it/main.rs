//! Whole-product tests through the real router.
