//! Lines are read, and silence is noticed. Watch half a line get lost.

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
    let mut reader = BufReader::new(stream);
    loop {
        let mut line = String::new();
        tokio::select! {
            biased;
            length = reader.read_line(&mut line) => {
                if length? == 0 {
                    return Ok(());
                }
                println!("{}", line.trim_end());
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
