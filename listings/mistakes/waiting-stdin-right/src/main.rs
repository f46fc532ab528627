//! Nobody types. Watch the program end all the same.

mod keyboard;

use std::io::{self, stdin};
use std::thread;
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::timeout;

async fn read_line() -> io::Result<String> {
    let (sender, receiver) = oneshot::channel();
    thread::spawn(move || {
        let mut line = String::new();
        let read = stdin().read_line(&mut line);
        let _ = sender.send(read.map(|_| line));
    });
    receiver.await.unwrap()
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
