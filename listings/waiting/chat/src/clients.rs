//! Ann and Bob, who chat. Each thinks for half a second before typing.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::time::sleep;

struct Client {
    name: &'static str,
    stream: BufReader<TcpStream>,
}

impl Client {
    async fn call(name: &'static str, server: SocketAddr) -> Client {
        let stream = TcpStream::connect(server).await.unwrap();
        Client {
            name,
            stream: BufReader::new(stream),
        }
    }

    async fn say(&mut self, words: &str) {
        sleep(Duration::from_millis(500)).await;
        let line = format!("{words}\n");
        self.stream.write_all(line.as_bytes()).await.unwrap();
    }

    async fn hear(&mut self) {
        let mut line = String::new();
        self.stream.read_line(&mut line).await.unwrap();
        println!("{} hears {}", self.name, line.trim_end());
    }
}

/// What they say and hear.
pub async fn play(server: SocketAddr) {
    let mut ann = Client::call("Ann", server).await;
    ann.say("Is anybody here?").await;
    ann.hear().await;
    let mut bob = Client::call("Bob", server).await;
    bob.say("Yes, Bob.").await;
    ann.hear().await;
    bob.hear().await;
    ann.say("Good morning!").await;
    ann.hear().await;
    bob.hear().await;
}
