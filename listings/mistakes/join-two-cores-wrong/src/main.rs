//! Two computations, joined, on a runtime with two threads. Watch one of them
//! wait for the other.

use std::time::{Duration, Instant};

/// It stands for a computation: it looks at the clock until the time is up.
fn paint(what: &str, time: Duration) -> String {
    let end = Instant::now() + time;
    while Instant::now() < end {
        std::hint::spin_loop();
    }
    format!("a painted {what}")
}

async fn picture(what: &'static str, time: Duration) -> String {
    paint(what, time)
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    let start = Instant::now();
    let house = picture("house", Duration::from_secs(1));
    let tree = picture("tree", Duration::from_secs(2));
    let (a, b) = tokio::join!(house, tree);
    println!("{a} and {b}");
    println!("Time: {:.1} sec", start.elapsed().as_secs_f64());
}
