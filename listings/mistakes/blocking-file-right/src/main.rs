//! A slow file is read on a thread of the pool. Watch the ticker be on time.

mod disk;

use std::io;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use tokio::fs;
use tokio::time::sleep;

async fn tick(start: Instant) {
    for _ in 0..3 {
        sleep(Duration::from_millis(500)).await;
        println!("Tick: {:.1}", start.elapsed().as_secs_f64());
    }
}

async fn read(path: PathBuf, start: Instant) -> io::Result<()> {
    let text = fs::read_to_string(path).await?;
    println!("{} lines", text.lines().count());
    println!("Read: {:.1}", start.elapsed().as_secs_f64());
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let path = disk::file()?;
    let start = Instant::now();
    let ticker = tokio::spawn(tick(start));
    let reader = tokio::spawn(read(path, start));
    ticker.await?;
    reader.await?
}
