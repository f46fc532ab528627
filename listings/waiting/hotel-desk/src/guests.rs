//! Three guests, who come in this order. The first one thinks longest.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use tokio::io::{self, AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::sleep;

/// Lets them come, and waits until each has been given something, or has seen the desk close.
pub async fn arrive(desk: SocketAddr) {
    let start = Instant::now();
    let mut guests = JoinSet::new();
    for (name, thinks) in [("Ada", 1200), ("Ben", 400), ("Cleo", 100)] {
        let door = TcpStream::connect(desk).await.unwrap();
        guests.spawn(async move {
            let thinks = Duration::from_millis(thinks);
            let key = ask(door, name, thinks).await.unwrap_or_default();
            let time = start.elapsed().as_secs_f64();
            println!("{name} gets {}: {time:.1}", key.trim());
        });
    }
    guests.join_all().await;
}

async fn ask(
    door: TcpStream,
    name: &str,
    thinks: Duration,
) -> io::Result<String> {
    let mut door = BufReader::new(door);
    sleep(thinks).await;
    door.write_all(format!("{name}\n").as_bytes()).await?;
    let mut key = String::new();
    door.read_line(&mut key).await?;
    Ok(key)
}
