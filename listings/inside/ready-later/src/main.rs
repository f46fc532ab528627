//! A future written by hand. Watch what it answers, poll by poll.

use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};
use std::thread::sleep;
use std::time::{Duration, Instant};

struct ReadyLater {
    due: Instant,
}

impl Future for ReadyLater {
    type Output = &'static str;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<&'static str> {
        if Instant::now() < self.due {
            return Poll::Pending;
        }
        Poll::Ready("done!")
    }
}

fn main() {
    let start = Instant::now();
    let due = start + Duration::from_millis(2500);
    let mut future = pin!(ReadyLater { due });
    let mut context = Context::from_waker(Waker::noop());
    loop {
        println!("Time: {:.1}", start.elapsed().as_secs_f64());
        let answer = future.as_mut().poll(&mut context);
        println!("{answer:?}");
        if answer.is_ready() {
            break;
        }
        sleep(Duration::from_secs(1));
    }
}
