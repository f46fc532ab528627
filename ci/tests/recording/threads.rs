//! Two threads of the operating system.

use std::thread;
use std::time::Duration;

fn work(name: &str, millis: u64) {
    println!("{name} begins");
    thread::sleep(Duration::from_millis(millis));
    println!("{name} ends");
}

fn main() {
    let a = thread::spawn(|| work("a", 40));
    let b = std::thread::spawn(|| work("b", 120));
    a.join().unwrap();
    b.join().unwrap();
    println!("both");
}
