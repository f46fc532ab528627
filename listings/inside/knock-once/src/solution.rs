//! One poll is passed down to whatever the future awaits, and its answer is
//! passed up. The waker does nothing, since nobody polls a second time.

use std::future::pending;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

fn knock<T>(door: impl Future<Output = T>) -> Option<T> {
    let mut context = Context::from_waker(Waker::noop());
    match pin!(door).poll(&mut context) {
        Poll::Ready(value) => Some(value),
        Poll::Pending => None,
    }
}

async fn at_home() -> &'static str {
    "Come in!"
}

async fn on_holiday() -> &'static str {
    pending::<()>().await;
    "I'm back!"
}

fn main() {
    println!("First door: {:?}", knock(at_home()));
    println!("Second door: {:?}", knock(async { at_home().await.len() }));
    println!("Third door: {:?}", knock(on_holiday()));
}

#[cfg(test)]
mod judge;
