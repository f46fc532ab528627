//! The same page without any task. Watch the picture end, and the name be lent.

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
    let name = String::from("picture");
    tokio::try_join!(part("text", 1), part(&name, 2))?;
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("page: {:?}", page().await);
    sleep(Duration::from_secs(2)).await;
}
