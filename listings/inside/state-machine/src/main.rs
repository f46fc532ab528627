//! An async fn, and the same by hand. Watch both go from state to state.

use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker, ready};

// ANCHOR: async
async fn sum(a: u32, b: u32) -> u32 {
    println!("Computing 0+{a}");
    Pause(false).await;
    let total = a;
    println!("Computing {total}+{b}");
    Pause(false).await;
    total + b
}
// ANCHOR_END: async

// ANCHOR: states
enum Sum {
    Start { a: u32, b: u32 },
    FirstWait { a: u32, b: u32, pause: Pause },
    SecondWait { total: u32, b: u32, pause: Pause },
    Done,
}
// ANCHOR_END: states

// ANCHOR: poll
impl Future for Sum {
    type Output = u32;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<u32> {
        let this = self.get_mut();
        loop {
            match *this {
                Sum::Start { a, b } => {
                    println!("Computing 0+{a}");
                    let pause = Pause(false);
                    *this = Sum::FirstWait { a, b, pause };
                }
                Sum::FirstWait {
                    a,
                    b,
                    ref mut pause,
                } => {
                    ready!(Pin::new(pause).poll(context));
                    let total = a;
                    println!("Computing {total}+{b}");
                    let pause = Pause(false);
                    *this = Sum::SecondWait { total, b, pause };
                }
                Sum::SecondWait {
                    total,
                    b,
                    ref mut pause,
                } => {
                    ready!(Pin::new(pause).poll(context));
                    *this = Sum::Done;
                    return Poll::Ready(total + b);
                }
                Sum::Done => panic!("polled after it was done"),
            }
        }
    }
}
// ANCHOR_END: poll

// ANCHOR: pause
/// Pending at its first poll, ready at its second.
struct Pause(bool);

impl Future for Pause {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if self.0 {
            return Poll::Ready(());
        }
        self.0 = true;
        Poll::Pending
    }
}
// ANCHOR_END: pause

// ANCHOR: main
fn run(future: impl Future<Output = u32>) {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    let mut answer = Poll::Pending;
    while answer.is_pending() {
        answer = future.as_mut().poll(&mut context);
        println!("{answer:?}");
    }
}

fn main() {
    println!("The async fn:");
    run(sum(1, 2));
    println!("The enum:");
    run(Sum::Start { a: 1, b: 2 });
}
// ANCHOR_END: main
