//! Ten coins go from Alice to Bob, and it takes long. Watch where they are.

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::time::Duration;
use tokio::time::{sleep, timeout};

static ALICE: AtomicU32 = AtomicU32::new(50);
static BOB: AtomicU32 = AtomicU32::new(50);

async fn transfer(coins: u32) {
    ALICE.fetch_sub(coins, Relaxed);
    sleep(Duration::from_secs(2)).await; // The way to Bob's bank.
    BOB.fetch_add(coins, Relaxed);
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let transfer = transfer(10);
    match timeout(Duration::from_secs(1), transfer).await {
        Ok(()) => println!("Bob has them."),
        Err(_) => {
            println!("This takes a while.");
        }
    }
    println!("Alice: {}", ALICE.load(Relaxed));
    println!("Bob: {}", BOB.load(Relaxed));
}
