//! The two sums on two threads. Watch both threads be blocked at the same time.

use std::time::{Duration, Instant};

fn sum(name: &str, numbers: &[u32], start: Instant) {
    let mut total = 0;
    for number in numbers {
        println!("Task {name}: Computing {total}+{number}");
        println!("Time: {:.1}", start.elapsed().as_secs_f64());
        std::thread::sleep(Duration::from_secs(1));
        total += number;
    }
    println!("Task {name}: Sum = {total}\n");
}

fn main() {
    let start = Instant::now();
    let a = std::thread::spawn(move || sum("A", &[1, 2], start));
    let b = std::thread::spawn(move || sum("B", &[1, 2, 3], start));
    a.join().unwrap();
    b.join().unwrap();
    println!("Time: {:.1} sec", start.elapsed().as_secs_f64());
}
