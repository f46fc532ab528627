//! A future is pushed to others that wait already; of the last two, one is enough.

use std::time::Duration;

use futures::future;
use futures::stream::{FuturesUnordered, StreamExt};

async fn after(millis: u64) -> Result<u64, u64> {
    tokio::time::sleep(Duration::from_millis(millis)).await;
    Ok(millis)
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut all = FuturesUnordered::from_iter([after(70), after(20)]);
    all.push(after(120));
    while let Some(millis) = all.next().await {
        println!("{millis:?}");
    }
    let two = [20, 90].map(|millis| Box::pin(after(millis)));
    let (first, others) = future::select_ok(two).await.unwrap();
    println!("{first}, and {} left", others.len());
}
