//! Who blocks stops a thread, so each page has its own. Tasks would not help:
//! on one thread they would block each other.

use std::thread;
use std::time::{Duration, Instant};

fn scan(page: &str) -> String {
    thread::sleep(Duration::from_millis(500));
    println!("{page} is scanned");
    format!("text of {page}")
}

fn scan_all(pages: &[&'static str]) -> Vec<String> {
    let scan_on_thread = |&page| thread::spawn(move || scan(page));
    let threads: Vec<_> = pages.iter().map(scan_on_thread).collect();
    let texts = threads.into_iter().map(|thread| thread.join().unwrap());
    texts.collect()
}

fn main() {
    let start = Instant::now();
    println!("{:?}", scan_all(&["page 1", "page 2", "page 3"]));
    println!("Time: {:.1} sec", start.elapsed().as_secs_f64());
}

#[cfg(test)]
mod judge;
