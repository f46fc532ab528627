//! A camera is faster than whoever saves. Watch it wait for room.

use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::sleep;

type Picture = Vec<u8>;

async fn save(_picture: Picture) {
    sleep(Duration::from_millis(1200)).await;
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (sender, mut receiver) = mpsc::channel(3);
    tokio::spawn(async move {
        loop {
            for _ in 1..=5 {
                let picture = vec![255; 1_000_000];
                sender.send(picture).await.unwrap();
            }
            sleep(Duration::from_millis(1500)).await;
        }
    });
    for number in 1..=3 {
        save(receiver.recv().await.unwrap()).await;
        println!("{number} saved, {} wait", receiver.len());
    }
}
