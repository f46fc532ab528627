//! Three factorials at once. Watch the order of the results.

use futures::future::join_all;
use std::time::Duration;
use tokio::time::sleep;

async fn factorial(number: u32) -> u32 {
    let mut product = 1;
    for i in 2..=number {
        println!("Computing factorial({number}), currently i={i}...");
        sleep(Duration::from_secs(1)).await;
        product *= i;
    }
    product
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let numbers = [2, 3, 4];
    let products = join_all(numbers.map(factorial)).await;
    println!("{products:?}");
}
