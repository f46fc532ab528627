//! Judges `Order`, which it polls by hand, with wakers that count how often
//! they are called.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::task::{Context, Poll, Wake, Waker};

use super::{Counter, Order, serve};

#[derive(Default)]
struct Pager(AtomicUsize);

impl Pager {
    fn calls(&self) -> usize {
        self.0.load(SeqCst)
    }
}

impl Wake for Pager {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, SeqCst);
    }
}

fn poll(order: &mut Order, pager: &Arc<Pager>) -> Poll<&'static str> {
    let waker = Waker::from(Arc::clone(pager));
    Pin::new(order).poll(&mut Context::from_waker(&waker))
}

#[test]
fn the_pager_is_called_when_the_pizza_is_ready() {
    let pager = Arc::<Pager>::default();
    let mut order = Order(Arc::default());
    assert_eq!(
        poll(&mut order, &pager),
        Poll::Pending,
        "no pizza is ready yet"
    );
    assert_eq!(
        pager.calls(),
        0,
        "the pager was called though there is no pizza: its owner will come, see \
         nothing, and come again, without end"
    );
    serve(&order.0);
    assert_eq!(
        pager.calls(),
        1,
        "the pizza is ready, and on the left is how often the pager was called: if nobody \
         calls it, nobody polls again, and the pizza gets cold"
    );
    assert_eq!(poll(&mut order, &pager), Poll::Ready("pizza"));
}

#[test]
fn who_polled_last_is_called() {
    let (first, second) = (Arc::<Pager>::default(), Arc::<Pager>::default());
    let mut order = Order(Arc::default());
    let _ = poll(&mut order, &first);
    let _ = poll(&mut order, &second);
    serve(&order.0);
    assert_eq!(
        second.calls(),
        1,
        "two pollers had a pager each, and on the left is how often that of the second \
         one was called: the order was handed on, and who polled last waits for it now"
    );
}

#[test]
fn who_comes_later_needs_no_pager() {
    let mut order = Order(Arc::new(Counter::default().into()));
    serve(&order.0);
    assert_eq!(
        poll(&mut order, &Arc::default()),
        Poll::Ready("pizza"),
        "the pizza was ready before anybody asked"
    );
}
