//! Exercise: all numbers are counted in the first poll, and the rocket leaves
//! too early. Let a poll with numbers left print one of them and answer
//! `Pending`, and let the first poll with none left answer `Ready`. `main` asks
//! by itself each second, so no waker is needed here.

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
        while self.left > 0 {
            println!("{} …", self.left);
            self.left -= 1;
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
