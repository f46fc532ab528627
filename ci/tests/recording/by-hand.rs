//! A future that polls two others, and one that keeps its waker for longer.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

type Boxed = Pin<Box<dyn Future<Output = ()>>>;

async fn a() {
    tokio::time::sleep(Duration::from_millis(20)).await;
}

async fn b() {
    tokio::time::sleep(Duration::from_millis(70)).await;
}

struct Both(Boxed, Boxed);

impl Future for Both {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let a = self.0.as_mut().poll(cx);
        let b = self.1.as_mut().poll(cx);
        if a.is_ready() || b.is_ready() {
            return Poll::Ready(());
        }
        Poll::Pending
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    Both(Box::pin(a()), Box::pin(b())).await;
    let mut interval = tokio::time::interval(Duration::from_millis(20));
    interval.tick().await;
    interval.tick().await;
    tokio::time::sleep(Duration::from_millis(20)).await;
}
