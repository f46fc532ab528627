//! Two tasks, asked again and again. Watch the sums overlap, and be late.

use std::pin::Pin;
use std::task::{Context, Poll, Waker};
use std::thread;
use std::time::{Duration, Instant};

// ANCHOR: run
type Task = Pin<Box<dyn Future<Output = ()>>>;

fn run(mut tasks: Vec<Task>) {
    let mut context = Context::from_waker(Waker::noop());
    loop {
        tasks.retain_mut(|task| task.as_mut().poll(&mut context).is_pending());
        if tasks.is_empty() {
            return;
        }
        thread::sleep(Duration::from_millis(400));
    }
}
// ANCHOR_END: run

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

fn sleep(duration: Duration) -> Sleep {
    let due = Instant::now() + duration;
    Sleep { due }
}
// ANCHOR_END: sleep

// ANCHOR: sums
async fn sum(name: &str, numbers: &[u32], start: Instant) {
    let mut total = 0;
    for number in numbers {
        println!("Task {name}: Computing {total}+{number}");
        println!("Time: {:.1}", start.elapsed().as_secs_f64());
        sleep(Duration::from_secs(1)).await;
        total += number;
    }
    println!("Task {name}: Sum = {total}\n");
}
// ANCHOR_END: sums

fn main() {
    let start = Instant::now();
    let a = Box::pin(sum("A", &[1, 2], start));
    let b = Box::pin(sum("B", &[1, 2, 3], start));
    run(vec![a, b]);
    println!("Time: {:.1} sec", start.elapsed().as_secs_f64());
}
