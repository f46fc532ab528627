//! Nine ways to wait for three futures, of which the first is the slowest. Watch the
//! order of the results.

use futures::future::join_all;
use futures::stream::{self, FuturesUnordered, StreamExt};
use std::fmt::Debug;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::sleep;

async fn fetch(number: u64) -> Result<u64, ()> {
    sleep(Duration::from_millis(number * 100)).await;
    Ok(number)
}

async fn see<T: Debug>(way: &str, waiting: impl Future<Output = T>) {
    println!("{way}: {:?}", waiting.await);
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let one = |number| async move { fetch(number).await.unwrap() };
    let three = || [3, 1, 2].map(one);
    see("await", async {
        (one(3).await, one(1).await, one(2).await)
    })
    .await;
    let tasks = [3, 1, 2].map(|number| tokio::spawn(one(number)));
    see("spawn", async {
        let [a, b, c] = tasks;
        (a.await.unwrap(), b.await.unwrap(), c.await.unwrap())
    })
    .await;
    see("join!", async { tokio::join!(one(3), one(1), one(2)) }).await;
    see("try_join!", async {
        tokio::try_join!(fetch(3), fetch(1), fetch(2)).unwrap()
    })
    .await;
    see("join_all", join_all(three())).await;
    let mut set = JoinSet::from_iter(three());
    see("JoinSet", async {
        let mut results = Vec::new();
        while let Some(result) = set.join_next().await {
            results.push(result.unwrap());
        }
        results
    })
    .await;
    let unordered = FuturesUnordered::from_iter(three());
    see("FuturesUnordered", unordered.collect::<Vec<_>>()).await;
    let few = stream::iter(three()).buffer_unordered(3);
    see("buffer_unordered", few.collect::<Vec<_>>()).await;
    see("select!", async {
        tokio::select! { n = one(3) => n, n = one(1) => n, n = one(2) => n }
    })
    .await;
}
