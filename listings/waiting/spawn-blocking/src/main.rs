//! Three calls that block, each on a thread kept for such calls. Watch main stay free.

mod service;

use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::time::Instant;

use futures::future::try_join_all;
use tokio::task::spawn_blocking;

/// As in a library that knows nothing of async.
fn ask(service: SocketAddr, question: &str) -> io::Result<String> {
    let mut stream = TcpStream::connect(service)?;
    stream.write_all(question.as_bytes())?;
    stream.shutdown(Shutdown::Write)?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let service = service::start();
    let start = Instant::now();
    let questions = ["no", "yes", "maybe"];
    let asked = questions.map(|q| spawn_blocking(move || ask(service, q)));
    for answer in try_join_all(asked).await? {
        println!("{}", answer?);
    }
    println!("Time: {:.1} sec", start.elapsed().as_secs_f64());
    Ok(())
}
