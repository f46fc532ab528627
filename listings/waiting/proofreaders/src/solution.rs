//! Tokio's `output` yields until the reader has ended, so all three are started before the
//! first has; and what the reader found is in the status, not in the `Result`.

mod reader;

use std::time::Instant;
use std::{env, io};

use futures::future::try_join_all;
use tokio::process::Command;

async fn proofread(page: u32) -> io::Result<String> {
    let mut reader = Command::from(reader::command(page));
    let output = reader.output().await?;
    if output.status.success() {
        Ok(format!("page {page}: good"))
    } else {
        let complaint = String::from_utf8_lossy(&output.stderr);
        Ok(format!("page {page}: {}", complaint.trim()))
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    if let Some(page) = env::args().nth(1) {
        reader::read(&page);
    }
    let start = Instant::now();
    for report in try_join_all([1, 2, 3].map(proofread)).await? {
        println!("{report}");
    }
    println!("Time: {:.1} sec", start.elapsed().as_secs_f64());
    Ok(())
}

#[cfg(test)]
mod judge;
