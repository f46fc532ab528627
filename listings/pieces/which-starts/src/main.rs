//! Nine ways to wait for a future, each made first and awaited later. Watch which start
//! early.

use futures::future::join_all;
use futures::stream::{self, FuturesUnordered, StreamExt};
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::sleep;

async fn work(way: &str) -> Result<(), ()> {
    println!("{way} starts");
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let future = work("await");
    let task = tokio::spawn(work("spawn"));
    let join = async { tokio::join!(work("join!")) };
    let try_join = async { tokio::try_join!(work("try_join!")) };
    let all = join_all([work("join_all")]);
    let mut set = JoinSet::new();
    set.spawn(work("JoinSet"));
    let unordered = FuturesUnordered::from_iter([work("FuturesUnordered")]);
    let few = stream::iter([work("buffer_unordered")]).buffer_unordered(1);
    let select = async {
        tokio::select! { done = work("select!") => done }
    };

    println!("main waits for something else");
    sleep(Duration::from_millis(100)).await;
    println!("main awaits them");
    future.await.unwrap();
    task.await.unwrap().unwrap();
    join.await.0.unwrap();
    try_join.await.unwrap();
    all.await;
    set.join_all().await;
    unordered.collect::<Vec<_>>().await;
    few.collect::<Vec<_>>().await;
    select.await.unwrap();
}
