//! Seven ways to wait for a future that borrows from its caller. Watch them read the
//! same text, which nobody had to copy.

use futures::future::join_all;
use futures::stream::{self, FuturesUnordered, StreamExt};

async fn read(way: &str, text: &str) -> Result<(), ()> {
    println!("{way} reads {text:?}");
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let text = String::from("borrowed");
    read("await", &text).await.unwrap();
    tokio::join!(read("join!", &text)).0.unwrap();
    tokio::try_join!(read("try_join!", &text)).unwrap();
    join_all([read("join_all", &text)]).await;
    let unordered =
        FuturesUnordered::from_iter([read("FuturesUnordered", &text)]);
    unordered.collect::<Vec<_>>().await;
    let few = stream::iter([read("buffer_unordered", &text)]);
    few.buffer_unordered(1).collect::<Vec<_>>().await;
    tokio::select! { done = read("select!", &text) => done.unwrap() }
}
