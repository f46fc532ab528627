//! Async without a library. Watch how little it takes to print one word.

use std::pin::pin;
use std::sync::{Arc, Condvar, Mutex};
use std::task::{Context, Poll, Wake, Waker};

#[derive(Default)]
struct Bell {
    rung: Mutex<bool>,
    ringing: Condvar,
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        *self.rung.lock().unwrap() = true;
        self.ringing.notify_one();
    }
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let bell = Arc::new(Bell::default());
    let waker = Waker::from(bell.clone());
    let mut context = Context::from_waker(&waker);
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
        let rung = bell.rung.lock().unwrap();
        *bell.ringing.wait_while(rung, |rung| !*rung).unwrap() = false;
    }
}

async fn word() -> &'static str {
    "done!"
}

fn main() {
    let word = block_on(async { word().await });
    println!("{word}");
}
