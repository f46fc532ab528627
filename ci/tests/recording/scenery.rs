//! A program in its scenery, which has tasks and a thread of its own.

mod service;

use std::time::Duration;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let answer = service::start();
    println!("{}", answer.await.unwrap());
    let nap = tokio::spawn(tokio::time::sleep(Duration::from_millis(20)));
    nap.await.unwrap();
}
