//! Judges `quiz-show`. The clock is paused: when everybody waits, it jumps ahead.

use std::time::Duration;

use tokio::time::{Instant, timeout};

use super::play;

/// The points for these questions, and after how many seconds they were told.
async fn show(questions: &[u64]) -> (u32, f64) {
    let start = Instant::now();
    let points = timeout(Duration::from_secs(60), play(questions)).await;
    let points =
        points.expect("the show has no end: it still goes on after a minute");
    (points, start.elapsed().as_secs_f64())
}

#[tokio::test(start_paused = true)]
async fn who_is_quick_need_not_wait_for_the_gong() {
    let (points, took) = show(&[300, 300, 300]).await;
    assert_eq!(points, 3, "all three were answered in time");
    assert!(
        took < 1.0,
        "the three answers took less than a second, and the show {took:.1}"
    );
}

#[tokio::test(start_paused = true)]
async fn the_gong_ends_the_show() {
    let (_, took) = show(&[500, 1000, 1500, 1500]).await;
    assert!(
        (1.9..2.1).contains(&took),
        "the gong is after 2.0 seconds, and the show took {took:.1}: whoever has a new limit \
         with each question has no limit for all"
    );
}

#[tokio::test(start_paused = true)]
async fn points_made_before_the_gong_count() {
    let (points, _) = show(&[500, 1000, 1500, 100]).await;
    assert_eq!(
        points, 2,
        "two questions are answered before the gong. The third is not, and none comes after it"
    );
}
