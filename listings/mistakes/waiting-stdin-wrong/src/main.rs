//! Nobody types. Watch what happens after the last line.

mod keyboard;

use std::io;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, BufReader, stdin};
use tokio::time::timeout;

async fn read_line() -> io::Result<String> {
    let mut line = String::new();
    BufReader::new(stdin()).read_line(&mut line).await?;
    Ok(line)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    keyboard::attach()?;
    println!("What is your name?");
    match timeout(Duration::from_secs(1), read_line()).await {
        Ok(name) => println!("Hello, {}!", name?.trim()),
        Err(_) => println!("Good-bye, whoever you are."),
    }
    Ok(())
}
