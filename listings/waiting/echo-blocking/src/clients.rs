//! Three clients, who call in this order. The first one thinks longest.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::thread;
use std::time::Duration;

/// Starts them, each on a thread of its own.
pub fn start(server: SocketAddr) {
    thread::spawn(move || {
        for millis in [1000, 300, 600] {
            let stream = TcpStream::connect(server).unwrap();
            thread::spawn(move || talk(stream, millis));
        }
    });
}

fn talk(mut stream: TcpStream, thinks: u64) {
    thread::sleep(Duration::from_millis(thinks));
    stream.write_all(b"hello").unwrap();
    stream.shutdown(Shutdown::Write).unwrap();
    let mut echo = String::new();
    stream.read_to_string(&mut echo).unwrap();
    assert_eq!(echo, "hello");
}
