//! The same page as a set of tasks. Watch the picture end with it.

use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::sleep;

async fn part(name: &str, seconds: u64) -> Result<(), String> {
    sleep(Duration::from_secs(seconds)).await;
    if name == "text" {
        return Err(format!("{name} is missing"));
    }
    println!("{name} is there");
    Ok(())
}

async fn page() -> Result<(), String> {
    let mut parts = JoinSet::new();
    parts.spawn(part("text", 1));
    parts.spawn(part("picture", 2));
    while let Some(part) = parts.join_next().await {
        part.unwrap()?;
    }
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("page: {:?}", page().await);
    sleep(Duration::from_secs(2)).await;
}
