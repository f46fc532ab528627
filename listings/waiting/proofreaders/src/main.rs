//! Exercise: three proofreaders, each a program of its own, read a page each. They should do so
//! at the same time, but work in turn; and page 2, where one finds a mistake, is said to be
//! good. A reader who finds something ends with a status that is no success, and says what it
//! is on `stderr`. Let `proofread` wait without blocking, and return `page 2: …` in this case,
//! with what the reader says, trimmed. Keep its signature, and call `reader::command`.

mod reader;

use std::time::Instant;
use std::{env, io};

use futures::future::try_join_all;

async fn proofread(page: u32) -> io::Result<String> {
    let mut reader = reader::command(page);
    reader.output()?;
    Ok(format!("page {page}: good"))
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
