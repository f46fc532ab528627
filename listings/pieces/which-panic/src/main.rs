//! Nine ways to wait for a future that panics. Watch who panics with it.

use futures::future::join_all;
use futures::stream::{self, FuturesUnordered, StreamExt};
use std::panic;
use tokio::task::JoinSet;

async fn work() -> Result<(), ()> {
    panic!("no such luck");
}

async fn see<T>(way: &str, waiting: T)
where
    T: Future<Output: Send> + Send + 'static,
{
    let outcome = match tokio::spawn(waiting).await {
        Ok(_) => "is told of it",
        Err(_) => "panics, too",
    };
    println!("{way}: whoever waits {outcome}");
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    panic::set_hook(Box::new(|_| {})); // The messages are not the point here.
    see("await", work()).await;
    see("spawn", tokio::spawn(work())).await;
    see("join!", async { tokio::join!(work()) }).await;
    see("try_join!", async { tokio::try_join!(work()) }).await;
    see("join_all", join_all([work()])).await;
    let mut set = JoinSet::from_iter([work()]);
    see("JoinSet", async move { set.join_next().await }).await;
    let unordered = FuturesUnordered::from_iter([work()]);
    see("FuturesUnordered", unordered.collect::<Vec<_>>()).await;
    let few = stream::iter([work()]).buffer_unordered(1);
    see("buffer_unordered", few.collect::<Vec<_>>()).await;
    see("select!", async {
        tokio::select! { done = work() => done }
    })
    .await;
}
