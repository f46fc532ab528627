//! Tasks spawned in a loop.

use std::time::Duration;

use tokio::task::JoinSet;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut set = JoinSet::new();
    for number in [1, 2, 3] {
        set.spawn(async move {
            tokio::time::sleep(Duration::from_millis(40 * number)).await;
            number
        });
    }
    while let Some(number) = set.join_next().await {
        println!("{}", number.unwrap());
    }
}
