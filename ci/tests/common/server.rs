//! A book that is served.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStdout, Stdio};
use std::time::{Duration, Instant};

use super::Fixture;

/// A server for a book, ended when dropped.
pub struct Server {
    /// Its process.
    pub child: Child,
    lines: BufReader<ChildStdout>,
    /// Its port on 127.0.0.1.
    pub port: u16,
    /// What it has said so far.
    pub said: String,
}

impl Server {
    /// Starts the tool's server.
    pub fn start(book: &Fixture, arguments: &[&str]) -> Server {
        let mut command = book.command(&["serve"]);
        command
            .args(arguments)
            // What it compiles is this book's own.
            .env_remove("CARGO_TARGET_DIR")
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut child = command.spawn().expect("the tool starts");
        let lines = BufReader::new(child.stdout.take().expect("a pipe"));
        let mut server = Server {
            child,
            lines,
            port: 0,
            said: String::new(),
        };
        let line = server.wait_for_line("Serving it at http://127.0.0.1:");
        let port = line
            .split(':')
            .nth(2)
            .and_then(|rest| rest.split(' ').next());
        server.port = port.expect("a port").parse().expect("a number");
        server
    }

    /// The next line of what it says that has this text.
    pub fn wait_for_line(&mut self, text: &str) -> String {
        loop {
            let mut line = String::new();
            let length = self.lines.read_line(&mut line).expect("text");
            assert!(length > 0, "the server ended; it said:\n{}", self.said);
            self.said.push_str(&line);
            if line.contains(text) {
                return line;
            }
        }
    }

    /// Asks for a page, with more headers than the usual ones.
    pub fn open(&self, path: &str, headers: &str) -> TcpStream {
        let mut stream =
            TcpStream::connect(("127.0.0.1", self.port)).expect("a server");
        stream
            .set_read_timeout(Some(Duration::from_secs(10)))
            .expect("a timeout");
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: localhost:{}\r\nConnection: close\r\n{headers}\r\n",
            self.port
        )
        .expect("the request is sent");
        stream
    }

    /// The answer to that.
    pub fn get(&self, path: &str, headers: &str) -> String {
        let mut bytes = Vec::new();
        self.open(path, headers)
            .read_to_end(&mut bytes)
            .expect("an answer");
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// Asks for a page until it has the text; how long that took.
    pub fn wait_for_page(&self, path: &str, has: &str) -> Duration {
        let start = Instant::now();
        loop {
            let page = self.get(path, "");
            if page.contains(has) {
                return start.elapsed();
            }
            assert!(
                start.elapsed() < Duration::from_secs(10),
                "no {has} in:\n{page}"
            );
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // As a person ends it, so that it removes its temporary folder.
        #[cfg(unix)]
        interrupt(self.child.id());
        #[cfg(not(unix))]
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Interrupts a process, as ctrl-c does.
#[cfg(unix)]
pub fn interrupt(id: u32) {
    use rustix::process::{Pid, Signal, kill_process};
    let pid = Pid::from_raw(id.try_into().expect("a small number"))
        .expect("a process");
    // It may have ended by itself already.
    let _ = kill_process(pid, Signal::INT);
}
