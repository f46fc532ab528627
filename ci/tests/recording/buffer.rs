//! Three futures in a stream, at most two at the same time.

use std::time::Duration;

use futures::stream::{self, StreamExt};

async fn after(millis: u64) -> u64 {
    tokio::time::sleep(Duration::from_millis(millis)).await;
    millis
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let all = stream::iter([900, 20, 50]).map(after);
    let mut few = all.buffer_unordered(2);
    while let Some(millis) = few.next().await {
        println!("{millis}");
    }
}
