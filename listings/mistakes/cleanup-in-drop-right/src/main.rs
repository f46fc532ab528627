//! A client says good-bye when it is closed. Watch what the server hears.

use std::time::Duration;

use tokio::time::sleep;

async fn send(word: &str) {
    sleep(Duration::from_millis(500)).await;
    println!("the server hears: {word}");
}

struct Client;

impl Client {
    async fn greet(&self) {
        send("hello").await;
    }

    async fn close(self) {
        send("good-bye").await;
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let client = Client;
    client.greet().await;
    client.close().await;
    println!("main is done");
}
