//! A test for each Rust snippet in the chapters: it is compiled and run. A test's name
//! tells file, heading and line. The programs of the figures are ignored here, since each
//! is a crate of its own, of another edition and with other dependencies; it is
//! `ci/tests/listings.rs` that compiles and runs them.
#![cfg(test)]

include!(concat!(env!("OUT_DIR"), "/skeptic-tests.rs"));
