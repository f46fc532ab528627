//! Two sums, one after the other. Watch B wait until A is done.

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
    sum("A", &[1, 2], start);
    sum("B", &[1, 2, 3], start);
    println!("Time: {:.1} sec", start.elapsed().as_secs_f64());
}
