//! Nine ways to wait for three futures, of which the second fails. Watch whether the
//! third may finish.

use futures::future::join_all;
use futures::stream::{self, FuturesUnordered, StreamExt};
use std::fmt::Debug;
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::sleep;

static FINISHED: AtomicU32 = AtomicU32::new(0);

async fn fetch(number: u64) -> Result<u64, u64> {
    sleep(Duration::from_millis(number * 100)).await;
    FINISHED.fetch_add(1, SeqCst);
    if number == 2 { Err(number) } else { Ok(number) }
}

async fn see<T: Debug>(way: &str, waiting: impl Future<Output = T>) {
    FINISHED.store(0, SeqCst);
    let result = waiting.await;
    println!("{way}: {result:?}, finished: {}", FINISHED.load(SeqCst));
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let three = || [1, 2, 3].map(fetch);
    see("await", async {
        (fetch(1).await, fetch(2).await, fetch(3).await)
    })
    .await;
    see("spawn", async {
        let [a, b, c] = three().map(tokio::spawn);
        (a.await.unwrap(), b.await.unwrap(), c.await.unwrap())
    })
    .await;
    see("join!", async {
        tokio::join!(fetch(1), fetch(2), fetch(3))
    })
    .await;
    see("try_join!", async {
        tokio::try_join!(fetch(1), fetch(2), fetch(3))
    })
    .await;
    see("join_all", join_all(three())).await;
    see("JoinSet", async {
        JoinSet::from_iter(three()).join_all().await
    })
    .await;
    let unordered = FuturesUnordered::from_iter(three());
    see("FuturesUnordered", unordered.collect::<Vec<_>>()).await;
    let few = stream::iter(three()).buffer_unordered(3);
    see("buffer_unordered", few.collect::<Vec<_>>()).await;
    see("select!", async {
        tokio::select! { r = fetch(2) => r, r = fetch(3) => r }
    })
    .await;
}
