//! A long query is given up. Watch when the short one begins.

use std::time::{Duration, Instant};
use tokio::sync::Mutex;
use tokio::time::{sleep, timeout};
use tokio_util::task::AbortOnDropHandle;

static CONNECTION: Mutex<()> = Mutex::const_new(());

async fn query(name: &str, seconds: u64) {
    let _connection = CONNECTION.lock().await;
    println!("{name} query begins");
    sleep(Duration::from_secs(seconds)).await;
    println!("{name} query is done");
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let start = Instant::now();
    let long = tokio::spawn(query("long", 3));
    let long = AbortOnDropHandle::new(long);
    if timeout(Duration::from_secs(1), long).await.is_err() {
        println!("long query is given up");
    }
    query("short", 1).await;
    println!("Time: {:.1} sec", start.elapsed().as_secs_f64());
}
