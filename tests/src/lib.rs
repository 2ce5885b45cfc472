//! Whole-product tests; see harness.rs.
