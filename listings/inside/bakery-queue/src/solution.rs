//! To wake a task is to put it at the end of the queue. The loop takes it out
//! again when all who came before have had their turn.

use std::collections::{BTreeMap, VecDeque};
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};

type Queue = Arc<Mutex<VecDeque<usize>>>;
type Task = Pin<Box<dyn Future<Output = ()>>>;

struct Ticket {
    number: usize,
    queue: Queue,
}

impl Wake for Ticket {
    fn wake(self: Arc<Self>) {
        self.queue.lock().unwrap().push_back(self.number);
    }
}

fn run(tasks: Vec<Task>) {
    let queue = Queue::new(Mutex::new((0..tasks.len()).collect()));
    let mut tasks = BTreeMap::from_iter(tasks.into_iter().enumerate());
    let next = || queue.lock().unwrap().pop_front();
    while let Some(number) = next() {
        let queue = Arc::clone(&queue);
        let waker = Waker::from(Arc::new(Ticket { number, queue }));
        let mut context = Context::from_waker(&waker);
        if let Some(task) = tasks.get_mut(&number)
            && task.as_mut().poll(&mut context).is_ready()
        {
            tasks.remove(&number);
        }
    }
}

fn customer(name: &'static str, mut rolls: u32) -> Task {
    Box::pin(poll_fn(move |context| {
        if rolls == 0 {
            return Poll::Ready(());
        }
        println!("{name} takes a roll");
        rolls -= 1;
        context.waker().wake_by_ref(); // The next roll needs another turn.
        Poll::Pending
    }))
}

fn main() {
    run(vec![customer("Ada", 2), customer("Ben", 3)]);
    println!("The bakery closes");
}

#[cfg(test)]
mod judge;
