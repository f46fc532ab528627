//! A task for each client, but a wait that blocks. Watch a slow client stop them all.

mod clients;

use std::io;
use std::net::{TcpListener, TcpStream};
use std::time::Instant;

use tokio::task::JoinSet;

async fn echo(
    number: u32,
    stream: TcpStream,
    start: Instant,
) -> io::Result<()> {
    println!(
        "client {number} is served: {:.1}",
        start.elapsed().as_secs_f64()
    );
    let (mut reader, mut writer) = (&stream, &stream);
    io::copy(&mut reader, &mut writer)?;
    println!(
        "client {number} is done: {:.1}",
        start.elapsed().as_secs_f64()
    );
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let start = Instant::now();
    clients::start(listener.local_addr()?);
    let mut served = JoinSet::new();
    for number in 1..=3 {
        let (stream, _) = listener.accept()?;
        served.spawn(echo(number, stream, start));
    }
    for result in served.join_all().await {
        result?;
    }
    println!("Time: {:.1} sec", start.elapsed().as_secs_f64());
    Ok(())
}
