//! Threads that borrow, in a scope that ends when they do.

use std::thread;
use std::time::Duration;

fn main() {
    let millis = [40, 120];
    let longest = thread::scope(|scope| {
        let a = scope.spawn(|| {
            thread::sleep(Duration::from_millis(millis[0]));
            "a"
        });
        scope.spawn(|| thread::sleep(Duration::from_millis(millis[1])));
        println!("{} ends", a.join().unwrap());
        millis.iter().max()
    });
    println!("{longest:?}");
}
