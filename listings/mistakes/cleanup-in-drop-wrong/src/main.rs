//! A client says good-bye when it is dropped. Watch what the server hears.

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
}

impl Drop for Client {
    fn drop(&mut self) {
        tokio::spawn(send("good-bye"));
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let client = Client;
    client.greet().await;
    drop(client);
    println!("main is done");
}
