//! Exercise: let one wash while another dries. Between them is a rack, a channel with
//! room for two plates; a plate is dried when it comes off the rack. `wash_up` still
//! takes the plates one after the other, and returns them in the order in which they
//! are done.

use std::time::Duration;

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
    let mut done = Vec::new();
    for plate in plates {
        wash(plate).await;
        dry(plate).await;
        done.push(plate);
    }
    done
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let start = Instant::now();
    wash_up(1..=4).await;
    println!("Time: {:.1} sec", start.elapsed().as_secs_f64());
}

#[cfg(test)]
mod judge;
