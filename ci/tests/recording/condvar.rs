//! Threads that wait for a condition.

use std::sync::{Condvar, Mutex};
use std::thread;
use std::time::Duration;

static RUNG: Mutex<bool> = Mutex::new(false);
static BELL: Condvar = Condvar::new();

fn main() {
    let short = Duration::from_millis(20);
    let rung = RUNG.lock().unwrap();
    drop(BELL.wait_timeout_while(rung, short, |rung| !*rung).unwrap());
    println!("nobody rang");
    let rings = thread::spawn(move || {
        thread::sleep(short);
        *RUNG.lock().unwrap() = true;
        BELL.notify_one();
    });
    let rung = RUNG.lock().unwrap();
    drop(BELL.wait_while(rung, |rung| !*rung).unwrap());
    println!("it rang");
    rings.join().unwrap();
}
