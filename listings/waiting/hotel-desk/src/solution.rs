//! Each guest has a task, so `reception` is back at the door at once; and if a task ends with
//! an error, that is the end of that task only.

mod guests;

use std::time::Duration;

use tokio::io::{self, AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;

async fn check_in(guest: TcpStream) -> io::Result<()> {
    let mut guest = BufReader::new(guest);
    let mut name = String::new();
    guest.read_line(&mut name).await?;
    sleep(Duration::from_millis(300)).await;
    let key = format!("a key for {}\n", name.trim());
    guest.write_all(key.as_bytes()).await
}

async fn reception(desk: TcpListener) -> io::Result<()> {
    loop {
        let (guest, _) = desk.accept().await?;
        tokio::spawn(check_in(guest));
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let desk = TcpListener::bind("127.0.0.1:0").await?;
    let address = desk.local_addr()?;
    tokio::select! {
        closed = reception(desk) => closed,
        () = guests::arrive(address) => Ok(()),
    }
}

#[cfg(test)]
mod judge;
