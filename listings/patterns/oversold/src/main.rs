//! Two bicycles, three customers. Watch how many are sold.

use std::sync::Mutex;
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::sleep;

static BICYCLES: Mutex<i32> = Mutex::new(2);

async fn pay() {
    sleep(Duration::from_secs(1)).await;
}

async fn buy(name: &str) {
    if *BICYCLES.lock().unwrap() == 0 {
        return println!("{name}: sold out");
    }
    pay().await;
    *BICYCLES.lock().unwrap() -= 1;
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
