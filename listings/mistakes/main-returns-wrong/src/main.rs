//! Two letters are sent by tasks. Watch how far they get.

use std::time::Duration;
use tokio::time::sleep;

async fn send(letter: &str, time: Duration) {
    println!("{letter} is on its way");
    sleep(time).await;
    println!("{letter} has arrived");
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    tokio::spawn(send("letter 1", Duration::from_secs(1)));
    tokio::spawn(send("letter 2", Duration::from_secs(2)));
    println!("main is done");
}
