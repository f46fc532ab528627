//! The two sums on two threads of Tokio. Watch who prints first.

use std::time::{Duration, Instant};

async fn sum(name: &str, numbers: &[u32], start: Instant) {
    let mut total = 0;
    for number in numbers {
        println!("Task {name}: Computing {total}+{number}");
        println!("Time: {:.1}", start.elapsed().as_secs_f64());
        tokio::time::sleep(Duration::from_secs(1)).await;
        total += number;
    }
    println!("Task {name}: Sum = {total}\n");
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    let start = Instant::now();
    let a = tokio::spawn(sum("A", &[1, 2], start));
    let b = tokio::spawn(sum("B", &[1, 2, 3], start));
    a.await.unwrap();
    b.await.unwrap();
    println!("Time: {:.1} sec", start.elapsed().as_secs_f64());
}
