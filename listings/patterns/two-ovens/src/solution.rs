//! The loop waits for an oven before it makes a task, and the task gives the oven back
//! when its cake is done.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

async fn bake(cake: usize, seconds: u64) {
    println!("cake {cake} goes in");
    sleep(Duration::from_secs(seconds)).await;
    println!("cake {cake} comes out");
}

async fn bake_all(ovens: usize, cakes: &[u64]) {
    println!("ovens: {ovens}, cakes: {}", cakes.len());
    let ovens = Arc::new(Semaphore::new(ovens));
    let mut baking = JoinSet::new();
    for (cake, &seconds) in cakes.iter().enumerate() {
        let oven = ovens.clone().acquire_owned().await.unwrap();
        baking.spawn(async move {
            bake(cake, seconds).await;
            drop(oven);
        });
    }
    baking.join_all().await;
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let start = Instant::now();
    bake_all(2, &[2, 1, 1, 1, 1]).await;
    println!("Time: {:.1} sec", start.elapsed().as_secs_f64());
}

#[cfg(test)]
mod judge;
