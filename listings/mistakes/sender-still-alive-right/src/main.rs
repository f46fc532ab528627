//! Three tasks send a number each. Watch the loop end with the last of them.

use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::sleep;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (sender, mut receiver) = mpsc::channel(10);
    for number in 1..=3 {
        let sender = sender.clone();
        tokio::spawn(async move {
            sleep(number * Duration::from_millis(250)).await;
            sender.send(number).await.unwrap();
        });
    }
    drop(sender);
    while let Some(number) = receiver.recv().await {
        println!("received {number}");
    }
    println!("that was all");
}
