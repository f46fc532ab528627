//! Three counts, one after the other. Watch each of them wait for the last.

use std::thread::sleep;
use std::time::{Duration, Instant};

fn count() {
    for number in 1..=3 {
        println!("{number}");
        sleep(Duration::from_secs(1));
    }
}

fn main() {
    let start = Instant::now();
    for _ in 0..3 {
        count();
    }
    let elapsed = start.elapsed().as_secs_f64();
    println!("Total time elapsed: {elapsed:.1} seconds");
}
