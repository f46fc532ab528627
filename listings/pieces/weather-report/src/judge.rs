//! Judges `report`. The clock is paused: when everybody waits, it jumps ahead.

use tokio::time::Instant;

use super::report;

#[tokio::test(start_paused = true)]
async fn the_answers_are_in_the_order_of_the_towns() {
    let degrees = report(&["Rome", "Oslo", "Cairo"]).await;
    assert_eq!(
        degrees,
        [15, -3, 28],
        "Rome has 15 degrees, Oslo -3 and Cairo 28, and on the left is what was \
         reported: the order asked isn't the order in which they answer"
    );
}

#[tokio::test(start_paused = true)]
async fn it_takes_as_long_as_the_slowest_town() {
    let start = Instant::now();
    report(&["Rome", "Oslo", "Cairo"]).await;
    let took = start.elapsed().as_secs();
    assert_eq!(
        took, 2,
        "it took {took} seconds, and the slowest, Oslo, takes two by itself: if it is \
         more, a station was asked only when another one had answered"
    );
}

#[tokio::test(start_paused = true)]
async fn ten_towns_take_no_longer_than_one() {
    let start = Instant::now();
    let degrees = report(&["Cairo"; 10]).await;
    let took = start.elapsed().as_secs();
    assert_eq!(
        degrees, [28; 10],
        "Cairo was asked ten times, and has 28 degrees"
    );
    assert_eq!(
        took, 1,
        "ten stations took {took} seconds, and each takes one"
    );
}
