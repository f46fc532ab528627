//! A queue of tasks that were woken. Watch the thread sleep in one piece.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;
use std::time::{Duration, Instant};

// ANCHOR: task
static READY: Mutex<VecDeque<Arc<Task>>> = Mutex::new(VecDeque::new());

type Work = Pin<Box<dyn Future<Output = ()> + Send>>;

struct Task {
    /// What is left to do; nothing, if it is done.
    work: Mutex<Option<Work>>,
}

impl Wake for Task {
    fn wake(self: Arc<Self>) {
        READY.lock().unwrap().push_back(self);
    }
}

fn spawn(future: impl Future<Output = ()> + Send + 'static) {
    let work: Work = Box::pin(future);
    Arc::new(Task {
        work: Mutex::new(Some(work)),
    })
    .wake();
}

fn next_ready() -> Option<Arc<Task>> {
    READY.lock().unwrap().pop_front()
}
// ANCHOR_END: task

// ANCHOR: poll
fn poll(task: Arc<Task>) {
    let waker = Waker::from(task.clone());
    let mut context = Context::from_waker(&waker);
    let mut slot = task.work.lock().unwrap();
    if let Some(work) = slot.as_mut()
        && work.as_mut().poll(&mut context).is_ready()
    {
        *slot = None;
    }
}
// ANCHOR_END: poll

// ANCHOR: timers
static TIMERS: Mutex<Vec<(Instant, Waker)>> = Mutex::new(Vec::new());

fn first_timer() -> Option<(Instant, Waker)> {
    let mut timers = TIMERS.lock().unwrap();
    timers.sort_by_key(|(due, _)| *due);
    if timers.is_empty() {
        return None;
    }
    Some(timers.remove(0))
}
// ANCHOR_END: timers

// ANCHOR: run
fn run() {
    loop {
        while let Some(task) = next_ready() {
            poll(task);
        }
        let Some((due, waker)) = first_timer() else {
            return;
        };
        thread::sleep(due.saturating_duration_since(Instant::now()));
        waker.wake();
    }
}
// ANCHOR_END: run

// ANCHOR: sleep
struct Sleep {
    due: Instant,
}

impl Future for Sleep {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if Instant::now() >= self.due {
            return Poll::Ready(());
        }
        let waker = context.waker().clone();
        TIMERS.lock().unwrap().push((self.due, waker));
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
    spawn(sum("A", &[1, 2], start));
    spawn(sum("B", &[1, 2, 3], start));
    run();
    println!("Time: {:.1} sec", start.elapsed().as_secs_f64());
}
