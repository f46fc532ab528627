//! All messages are there from the start. Watch when the watcher has its turn.

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

use tokio::sync::mpsc;

static TAKEN: AtomicU32 = AtomicU32::new(0);

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (sender, mut receiver) = mpsc::unbounded_channel();
    for message in 0..300 {
        sender.send(message).unwrap();
    }
    drop(sender);
    let taker = tokio::spawn(async move {
        while receiver.recv().await.is_some() {
            TAKEN.fetch_add(1, Relaxed);
        }
        println!("Taker: I have all {}", TAKEN.load(Relaxed));
    });
    let watcher = tokio::spawn(async {
        println!("Watcher: {} are taken", TAKEN.load(Relaxed));
    });
    taker.await.unwrap();
    watcher.await.unwrap();
}
