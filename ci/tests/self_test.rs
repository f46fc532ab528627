//! Faults are planted into copies of this book, over every listing and every chapter, and
//! each must be caught with the right file and line. Those in programs have to be compiled
//! and run: `cargo run -- self-test` plants them as well, and more of those in the text.

mod common;

use std::path::Path;

use book::report;
use book::seconds::Seconds;
use book::self_test::{Copy, Tally, goldens, texts};
use common::root;

fn copy(name: &str) -> Copy {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    Copy::of(root(), &folder).expect("the book can be copied")
}

/// Fails unless there are as many kinds of faults and all of them were caught.
fn all_caught(tally: &Tally, kinds: usize) {
    let said = report::tally(tally, Seconds(0.0));
    assert!(tally.all_caught(), "{said}");
    assert_eq!(tally.0.len(), kinds, "{said}");
    for (kind, count) in &tally.0 {
        assert!(count.planted > 0, "no fault of this kind: {}", kind.0);
    }
}

#[test]
fn every_fault_in_a_golden_is_caught() {
    let tally = goldens::plant(&copy("spoiled-goldens"));
    all_caught(&tally.expect("the goldens are true"), 11);
}

/// The text has room for twelve thousand faults. All of them are planted by
/// `cargo run -- self-test`, which takes minutes; here, this part of each kind.
const EVERY: usize = 10;

#[test]
fn faults_in_the_text_are_caught() {
    let tally = texts::plant(&copy("spoiled-texts"), EVERY);
    all_caught(&tally.expect("the text is true"), 25);
}
