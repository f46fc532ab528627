//! Nine ways to wait for a future, dropped in the middle. Watch which work goes on all
//! the same.

use futures::future::join_all;
use futures::stream::{self, FuturesUnordered, StreamExt};
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

static FINISHED: AtomicBool = AtomicBool::new(false);

async fn work() -> Result<(), ()> {
    sleep(Duration::from_millis(200)).await;
    FINISHED.store(true, SeqCst);
    Ok(())
}

async fn see<T>(way: &str, waiting: impl Future<Output = T>) {
    FINISHED.store(false, SeqCst);
    // The time is up before the work is done, and what waits for it is dropped.
    let _ = timeout(Duration::from_millis(100), waiting).await;
    sleep(Duration::from_millis(200)).await;
    let end = if FINISHED.load(SeqCst) {
        "goes on"
    } else {
        "is canceled"
    };
    println!("{way}: the work {end}");
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    see("await", work()).await;
    see("spawn", async { tokio::spawn(work()).await }).await;
    see("join!", async { tokio::join!(work()) }).await;
    see("try_join!", async { tokio::try_join!(work()) }).await;
    see("join_all", join_all([work()])).await;
    see("JoinSet", async {
        JoinSet::from_iter([work()]).join_all().await
    })
    .await;
    let unordered = FuturesUnordered::from_iter([work()]);
    see("FuturesUnordered", unordered.collect::<Vec<_>>()).await;
    let few = stream::iter([work()]).buffer_unordered(1);
    see("buffer_unordered", few.collect::<Vec<_>>()).await;
    see("select!", async {
        tokio::select! { done = work() => done }
    })
    .await;
}
