//! One fails, and the other is given up.

use std::time::Duration;

async fn fails() -> Result<u32, String> {
    tokio::time::sleep(Duration::from_millis(20)).await;
    Err("no number".to_owned())
}

async fn works(millis: u64) -> Result<u32, String> {
    tokio::time::sleep(Duration::from_millis(millis)).await;
    Ok(7)
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("{:?}", tokio::try_join!(works(20), works(70)));
    let both = tokio::try_join!(works(5000), fails());
    println!("{both:?}");
}
