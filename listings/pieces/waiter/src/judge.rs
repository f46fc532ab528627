//! Judges `evening`. The clock is paused: when everybody waits, it jumps ahead.

use tokio::time::Instant;

use super::evening;

#[tokio::test(start_paused = true)]
async fn all_dishes_are_served_in_the_order_of_the_guests() {
    let served = evening(&["tea", "rice", "figs"]).await;
    assert_eq!(
        served,
        ["hot tea", "hot rice", "hot figs"],
        "the guests ordered tea, rice and figs, and on the left is what was served"
    );
}

#[tokio::test(start_paused = true)]
async fn nobody_waits_at_the_door() {
    let start = Instant::now();
    evening(&["tea", "rice", "figs"]).await;
    let took = start.elapsed().as_secs_f64();
    assert!(
        took < 2.75,
        "it took {took:.1} seconds: the last guest could order after 1.5 and eat after \
         2.5, but the waiter was waiting for somebody else's dish then"
    );
    assert!(
        took > 2.25,
        "it took {took:.1} seconds: the last guest comes after 1.5, and a dish takes a \
         second, so not all of them can have been done"
    );
}
