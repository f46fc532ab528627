//! One customer at a time, from the look to the end. Watch how long they wait.

use std::time::Duration;

use tokio::sync::Mutex;
use tokio::task::JoinSet;
use tokio::time::sleep;

static BICYCLES: Mutex<i32> = Mutex::const_new(2);

async fn pay() {
    sleep(Duration::from_secs(1)).await;
}

async fn buy(name: &str) {
    let mut bicycles = BICYCLES.lock().await;
    if *bicycles == 0 {
        return println!("{name}: sold out");
    }
    pay().await;
    *bicycles -= 1;
    println!("{name}: mine!");
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut customers = JoinSet::new();
    for name in ["Ann", "Bob", "Eve"] {
        customers.spawn(buy(name));
    }
    customers.join_all().await;
    println!("bicycles left: {}", BICYCLES.lock().await);
}
