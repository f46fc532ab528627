//! A task is cancelled, and tidies up.

use std::time::Duration;

struct Tidy;

impl Drop for Tidy {
    fn drop(&mut self) {
        println!("tidied up");
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let slow = tokio::spawn(async {
        let _tidy = Tidy;
        tokio::time::sleep(Duration::from_secs(5)).await;
        println!("never printed");
    });
    tokio::time::sleep(Duration::from_millis(20)).await;
    slow.abort();
    println!("cancelled: {}", slow.await.unwrap_err().is_cancelled());
}
