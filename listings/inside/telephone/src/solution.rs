//! `WouldBlock` is *not yet*, and a future says that by `Pending`. The waker
//! lies where the one finds it who learns from the operating system that the
//! line is ready.

use std::io::{ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::pin::Pin;
use std::task::{Context, Poll, Waker};
use std::thread::{sleep, spawn};
use std::time::{Duration, Instant};

use mio::{Events, Interest, Token};

struct Phone<L> {
    line: L,
    waiting: Option<Waker>,
}

impl<L: Read + Unpin> Future for Phone<L> {
    type Output = Result<u8, ErrorKind>;

    fn poll(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Self::Output> {
        let mut byte = [0];
        match self.line.read_exact(&mut byte) {
            Ok(()) => Poll::Ready(Ok(byte[0])),
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                self.waiting = Some(context.waker().clone());
                Poll::Pending
            }
            Err(error) => Poll::Ready(Err(error.kind())),
        }
    }
}

fn main() {
    let start = Instant::now();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let line = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    line.set_nonblocking(true).unwrap();
    let friend = spawn(move || {
        let (mut line, _) = listener.accept().unwrap();
        sleep(Duration::from_secs(1));
        line.write_all(&[7]).unwrap();
    });
    let mut line = mio::net::TcpStream::from_std(line);
    let mut system = mio::Poll::new().unwrap();
    system
        .registry()
        .register(&mut line, Token(0), Interest::READABLE)
        .unwrap();
    let waiting = None;
    let mut phone = Phone { line, waiting };
    let mut context = Context::from_waker(Waker::noop());
    loop {
        let answer = Pin::new(&mut phone).poll(&mut context);
        println!("{answer:?}: {:.1}", start.elapsed().as_secs_f64());
        if answer.is_ready() {
            break;
        }
        system.poll(&mut Events::with_capacity(1), None).unwrap();
        phone.waiting.take().expect("no waker is left").wake();
    }
    friend.join().unwrap();
}

#[cfg(test)]
mod judge;
