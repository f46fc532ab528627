//! Judges `breakfast`. The clock is paused: when everybody waits, it jumps ahead.

use tokio::time::Instant;

use super::breakfast;

#[tokio::test(start_paused = true)]
async fn it_is_tea_and_toast() {
    assert_eq!(breakfast().await, "tea and toast");
}

#[tokio::test(start_paused = true)]
async fn it_takes_as_long_as_the_toast() {
    let start = Instant::now();
    breakfast().await;
    let took = start.elapsed().as_secs();
    assert!(
        took <= 3,
        "it took {took} seconds, as long as tea and toast one after the other: the toast \
         is only begun when the tea is done"
    );
}
