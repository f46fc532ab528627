//! A future that keeps no waker. Watch which line is never printed.

use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;
use std::time::{Duration, Instant};

// ANCHOR: idle
static TIMERS: Mutex<Vec<(Instant, Waker)>> = Mutex::new(Vec::new());

/// Stops the thread until a timer is due, and wakes whoever set it.
fn idle() {
    let timer = TIMERS.lock().unwrap().pop();
    let Some((due, waker)) = timer else {
        return thread::sleep(Duration::MAX); // Nobody will wake anybody.
    };
    thread::sleep(due.saturating_duration_since(Instant::now()));
    waker.wake();
}
// ANCHOR_END: idle

// ANCHOR: sleep
struct Sleep {
    due: Instant,
}

impl Future for Sleep {
    type Output = ();

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if Instant::now() >= self.due {
            return Poll::Ready(());
        }
        Poll::Pending
    }
}
// ANCHOR_END: sleep

// ANCHOR: block_on
struct Bell(AtomicBool);

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.0.store(true, SeqCst);
    }
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let bell = Arc::new(Bell(AtomicBool::new(false)));
    let waker = Waker::from(bell.clone());
    let mut context = Context::from_waker(&waker);
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
        while !bell.0.swap(false, SeqCst) {
            idle();
        }
    }
}
// ANCHOR_END: block_on

fn main() {
    block_on(async {
        println!("Good night!");
        let due = Instant::now() + Duration::from_secs(1);
        Sleep { due }.await;
        println!("Good morning!");
    });
}
