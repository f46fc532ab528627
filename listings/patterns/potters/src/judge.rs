//! Judges `potter` and `close`. The clock is paused: when everybody waits, it jumps
//! ahead.

use std::time::Duration;

use tokio::time::{Instant, sleep, timeout};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::{close, potter};

/// A potter gets clay for half a second, works at the wheel for two, and so on. The
/// workshop closes after `millis`. How long does `close` take, has the potter gone home
/// when it returns, and with how many vases?
async fn close_after(millis: u64) -> (u128, bool, u32) {
    let (potters, stop) = (TaskTracker::new(), CancellationToken::new());
    let potter =
        potters.spawn(potter("Eve", Duration::from_secs(2), stop.clone()));
    sleep(Duration::from_millis(millis)).await;
    let start = Instant::now();
    let minute = Duration::from_secs(60);
    let closed = timeout(minute, close(potters, stop)).await;
    let took = start.elapsed().as_millis();
    assert!(
        closed.is_ok(),
        "after a minute, `close` has not returned: either a potter doesn't stop, or it \
         waits for potters who might still be spawned"
    );
    let gone = potter.is_finished();
    let vases = timeout(minute, potter).await;
    let vases =
        vases.expect("a minute after closing, the potter is still there");
    (took, gone, vases.expect("the potter has not panicked"))
}

#[tokio::test(start_paused = true)]
async fn the_vase_on_the_wheel_is_finished() {
    let (_, _, vases) = close_after(1000).await;
    assert_eq!(
        vases, 1,
        "the workshop closed while a vase was on the wheel, and on the left is how many \
         are finished: the token has cut off more than the wait for clay"
    );
}

#[tokio::test(start_paused = true)]
async fn close_waits_until_all_have_gone() {
    let (took, gone, _) = close_after(1000).await;
    assert!(
        gone,
        "`close` has returned after {took} ms, and a potter is still in the workshop: \
         the light goes out while somebody works"
    );
}

#[tokio::test(start_paused = true)]
async fn close_returns_as_soon_as_all_have_gone() {
    let (took, _, _) = close_after(1000).await;
    assert!(
        took <= 1510,
        "the vase needed 1500 ms more, and `close` took {took} ms"
    );
}

#[tokio::test(start_paused = true)]
async fn who_waits_for_clay_goes_home_at_once() {
    let (took, _, vases) = close_after(200).await;
    assert!(
        took <= 10 && vases == 0,
        "the workshop closed while the potter waited for clay. It took {took} ms more, \
         and vases were made: {vases}. The wait for clay isn't work: it can be cut off"
    );
}
