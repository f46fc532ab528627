//! The adapters choose before anything is collected, and after the last stork that it
//! wants, `take` asks for no other bird.

use std::future::ready;
use std::time::Duration;

use futures::stream::{self, Stream, StreamExt};
use tokio::time::{Instant, sleep};

async fn spot(bird: &str) -> &str {
    sleep(Duration::from_millis(500)).await;
    println!("a {bird} flies by");
    bird
}

async fn first_storks<'a>(
    birds: impl Stream<Item = &'a str>,
    storks: usize,
) -> Vec<&'a str> {
    let seen = birds.filter(|bird| ready(bird.contains("stork")));
    seen.take(storks).collect().await
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let start = Instant::now();
    let birds = ["duck", "white stork", "crow", "black stork", "swan", "jay"];
    let birds = stream::iter(birds).then(spot);
    println!("{:?}", first_storks(birds, 2).await);
    println!("Time: {:.1} sec", start.elapsed().as_secs_f64());
}

#[cfg(test)]
mod judge;
