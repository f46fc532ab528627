//! Three files are read at the same time, and one that isn't there. Watch that it stops no other.

use std::path::Path;

use futures::future::join_all;
use tokio::{fs, io};

async fn count(folder: &Path, name: &str) -> io::Result<usize> {
    let text = fs::read_to_string(folder.join(name)).await?;
    Ok(text.lines().count())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let folder = tempfile::tempdir()?;
    for (name, lines) in [("one", 10), ("two", 200), ("three", 3000)] {
        fs::write(folder.path().join(name), "A line.\n".repeat(lines)).await?;
    }
    let names = ["one", "two", "three", "four"];
    let counts = names.map(|name| count(folder.path(), name));
    for (name, count) in names.iter().zip(join_all(counts).await) {
        match count {
            Ok(count) => println!("{name}: {count} lines"),
            Err(error) => println!("{name}: {}", error.kind()),
        }
    }
    Ok(())
}
