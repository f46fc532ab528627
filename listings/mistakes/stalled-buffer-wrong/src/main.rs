//! Pages are fetched at once, then saved in turn. Watch who is too late.

use futures::stream::{self, StreamExt};
use std::time::Duration;
use tokio::time::{sleep, timeout};

async fn download(page: u32) {
    for _part in 1..=page {
        sleep(Duration::from_millis(200)).await;
    }
}

async fn fetch(page: u32) -> Result<u32, u32> {
    let second = Duration::from_secs(1);
    let downloaded = timeout(second, download(page)).await;
    downloaded.map(|()| page).map_err(|_| page)
}

async fn save(fetched: Result<u32, u32>) {
    match fetched {
        Ok(page) => {
            sleep(Duration::from_millis(1300)).await;
            println!("page {page} is saved");
        }
        Err(page) => println!("page {page} timed out"),
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let fetches = stream::iter(1..=3).map(fetch);
    let mut pages = fetches.buffered(3);
    while let Some(page) = pages.next().await {
        save(page).await;
    }
}
