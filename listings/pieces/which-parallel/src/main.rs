//! Nine ways to wait for two futures that block, on two threads. Watch which of them
//! block at the same moment.

use futures::future::join_all;
use futures::stream::{self, FuturesUnordered, StreamExt};
use std::sync::Mutex;
use std::time::{Duration, Instant};
use tokio::task::{JoinSet, yield_now};

static SPANS: Mutex<Vec<(Instant, Instant)>> = Mutex::new(Vec::new());

async fn work() -> Result<(), ()> {
    let start = Instant::now();
    std::thread::sleep(Duration::from_millis(200));
    SPANS.lock().unwrap().push((start, Instant::now()));
    yield_now().await;
    Ok(())
}

async fn see<T>(way: &str, waiting: impl Future<Output = T>) {
    waiting.await;
    let spans = std::mem::take(&mut *SPANS.lock().unwrap());
    let (a, b) = (spans[0], spans[1]);
    let together = a.0 < b.1 && b.0 < a.1;
    println!(
        "{way}: {}",
        if together { "in parallel" } else { "in turn" }
    );
}

#[tokio::main(worker_threads = 2)]
async fn main() {
    see("await", async { (work().await, work().await) }).await;
    let two = || [tokio::spawn(work()), tokio::spawn(work())];
    see("spawn", async { join_all(two()).await }).await;
    see("join!", async { tokio::join!(work(), work()) }).await;
    see("try_join!", async { tokio::try_join!(work(), work()) }).await;
    see("join_all", join_all([work(), work()])).await;
    let set = || JoinSet::from_iter([work(), work()]);
    see("JoinSet", async { set().join_all().await }).await;
    let unordered = FuturesUnordered::from_iter([work(), work()]);
    see("FuturesUnordered", unordered.collect::<Vec<_>>()).await;
    let few = stream::iter([work(), work()]).buffer_unordered(2);
    see("buffer_unordered", few.collect::<Vec<_>>()).await;
    see("select!", async {
        tokio::select! { done = work() => done, done = work() => done }
    })
    .await;
}
