//! Three notes are saved, and one of them isn't. Watch main hear of it.

use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::sleep;

async fn save(note: u32) -> Result<(), &'static str> {
    sleep(note * Duration::from_millis(500)).await;
    if note == 2 {
        return Err("the disk is full");
    }
    println!("note {note} is saved");
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut tasks = JoinSet::new();
    for note in 1..=3 {
        tasks.spawn(save(note));
    }
    while let Some(saved) = tasks.join_next().await {
        if let Err(error) = saved.unwrap() {
            println!("not saved: {error}");
        }
    }
    println!("main is done");
}
