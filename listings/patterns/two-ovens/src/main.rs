//! Exercise: five cakes are in two ovens at once. Let `bake_all` put in a cake only
//! when one of the `ovens` is free, and then at once. It should never have more tasks
//! than there are ovens.

use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

async fn bake(cake: usize, seconds: u64) {
    println!("cake {cake} goes in");
    sleep(Duration::from_secs(seconds)).await;
    println!("cake {cake} comes out");
}

async fn bake_all(ovens: usize, cakes: &[u64]) {
    println!("ovens: {ovens}, cakes: {}", cakes.len());
    let mut baking = JoinSet::new();
    for (cake, &seconds) in cakes.iter().enumerate() {
        baking.spawn(bake(cake, seconds));
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
