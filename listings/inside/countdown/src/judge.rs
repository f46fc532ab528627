//! Judges `Countdown`, which it polls by hand.

use std::pin::Pin;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use super::Countdown;

fn poll(countdown: &mut Countdown) -> Poll<&'static str> {
    let mut context = Context::from_waker(Waker::noop());
    Pin::new(countdown).poll(&mut context)
}

#[test]
fn a_poll_counts_one_number() {
    let mut countdown = Countdown { left: 5 };
    for left in [4, 3] {
        let _ = poll(&mut countdown);
        assert_eq!(
            countdown.left, left,
            "on the left is how many numbers a poll has left over, and on the right how \
             many there should be: each poll takes one"
        );
    }
}

#[test]
fn it_is_pending_as_long_as_there_was_a_number() {
    let mut countdown = Countdown { left: 2 };
    let answers = [1, 2, 3].map(|_| poll(&mut countdown));
    assert_eq!(
        answers,
        [Poll::Pending, Poll::Pending, Poll::Ready("lift-off")],
        "with two numbers, two polls have one to count and are pending, and the third \
         one has none and is ready; on the left are the answers to three polls"
    );
}

#[test]
fn a_poll_never_waits() {
    let start = Instant::now();
    let _ = poll(&mut Countdown { left: 2 });
    assert!(
        start.elapsed() < Duration::from_millis(500),
        "one poll took {:.1} seconds: it kept the thread, where it should have answered",
        start.elapsed().as_secs_f64()
    );
}
