//! Judges `bake_all`. The clock is paused: when everybody waits, it jumps ahead.

use std::time::Duration;

use tokio::runtime::Handle;
use tokio::time::{Instant, sleep, timeout};

use super::bake_all;

async fn seconds(ovens: usize, cakes: &[u64]) -> u64 {
    let start = Instant::now();
    let baked = timeout(Duration::from_secs(60), bake_all(ovens, cakes)).await;
    assert!(
        baked.is_ok(),
        "after a minute, the cakes are not done: somebody waits for an oven that nobody \
         gives back"
    );
    start.elapsed().as_secs()
}

#[tokio::test(start_paused = true)]
async fn there_is_one_cake_in_each_oven() {
    let took = seconds(3, &[2; 6]).await;
    assert!(
        took >= 4,
        "six cakes of 2 seconds were baked in 3 ovens, in {took} seconds; but each oven \
         has two cakes to bake, which takes 4: there was more than one in an oven"
    );
}

#[tokio::test(start_paused = true)]
async fn no_oven_stands_empty() {
    let took = seconds(2, &[3, 1, 1, 1]).await;
    assert!(
        took <= 3,
        "one cake needs 3 seconds, and the three others are baked in the other oven \
         meanwhile; but it took {took}: an oven was empty while there were cakes left"
    );
}

#[tokio::test(start_paused = true)]
async fn there_are_no_more_tasks_than_ovens() {
    let mut tasks = 0;
    let count = async {
        loop {
            sleep(Duration::from_millis(500)).await;
            tasks = tasks.max(Handle::current().metrics().num_alive_tasks());
        }
    };
    tokio::select! {
        _ = seconds(2, &[1; 6]) => {}
        () = count => {}
    }
    assert!(
        tasks <= 2,
        "there were 2 ovens and {tasks} tasks at once: most of them exist only to wait \
         for an oven"
    );
}
