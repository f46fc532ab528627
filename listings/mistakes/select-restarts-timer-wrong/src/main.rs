//! News is read for one second. Watch when the second is over.

use std::time::{Duration, Instant};

use tokio::sync::mpsc::{self, Sender};
use tokio::time::sleep;

async fn send(news: Sender<u32>) {
    for number in 1..=5 {
        sleep(Duration::from_millis(400)).await;
        news.send(number).await.unwrap();
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let start = Instant::now();
    let (sender, mut news) = mpsc::channel(8);
    tokio::spawn(send(sender));
    let second = Duration::from_secs(1);
    loop {
        tokio::select! {
            biased;
            () = sleep(second) => break,
            Some(number) = news.recv() => println!("News {number}"),
        }
    }
    println!("Time: {:.1} sec", start.elapsed().as_secs_f64());
}
