//! Three waits, of which one fails. Watch what happens to the slowest.

use futures::future::try_join_all;
use std::time::Duration;
use tokio::time::sleep;

async fn fetch(seconds: u64) -> Result<u64, String> {
    sleep(Duration::from_secs(seconds)).await;
    if seconds == 2 {
        return Err(format!("fetch {seconds} failed"));
    }
    println!("fetch {seconds} is there");
    Ok(seconds)
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    match try_join_all([1, 2, 3].map(fetch)).await {
        Ok(results) => println!("{results:?}"),
        Err(error) => println!("{error}"),
    }
}
