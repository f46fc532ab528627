//! The two sums in two processes. Watch the program start itself twice.

use std::env;
use std::process::{Child, Command};
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

fn process(arguments: &[&str]) -> Child {
    let program = env::current_exe().unwrap();
    Command::new(program).args(arguments).spawn().unwrap()
}

fn main() {
    let start = Instant::now();
    let mut arguments = env::args().skip(1);
    if let Some(name) = arguments.next() {
        let numbers: Vec<u32> = arguments.map(|n| n.parse().unwrap()).collect();
        sum(&name, &numbers, start);
        return;
    }
    let mut a = process(&["A", "1", "2"]);
    let mut b = process(&["B", "1", "2", "3"]);
    a.wait().unwrap();
    b.wait().unwrap();
    println!("Time: {:.1} sec", start.elapsed().as_secs_f64());
}
