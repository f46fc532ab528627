//! A poll does one step and returns. What has to outlast it, here the number
//! that comes next, is kept in the struct.

use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};
use std::thread::sleep;
use std::time::{Duration, Instant};

struct Countdown {
    left: u32,
}

impl Future for Countdown {
    type Output = &'static str;

    fn poll(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<&'static str> {
        if self.left > 0 {
            println!("{} …", self.left);
            self.left -= 1;
            return Poll::Pending;
        }
        Poll::Ready("lift-off")
    }
}

fn main() {
    let start = Instant::now();
    let mut rocket = pin!(Countdown { left: 3 });
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(news) = rocket.as_mut().poll(&mut context) {
            println!("{news}: {:.1}", start.elapsed().as_secs_f64());
            return;
        }
        sleep(Duration::from_secs(1));
    }
}

#[cfg(test)]
mod judge;
