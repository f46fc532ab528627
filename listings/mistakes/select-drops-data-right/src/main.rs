//! Lines are read, and silence is noticed. Watch every line arrive whole.

use std::time::Duration;

use tokio::io::{self, AsyncBufReadExt, AsyncWriteExt};
use tokio::io::{BufReader, DuplexStream};
use tokio::time::sleep;

async fn write(mut stream: DuplexStream) -> io::Result<()> {
    stream.write_all(b"Lima\nLis").await?;
    sleep(Duration::from_secs(1)).await;
    stream.write_all(b"bon\nOslo\n").await
}

async fn read(stream: DuplexStream) -> io::Result<()> {
    let silence = Duration::from_millis(600);
    let mut lines = BufReader::new(stream).lines();
    loop {
        tokio::select! {
            biased;
            line = lines.next_line() => {
                let Some(line) = line? else {
                    return Ok(());
                };
                println!("{line}");
            }
            () = sleep(silence) => println!("(silence)"),
        }
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let (theirs, ours) = io::duplex(64);
    tokio::try_join!(write(theirs), read(ours))?;
    Ok(())
}
