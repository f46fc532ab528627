//! Exercise: the pizza is ready after a second, but you notice it only when you
//! get up and look, after three. The kitchen calls whatever pager lies on the
//! counter: let `poll` leave its waker there before it answers `Pending`.
//! Everything but `poll` is right as it is.

use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use tokio::time::{sleep, timeout};

#[derive(Default)]
struct Counter {
    is_ready: bool,
    pager: Option<Waker>,
}

struct Order(Arc<Mutex<Counter>>);

impl Future for Order {
    type Output = &'static str;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<&'static str> {
        let counter = self.0.lock().unwrap();
        if counter.is_ready {
            return Poll::Ready("pizza");
        }
        Poll::Pending
    }
}

fn serve(counter: &Mutex<Counter>) {
    let mut counter = counter.lock().unwrap();
    counter.is_ready = true;
    if let Some(pager) = counter.pager.take() {
        pager.wake();
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let start = Instant::now();
    let counter = Arc::default();
    let order = Order(Arc::clone(&counter));
    tokio::spawn(async move {
        sleep(Duration::from_secs(1)).await;
        println!("it is ready: {:.1}", start.elapsed().as_secs_f64());
        serve(&counter);
    });
    let pizza = timeout(Duration::from_secs(3), order).await.unwrap();
    println!("you have {pizza}: {:.1}", start.elapsed().as_secs_f64());
}

#[cfg(test)]
mod judge;
