//! Two computations, joined, on a runtime with two threads. Watch one of them
//! wait for the other.

use std::time::{Duration, Instant};

/// It stands for a computation: it looks at the clock until the time is up.
fn paint(what: &str) -> String {
    let end = Instant::now() + Duration::from_secs(1);
    while Instant::now() < end {
        std::hint::spin_loop();
    }
    format!("a painted {what}")
}

async fn picture(what: &'static str) -> String {
    paint(what)
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    let start = Instant::now();
    let (a, b) = tokio::join!(picture("house"), picture("tree"));
    println!("{a} and {b}");
    println!("Time: {:.1} sec", start.elapsed().as_secs_f64());
}
