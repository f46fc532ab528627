//! A hundred slow clients, served on one thread. Watch the time.

mod clients;

use std::time::Instant;

use tokio::io;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

async fn echo(mut stream: TcpStream) -> io::Result<u64> {
    let (mut reader, mut writer) = stream.split();
    io::copy(&mut reader, &mut writer).await
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let start = Instant::now();
    clients::start(listener.local_addr()?, 100);
    let mut served = JoinSet::new();
    while served.len() < 100 {
        let (stream, _) = listener.accept().await?;
        served.spawn(echo(stream));
    }
    println!(
        "{} are served: {:.1}",
        served.len(),
        start.elapsed().as_secs_f64()
    );
    let mut bytes = 0;
    for copied in served.join_all().await {
        bytes += copied?;
    }
    println!("{bytes} bytes echoed");
    println!("Time: {:.1} sec", start.elapsed().as_secs_f64());
    Ok(())
}
