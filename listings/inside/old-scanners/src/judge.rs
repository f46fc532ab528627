//! Judges `scan_all`. A scanner blocks its thread, so the clock is a real one.

use std::time::Instant;

use super::scan_all;

#[test]
fn the_texts_are_in_the_order_of_the_pages() {
    assert_eq!(
        scan_all(&["cover", "map"]),
        ["text of cover", "text of map"],
        "a cover and a map were scanned, in this order; on the left is what came of it"
    );
}

#[test]
fn it_takes_as_long_as_one_page() {
    let start = Instant::now();
    scan_all(&["a", "b", "c", "d"]);
    let took = start.elapsed().as_secs_f64();
    assert!(
        took < 1.25,
        "four pages took {took:.1} seconds, and each takes 0.5: a scanner blocks the \
         thread that called it, so no other one can begin on that thread"
    );
    assert!(
        took > 0.4,
        "four pages took {took:.1} seconds, and even one takes 0.5"
    );
}
