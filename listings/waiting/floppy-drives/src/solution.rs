//! Each call blocks a thread of the blocking pool, all at the same time, and the thread of the
//! radio only waits for their handles.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{fs, io, thread};

use futures::future::try_join_all;
use tokio::task::spawn_blocking;

fn read(disk: &Path) -> io::Result<String> {
    thread::sleep(Duration::from_millis(600));
    fs::read_to_string(disk)
}

async fn read_all(disks: &[PathBuf]) -> io::Result<Vec<String>> {
    let reads = disks.iter().map(|disk| {
        let disk = disk.clone();
        spawn_blocking(move || read(&disk))
    });
    try_join_all(reads).await?.into_iter().collect()
}

async fn radio(start: Instant) {
    for note in ["do", "re", "mi"] {
        println!("{note}: {:.1}", start.elapsed().as_secs_f64());
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let folder = tempfile::tempdir()?;
    let disks = ["A", "B", "C"].map(|disk| folder.path().join(disk));
    fs::write(&disks[0], "Dear Ada, …")?;
    fs::write(&disks[1], "Take two eggs …")?;
    fs::write(&disks[2], "La la la …")?;
    let start = Instant::now();
    let (texts, ()) = tokio::join!(read_all(&disks), radio(start));
    println!("{}", texts?.join("\n"));
    println!("Time: {:.1} sec", start.elapsed().as_secs_f64());
    Ok(())
}

#[cfg(test)]
mod judge;
