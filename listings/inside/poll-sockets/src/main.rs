//! One thread waits for two sockets and a timer. Watch in which order they wake it.

use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::future::poll_fn;
use std::io::ErrorKind::{Interrupted, WouldBlock};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;
use std::time::{Duration, Instant};

use mio::{Events, Interest, Token};

type Task = Pin<Box<dyn Future<Output = ()>>>;
type Queue = Arc<Mutex<VecDeque<usize>>>;

/// Puts the task of this number in line.
struct TaskWaker(usize, Queue);

impl Wake for TaskWaker {
    fn wake(self: Arc<Self>) {
        self.1.lock().unwrap().push_back(self.0);
    }
}

thread_local! {
    static SYSTEM: RefCell<mio::Poll> = mio::Poll::new().unwrap().into();
    static SOCKETS: RefCell<BTreeMap<Token, Waker>> = RefCell::default();
    static TIMERS: RefCell<Vec<(Instant, Waker)>> = RefCell::default();
}

fn run(tasks: Vec<Task>) {
    let queue: Queue = Arc::new(Mutex::new((0..tasks.len()).collect()));
    let mut tasks = BTreeMap::from_iter(tasks.into_iter().enumerate());
    while !tasks.is_empty() {
        let Some(number) = queue.lock().unwrap().pop_front() else {
            wait();
            continue;
        };
        let waker = Arc::new(TaskWaker(number, queue.clone())).into();
        let mut cx = Context::from_waker(&waker);
        if let Some(task) = tasks.get_mut(&number)
            && task.as_mut().poll(&mut cx).is_ready()
        {
            tasks.remove(&number);
        }
    }
}

// ANCHOR: wait
fn wait() {
    let due = TIMERS.with_borrow(|t| t.iter().map(|(due, _)| *due).min());
    let timeout = due.map(|due| due.duration_since(Instant::now()));
    let mut events = Events::with_capacity(16);
    match SYSTEM.with_borrow_mut(|s| s.poll(&mut events, timeout)) {
        Err(error) if error.kind() != Interrupted => panic!("{error}"),
        _ => {}
    }
    for event in &events {
        SOCKETS.with_borrow_mut(|s| s.remove(&event.token()).map(Waker::wake));
    }
    let is_due = |timer: &mut (Instant, _)| timer.0 <= Instant::now();
    TIMERS.with_borrow_mut(|t| {
        t.extract_if(.., is_due).for_each(|(_, waker)| waker.wake());
    });
}
// ANCHOR_END: wait

async fn sleep(duration: Duration) {
    let due = Instant::now() + duration;
    poll_fn(|cx| {
        if due <= Instant::now() {
            return Poll::Ready(());
        }
        TIMERS.with_borrow_mut(|t| t.push((due, cx.waker().clone())));
        Poll::Pending
    })
    .await
}

// ANCHOR: ask
async fn ask(name: &str, token: Token, server: SocketAddr, start: Instant) {
    println!("{name} asks: {:.1}", start.elapsed().as_secs_f64());
    let stream = TcpStream::connect(server).unwrap();
    stream.set_nonblocking(true).unwrap();
    let mut stream = mio::net::TcpStream::from_std(stream);
    SYSTEM.with_borrow(|s| {
        let interest = Interest::READABLE;
        s.registry().register(&mut stream, token, interest).unwrap();
    });
    let mut answer = [0];
    poll_fn(|cx| match stream.read(&mut answer) {
        Err(error) if error.kind() == WouldBlock => {
            SOCKETS.with_borrow_mut(|s| s.insert(token, cx.waker().clone()));
            Poll::Pending
        }
        result => Poll::Ready(result.unwrap()),
    })
    .await;
    let time = start.elapsed().as_secs_f64();
    println!("{name} got {answer:?}: {time:.1}");
}
// ANCHOR_END: ask

fn main() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let server = thread::spawn(move || {
        let (mut first, _) = listener.accept().unwrap();
        let (mut second, _) = listener.accept().unwrap();
        thread::sleep(Duration::from_secs(1));
        second.write_all(&[22]).unwrap();
        thread::sleep(Duration::from_secs(1));
        first.write_all(&[11]).unwrap();
    });
    let start = Instant::now();
    run(vec![
        Box::pin(ask("A", Token(0), address, start)),
        Box::pin(ask("B", Token(1), address, start)),
        Box::pin(async move {
            sleep(Duration::from_millis(1500)).await;
            println!("C slept: {:.1}", start.elapsed().as_secs_f64());
        }),
    ]);
    server.join().unwrap();
}
