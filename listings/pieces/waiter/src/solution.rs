//! Each dish is a task, which cooks by itself while the waiter meets the next
//! guest. Its handle is asked only when everybody has ordered.

use std::time::Duration;

use tokio::time::{Instant, sleep};

async fn cook(dish: &'static str) -> String {
    println!("{dish} is ordered");
    sleep(Duration::from_secs(1)).await;
    format!("hot {dish}")
}

async fn evening(dishes: &[&'static str]) -> Vec<String> {
    let mut orders = Vec::new();
    for dish in dishes {
        sleep(Duration::from_millis(500)).await; // The next guest comes.
        orders.push(tokio::spawn(cook(dish)));
    }
    let mut served = Vec::new();
    for order in orders {
        served.push(order.await.unwrap());
    }
    served
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let start = Instant::now();
    println!("{:?}", evening(&["soup", "pasta", "cake"]).await);
    println!("Time: {:.1} sec", start.elapsed().as_secs_f64());
}

#[cfg(test)]
mod judge;
