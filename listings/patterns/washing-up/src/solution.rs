//! Each stage has a loop of its own, and the rack between them makes the faster one
//! wait. The block that washes owns the rack: when it ends, so does the other.

use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::{Instant, sleep};

async fn wash(plate: u32) {
    sleep(Duration::from_millis(300)).await;
    println!("plate {plate} is washed");
}

async fn dry(plate: u32) {
    sleep(Duration::from_millis(700)).await;
    println!("    plate {plate} is dry");
}

async fn wash_up(plates: impl Iterator<Item = u32>) -> Vec<u32> {
    let (rack, mut wet) = mpsc::channel(2);
    let washing = async move {
        for plate in plates {
            wash(plate).await;
            rack.send(plate).await.expect("somebody dries");
        }
    };
    let drying = async {
        let mut done = Vec::new();
        while let Some(plate) = wet.recv().await {
            dry(plate).await;
            done.push(plate);
        }
        done
    };
    tokio::join!(washing, drying).1
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let start = Instant::now();
    wash_up(1..=4).await;
    println!("Time: {:.1} sec", start.elapsed().as_secs_f64());
}

#[cfg(test)]
mod judge;
