//! The first of several wins, in every way to write it.

use std::time::Duration;

async fn after(millis: u64) -> Option<u64> {
    tokio::time::sleep(Duration::from_millis(millis)).await;
    Some(millis)
}

struct Loud;

impl Drop for Loud {
    fn drop(&mut self) {
        println!("never mind");
    }
}

async fn never() {
    let _loud = Loud;
    std::future::pending::<()>().await;
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    tokio::select! {
        Some(millis) = after(20) => { println!("block: {millis}") }
        _ = never() => println!("expression"),
    }
    let chosen = true;
    let chosen = tokio::select! {
        biased;
        _ = never() => { "never" },
        _ = after(20), if chosen => { "block with a comma" },
        _ = after(10), if !chosen => "guarded",
    };
    println!("{chosen}");
    let chosen = tokio::select! {
        None = after(70) => "none",
        Some(0) = async { after(20).await } => "zero",
        else => "else",
    };
    println!("{chosen}");
}
