//! Judges `knock`. Whatever could go on forever is done by a thread that nobody
//! waits for.

use std::future::{pending, poll_fn, ready};
use std::sync::mpsc;
use std::task::Poll;
use std::thread;
use std::time::Duration;

use super::knock;

#[test]
fn who_is_at_home_opens() {
    let door = async { ready(20).await + ready(22).await };
    assert_eq!(
        knock(door),
        Some(42),
        "the future awaits two others that are ready at once, so it is ready at its first \
         poll, with the value 42; on the left is what you got"
    );
}

#[test]
fn who_is_away_is_not_waited_for() {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || sender.send(knock(pending::<()>())));
    let got = receiver.recv_timeout(Duration::from_secs(1));
    let got = got.expect(
        "the future is pending, and `knock` didn't come back in a second",
    );
    assert_eq!(got, None, "the future is pending, so there is no value");
}

#[test]
fn it_knocks_exactly_once() {
    let mut polls = 0;
    let door = poll_fn(|context| {
        polls += 1;
        context.waker().wake_by_ref();
        match polls {
            1..10 => Poll::Pending,
            _ => Poll::Ready(()),
        }
    });
    let got = knock(door);
    assert_eq!(
        polls, 1,
        "on the left is how often the future was polled: a future does nothing unless it \
         is polled, and who knocks once polls once"
    );
    assert_eq!(got, None, "the first poll was pending");
}
