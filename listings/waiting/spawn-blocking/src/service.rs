//! A small service, which answers in capitals. Each letter takes a while.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

/// Starts it, with a thread for each question, and returns its address.
pub fn start() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for stream in listener.incoming() {
            thread::spawn(|| answer(stream.unwrap()));
        }
    });
    address
}

fn answer(mut stream: TcpStream) {
    let mut question = String::new();
    stream.read_to_string(&mut question).unwrap();
    let letters = question.len() as u32;
    thread::sleep(letters * Duration::from_millis(100));
    stream
        .write_all(question.to_uppercase().as_bytes())
        .unwrap();
}
