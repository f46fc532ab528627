//! Judges `check_all`. The clock is paused: when everybody waits, it jumps ahead.

use std::time::Duration;

use tokio::time::{Instant, timeout};

use super::check_all;

async fn seconds(links: &[&'static str]) -> u64 {
    let start = Instant::now();
    let checked = timeout(Duration::from_secs(600), check_all(links)).await;
    checked.expect("after ten minutes, `check_all` has not returned");
    start.elapsed().as_secs()
}

#[tokio::test(start_paused = true)]
async fn three_sites_can_answer_at_the_same_time() {
    let took = seconds(&[
        "tea.example/1",
        "tea.example/2",
        "jam.example/1",
        "jam.example/2",
        "pie.example/1",
        "pie.example/2",
    ])
    .await;
    assert_eq!(
        took, 1,
        "three sites were asked for two links each, which can all be asked for at once, \
         in 1 second. On the left is how many it took: sites have waited for each other"
    );
}

#[tokio::test(start_paused = true)]
async fn no_site_is_asked_for_more_than_two() {
    let took = seconds(&["egg.example/page"; 6]).await;
    assert_eq!(
        took, 3,
        "one site was asked for six links. Two at once, that takes 3 seconds; on the left \
         is how many it took"
    );
}

#[tokio::test(start_paused = true)]
async fn a_slow_site_holds_up_no_other() {
    let mut links = vec!["slow.example/page"; 6];
    links.extend(["quick.example/page"; 12]);
    let took = seconds(&links).await;
    assert_eq!(
        took, 6,
        "a slow site takes 6 seconds for its six links, and a quick one takes 6 for its \
         twelve. On the left is how many it took for both. If more, the quick one has \
         waited for the slow one; if fewer, more than two were asked for at once"
    );
}
