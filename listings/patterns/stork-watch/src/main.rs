//! Exercise: to find the first storks, `first_storks` watches until the last bird of
//! the evening has flown by. Let it look at no more birds than it needs, and return as
//! soon as it has seen so many storks. Fewer may come.

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
    let mut seen: Vec<&str> = birds.collect().await;
    seen.retain(|bird| bird.contains("stork"));
    seen.truncate(storks);
    seen
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
