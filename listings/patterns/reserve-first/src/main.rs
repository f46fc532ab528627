//! Look and take under one lock, then pay. Watch who is sent away, and when.

use std::sync::Mutex;
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::sleep;

static BICYCLES: Mutex<i32> = Mutex::new(2);

async fn pay() {
    sleep(Duration::from_secs(1)).await;
}

fn reserve() -> bool {
    let mut bicycles = BICYCLES.lock().unwrap();
    let any = *bicycles > 0;
    if any {
        *bicycles -= 1;
    }
    any
}

async fn buy(name: &str) {
    if !reserve() {
        return println!("{name}: sold out");
    }
    pay().await;
    println!("{name}: mine!");
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut customers = JoinSet::new();
    for name in ["Ann", "Bob", "Eve"] {
        customers.spawn(buy(name));
    }
    customers.join_all().await;
    println!("bicycles left: {}", BICYCLES.lock().unwrap());
}
