//! Judges `Phone`, with a line that hears what it is told to hear.

use std::collections::VecDeque;
use std::io::{self, ErrorKind, Read};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::task::{Context, Poll, Wake, Waker};

use super::Phone;

struct Line(VecDeque<Result<u8, ErrorKind>>);

impl Read for Line {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let next = self.0.pop_front().expect(
            "one poll has asked the line again and again: it should ask once, and answer",
        );
        buffer[0] = next?;
        Ok(1)
    }
}

fn phone<const N: usize>(hears: [Result<u8, ErrorKind>; N]) -> Phone<Line> {
    Phone {
        line: Line(hears.into()),
        waiting: None,
    }
}

#[derive(Default)]
struct Bell(AtomicUsize);

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, SeqCst);
    }
}

#[test]
fn not_yet_is_pending() {
    let mut phone = phone([Err(ErrorKind::WouldBlock), Ok(7)]);
    let mut context = Context::from_waker(Waker::noop());
    let mut poll = || Pin::new(&mut phone).poll(&mut context);
    assert_eq!(
        [poll(), poll()],
        [Poll::Pending, Poll::Ready(Ok(7))],
        "the line had nothing at first, and a 7 when it was asked again; on the left is \
         what the phone made of that"
    );
}

#[test]
fn who_is_not_answered_yet_leaves_a_waker() {
    let mut phone = phone([Err(ErrorKind::WouldBlock)]);
    let bell = Arc::<Bell>::default();
    let waker = Waker::from(Arc::clone(&bell));
    let _ = Pin::new(&mut phone).poll(&mut Context::from_waker(&waker));
    assert_eq!(
        bell.0.load(SeqCst),
        0,
        "the phone has woken its own task though the line has nothing: it will be asked \
         again at once, and again, and the thread never sleeps"
    );
    let left = phone.waiting.take();
    let left =
        left.expect("the line had nothing, and `waiting` is empty: nobody can be told when it has");
    left.wake();
    assert_eq!(
        bell.0.load(SeqCst),
        1,
        "the waker in `waiting` isn't the one that came with the poll"
    );
}

#[test]
fn a_real_error_is_ready() {
    let mut phone = phone([Err(ErrorKind::ConnectionReset)]);
    let mut context = Context::from_waker(Waker::noop());
    assert_eq!(
        Pin::new(&mut phone).poll(&mut context),
        Poll::Ready(Err(ErrorKind::ConnectionReset)),
        "the friend has hung up, and whoever waits for an answer has to hear of it"
    );
}
