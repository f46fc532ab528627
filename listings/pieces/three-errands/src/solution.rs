//! `select!` is done with the first, `join!` with both, and what `spawn` has
//! started belongs to the runtime and not to whoever waits for it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::time::Duration;

use tokio::time::{Instant, sleep, timeout};

async fn wait_for(what: &'static str, time: Duration) -> &'static str {
    sleep(time).await;
    what
}

async fn ride(bus: Duration, tram: Duration) -> &'static str {
    tokio::select! {
        it = wait_for("the bus", bus) => it,
        it = wait_for("the tram", tram) => it,
    }
}

async fn shop(bread: Duration, milk: Duration) -> [&'static str; 2] {
    let bread = wait_for("bread", bread);
    let milk = wait_for("milk", milk);
    let (bread, milk) = tokio::join!(bread, milk);
    [bread, milk]
}

async fn wash(time: Duration, is_clean: Arc<AtomicBool>) {
    let machine = tokio::spawn(async move {
        sleep(time).await;
        is_clean.store(true, SeqCst);
    });
    machine.await.unwrap();
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (half, whole) = (Duration::from_millis(500), Duration::from_secs(1));
    let start = Instant::now();
    let time = || start.elapsed().as_secs_f64();
    println!("You take {}: {:.1}", ride(half, whole).await, time());
    println!("You have {:?}: {:.1}", shop(whole, half).await, time());
    let is_clean = Arc::new(AtomicBool::new(false));
    let _ = timeout(half, wash(whole, is_clean.clone())).await;
    sleep(whole).await;
    println!("The shirt is clean: {is_clean:?}");
}

#[cfg(test)]
mod judge;
