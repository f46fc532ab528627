//! One task waits for what another sends.

use std::time::Duration;

use tokio::sync::mpsc;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (tx, mut rx) = mpsc::channel(1);
    let sender = tokio::spawn(async move {
        for number in 1..=2 {
            tokio::time::sleep(Duration::from_millis(30)).await;
            tx.send(number).await.unwrap();
        }
    });
    let receiver = tokio::spawn(async move {
        while let Some(number) = rx.recv().await {
            println!("{number}");
        }
    });
    sender.await.unwrap();
    receiver.await.unwrap();
}
