//! Judges `ponder`. Thinking takes real time, so the clock is a real one.

use std::time::{Duration, Instant};

use super::ponder;

#[tokio::test]
async fn somebody_looks_at_the_egg_in_time() {
    let start = Instant::now();
    let egg = tokio::spawn(async move {
        tokio::time::sleep(Duration::from_millis(300)).await;
        start.elapsed().as_secs_f64()
    });
    let chess = tokio::spawn(ponder(20));
    let looked = egg.await.unwrap();
    assert!(
        looked < 0.8,
        "the egg was done after 0.3 seconds, and somebody looked after {looked:.1}: its \
         timer was due, but the thread went from move to move and never to the timers"
    );
    chess.await.unwrap();
    let took = start.elapsed().as_secs_f64();
    assert!(
        took < 1.9,
        "twenty moves took {took:.1} seconds, and thinking takes only 1.2 of them: to \
         give others a turn doesn't need a wait"
    );
}

#[tokio::test]
async fn no_move_is_left_out() {
    let start = Instant::now();
    assert_eq!(ponder(5).await, 5, "there were five moves to think through");
    let took = start.elapsed().as_secs_f64();
    assert!(
        took > 0.2,
        "five moves take 0.3 seconds to think through, and it took {took:.1}"
    );
}
