//! Many clients, all of whom think for a second before they talk.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::thread;
use std::time::Duration;

/// Starts this many of them, all on one thread.
pub fn start(server: SocketAddr, count: usize) {
    thread::spawn(move || {
        let connect = |_| TcpStream::connect(server).unwrap();
        let mut streams: Vec<TcpStream> = (0..count).map(connect).collect();
        thread::sleep(Duration::from_secs(1));
        for stream in &mut streams {
            stream.write_all(b"hello").unwrap();
            stream.shutdown(Shutdown::Write).unwrap();
        }
        for mut stream in streams {
            let mut echo = String::new();
            stream.read_to_string(&mut echo).unwrap();
            assert_eq!(echo, "hello");
        }
    });
}
