//! A task panics, and the main function goes on.

use std::panic;
use std::time::Duration;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    panic::set_hook(Box::new(|_| {}));
    let bad = tokio::spawn(async {
        tokio::time::sleep(Duration::from_millis(20)).await;
        panic!("no such luck");
    });
    println!("panicked: {}", bad.await.unwrap_err().is_panic());
    tokio::time::sleep(Duration::from_millis(20)).await;
    println!("and on");
}
