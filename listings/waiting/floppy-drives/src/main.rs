//! Exercise: the radio should play while three floppy disks are read, each in a drive of its
//! own. But it is silent until the last one has been read, and they are read in turn. Let
//! `read_all` read them at the same time, and leave the thread to the radio. Keep its
//! signature; `read` is right as it is: it knows nothing of async, and the drives are old.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{fs, io, thread};

fn read(disk: &Path) -> io::Result<String> {
    thread::sleep(Duration::from_millis(600));
    fs::read_to_string(disk)
}

async fn read_all(disks: &[PathBuf]) -> io::Result<Vec<String>> {
    disks.iter().map(|disk| read(disk)).collect()
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
