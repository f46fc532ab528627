//! Two workers are told to stop. Watch each of them finish what it has begun.

use std::time::{Duration, Instant};

use tokio::time::sleep;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

async fn next_job() {
    sleep(Duration::from_millis(400)).await;
}

async fn worker(name: char, millis: u64, stop: CancellationToken) {
    let mut done = 0;
    while stop.run_until_cancelled(next_job()).await.is_some() {
        sleep(Duration::from_millis(millis)).await;
        done += 1;
    }
    println!("worker {name} stops, jobs done: {done}");
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let start = Instant::now();
    let stop = CancellationToken::new();
    let workers = TaskTracker::new();
    for (name, millis) in [('A', 400), ('B', 1200)] {
        workers.spawn(worker(name, millis, stop.clone()));
    }
    sleep(Duration::from_secs(1)).await;
    println!("stop: {:.1}", start.elapsed().as_secs_f64());
    stop.cancel();
    workers.close();
    workers.wait().await;
    println!("Time: {:.1} sec", start.elapsed().as_secs_f64());
}
