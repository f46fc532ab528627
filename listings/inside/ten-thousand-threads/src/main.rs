//! Ten thousand threads wait. Watch the time and the memory.

use std::thread::{self, Builder};
use std::time::{Duration, Instant};

fn main() {
    let start = Instant::now();
    let mut threads = Vec::new();
    while threads.len() < 10_000 {
        let small = Builder::new().stack_size(64 * 1024);
        match small.spawn(|| thread::sleep(Duration::from_secs(3))) {
            Ok(thread) => threads.push(thread),
            Err(error) => {
                println!("The system refuses more threads: {error}");
                break;
            }
        }
    }
    println!("{} threads wait", threads.len());
    println!("Time: {:.1}", start.elapsed().as_secs_f64());
    for thread in threads {
        thread.join().unwrap();
    }
    println!("All are done");
    println!("Time: {:.1} sec", start.elapsed().as_secs_f64());
    println!("Memory: {}", peak_memory());
}

/// The most memory that the program had at any time; only Linux tells.
fn peak_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status");
    let kilobytes = status.unwrap_or_default().lines().find_map(|line| {
        let number = line.strip_prefix("VmHWM:")?.strip_suffix("kB")?;
        number.trim().parse::<u32>().ok()
    });
    let Some(kilobytes) = kilobytes else {
        return "unknown".to_owned();
    };
    let megabytes = kilobytes / 1024 + 1;
    format!("less than {} MB", megabytes.next_power_of_two())
}
