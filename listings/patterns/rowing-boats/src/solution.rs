//! To look and to take is one step under one lock, without an `.await`. If the payment
//! fails, a second such step puts the boat back.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

type Boats = Arc<Mutex<i32>>;

async fn pay(card_is_good: bool) -> bool {
    sleep(Duration::from_secs(1)).await;
    card_is_good
}

fn take(boats: &Mutex<i32>) -> bool {
    let mut boats = boats.lock().unwrap();
    let any = *boats > 0;
    if any {
        *boats -= 1;
    }
    any
}

async fn rent(boats: Boats, card_is_good: bool) -> bool {
    if !take(&boats) {
        return false;
    }
    let paid = pay(card_is_good).await;
    if !paid {
        *boats.lock().unwrap() += 1;
    }
    paid
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let start = Instant::now();
    let boats = Boats::new(Mutex::new(2));
    let mut families = JoinSet::new();
    for _ in 0..3 {
        families.spawn(rent(boats.clone(), true));
    }
    println!("who has a boat: {:?}", families.join_all().await);
    println!("boats left: {}", boats.lock().unwrap());
    println!("Time: {:.1} sec", start.elapsed().as_secs_f64());
}

#[cfg(test)]
mod judge;
