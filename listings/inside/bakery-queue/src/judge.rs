//! Judges `run`, on a thread that nobody waits for longer than a second.

use std::future::poll_fn;
use std::sync::{Arc, Mutex, mpsc};
use std::task::Poll;
use std::thread;
use std::time::Duration;

use super::{Task, run};

type Book = Arc<Mutex<Vec<&'static str>>>;

fn eats(name: &'static str, rolls: usize, book: &Book) -> Task {
    let (book, mut rolls) = (Arc::clone(book), 0..rolls);
    Box::pin(poll_fn(move |context| {
        if rolls.next().is_none() {
            return Poll::Ready(());
        }
        book.lock().unwrap().push(name);
        context.waker().wake_by_ref();
        Poll::Pending
    }))
}

/// Who was served, in this order, when the bakery closes.
fn evening() -> Vec<&'static str> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let book = Book::default();
        run(vec![eats("Ada", 3, &book), eats("Ben", 3, &book)]);
        sender.send(book.lock().unwrap().clone())
    });
    let served = receiver.recv_timeout(Duration::from_secs(1));
    served.expect("the bakery wasn't closed after a second, or it panicked")
}

#[test]
fn everybody_gets_all_their_rolls() {
    let served = evening();
    assert_eq!(
        served.len(),
        6,
        "Ada and Ben want three rolls each, and they were served like this: {served:?}. \
         Who steps back and never comes into the queue again is lost, without a word"
    );
}

#[test]
fn nobody_jumps_the_queue() {
    let served = evening();
    let is_fair = served.windows(2).all(|two| two[0] != two[1]);
    assert!(
        is_fair,
        "they were served like this: {served:?}. Somebody had two turns in a row while \
         somebody else was in the queue"
    );
}

#[test]
fn who_is_not_woken_has_no_turn() {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut polls = 0;
        let asleep = poll_fn(move |_| {
            polls += 1;
            sender.send(polls).ok();
            Poll::Pending
        });
        let ada = eats("Ada", 3, &Book::default());
        run(vec![Box::pin(asleep), ada]);
    });
    let wait = Duration::from_millis(500);
    assert_eq!(
        receiver.recv_timeout(2 * wait),
        Ok(1),
        "a customer was in the queue from the start, and had no turn within a second"
    );
    assert!(
        receiver.recv_timeout(wait).is_err(),
        "one customer fell asleep at the first turn and was never woken, and had another \
         turn all the same"
    );
}
