//! Judges `proofreaders`, with a real clock, as other programs have no other. The pages are read
//! once, and each test looks at one thing.

use std::env;
use std::sync::LazyLock;
use std::time::Instant;

use futures::future::try_join_all;

use super::{proofread, reader};

/// The reports, and after how many seconds they were there.
static REPORTS: LazyLock<(Vec<String>, f64)> = LazyLock::new(read_three);

#[tokio::main(flavor = "current_thread")]
async fn read_three() -> (Vec<String>, f64) {
    let start = Instant::now();
    let reports = try_join_all([1, 2, 3].map(proofread)).await;
    (reports.unwrap(), start.elapsed().as_secs_f64())
}

/// Does nothing, unless this program was started as a reader.
#[test]
fn is_a_reader() {
    if let Some(page @ ("1" | "2" | "3")) = env::args().next_back().as_deref() {
        reader::read(page);
    }
}

#[test]
fn a_good_page_is_good() {
    assert_eq!(REPORTS.0[0], "page 1: good");
}

#[test]
fn a_mistake_is_told() {
    assert_eq!(
        REPORTS.0[1], "page 2: it says `recieve`",
        "the reader of page 2 has complained, and ended with status 1. That a program could be \
         started and has ended is all that an `Ok` says"
    );
}

#[test]
fn they_read_at_the_same_time() {
    let took = REPORTS.1;
    assert!(
        took > 0.5,
        "three pages in {took:.1} seconds: no reader is so fast, so nobody has waited for them"
    );
    assert!(
        took < 1.4,
        "it took {took:.1} seconds, as long as three pages one after the other: while one \
         reader works, the thread stands still, and can't start the next"
    );
}
