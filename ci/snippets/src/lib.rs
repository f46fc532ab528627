//! A test for each Rust snippet in the chapters, and for each listing as its chapter
//! shows it: snippets are compiled and run, listings are compiled here and run by
//! `ci/tests/listings.rs`. A test's name tells file, heading and line.
#![cfg(test)]

include!(concat!(env!("OUT_DIR"), "/skeptic-tests.rs"));
