//! Files are hashed, on threads of their own. Watch main wait while they compute.

use std::path::PathBuf;
use std::{fs, io};

use futures::future::try_join_all;
use sha2::{Digest, Sha256};
use tokio::task::spawn_blocking;

fn hash(file: PathBuf) -> io::Result<String> {
    let bytes = fs::read(file)?;
    let hash = Sha256::digest(&bytes);
    Ok(hash[..4].iter().map(|byte| format!("{byte:02x}")).collect())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let folder = tempfile::tempdir()?;
    let names = ["large", "medium", "small"];
    for (name, megabytes) in names.iter().zip([4, 2, 1]) {
        fs::write(folder.path().join(name), vec![b'x'; megabytes << 20])?;
    }
    let files = names.map(|name| folder.path().join(name));
    let hashes = files.map(|file| spawn_blocking(|| hash(file)));
    for (name, hash) in names.iter().zip(try_join_all(hashes).await?) {
        println!("{name}: {}", hash?);
    }
    Ok(())
}
