//! A page of two parts, one of which fails. Watch the other go on.

use std::time::Duration;

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
    let text = tokio::spawn(part("text", 1));
    let picture = tokio::spawn(part("picture", 2));
    text.await.unwrap()?;
    picture.await.unwrap()?;
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("page: {:?}", page().await);
    sleep(Duration::from_secs(2)).await;
}
