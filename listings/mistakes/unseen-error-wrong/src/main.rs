//! Three notes are saved, and one of them isn't. Watch what you hear of it.

use std::time::Duration;

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
    for note in 1..=3 {
        tokio::spawn(save(note));
    }
    sleep(Duration::from_secs(2)).await;
    println!("main is done");
}
