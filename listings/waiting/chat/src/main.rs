//! A chat, on one thread. Watch each client talk and listen at the same time.

mod clients;

use std::env;

use tokio::io::{self, AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::tcp::{ReadHalf, WriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::broadcast::{Receiver, Sender};

async fn talk(
    number: u32,
    reader: ReadHalf<'_>,
    room: &Sender<String>,
) -> io::Result<()> {
    let mut lines = BufReader::new(reader).lines();
    while let Some(line) = lines.next_line().await? {
        let _ = room.send(format!("{number}: {line}\n"));
    }
    Ok(())
}

async fn listen(
    mut writer: WriteHalf<'_>,
    mut room: Receiver<String>,
) -> io::Result<()> {
    while let Ok(line) = room.recv().await {
        writer.write_all(line.as_bytes()).await?;
    }
    Ok(())
}

async fn serve(
    number: u32,
    mut stream: TcpStream,
    room: Sender<String>,
) -> io::Result<()> {
    let (reader, writer) = stream.split();
    tokio::select! {
        ended = talk(number, reader, &room) => ended,
        ended = listen(writer, room.subscribe()) => ended,
    }
}

async fn accept(listener: TcpListener) -> io::Result<()> {
    let room = Sender::new(16);
    let mut number = 0;
    loop {
        let (stream, _) = listener.accept().await?;
        number += 1;
        tokio::spawn(serve(number, stream, room.clone()));
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let port = env::args().nth(1).unwrap_or("0".to_owned());
    let listener = TcpListener::bind(format!("127.0.0.1:{port}")).await?;
    let address = listener.local_addr()?;
    tokio::select! {
        ended = accept(listener) => ended,
        () = clients::play(address), if port == "0" => Ok(()),
    }
}
