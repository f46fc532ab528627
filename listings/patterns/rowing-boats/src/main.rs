//! Exercise: there are two boats, and three families row off. Let `rent` hand out only
//! boats that are there, and let nobody pay in vain. All should still pay at the same
//! time. If a card is refused, the boat should be there for others. `Boats` and the
//! signatures stay as they are.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

type Boats = Arc<Mutex<i32>>;

async fn pay(card_is_good: bool) -> bool {
    sleep(Duration::from_secs(1)).await;
    card_is_good
}

async fn rent(boats: Boats, card_is_good: bool) -> bool {
    if *boats.lock().unwrap() == 0 {
        return false;
    }
    if !pay(card_is_good).await {
        return false;
    }
    *boats.lock().unwrap() -= 1;
    true
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
