//! Two streams become one. Watch the loop take whatever comes.

use std::time::{Duration, Instant};

use tokio::sync::mpsc::{self, Sender};
use tokio::time::{interval, sleep};
use tokio_stream::StreamExt;
use tokio_stream::wrappers::{IntervalStream, ReceiverStream};

async fn order(sender: Sender<&str>) {
    for dish in ["soup", "pizza"] {
        sleep(Duration::from_millis(700)).await;
        sender.send(dish).await.unwrap();
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let start = Instant::now();
    let (sender, receiver) = mpsc::channel(8);
    tokio::spawn(order(sender));

    let orders = ReceiverStream::new(receiver);
    let orders = orders.map(|dish| format!("order: {dish}"));
    let ticks = IntervalStream::new(interval(Duration::from_secs(1)));
    let ticks = ticks.take(3).map(|_| "tick".to_owned());
    let mut events = orders.merge(ticks);
    while let Some(event) = events.next().await {
        let time = start.elapsed().as_secs_f64();
        println!("{time:.1} {event}");
    }
}
