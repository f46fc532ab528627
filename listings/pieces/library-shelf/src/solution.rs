//! The way to the shelf begins when the catalog has answered: the second line
//! needs what the first one returns.

use std::time::Duration;

use tokio::time::{Instant, sleep};

const SHELVES: [&str; 4] = ["a spider", "Emma", "Dracula", "Walden"];

async fn look_up(title: &str) -> usize {
    sleep(Duration::from_secs(1)).await;
    let shelf = SHELVES.iter().position(|book| *book == title);
    let shelf = shelf.unwrap_or(0);
    println!("{title} is on shelf {shelf}");
    shelf
}

async fn fetch(shelf: usize) -> &'static str {
    println!("going to shelf {shelf}");
    sleep(Duration::from_secs(2)).await;
    SHELVES[shelf]
}

async fn borrow(title: &str) -> &'static str {
    let shelf = look_up(title).await;
    fetch(shelf).await
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let start = Instant::now();
    println!("You get: {}", borrow("Dracula").await);
    println!("Time: {:.1} sec", start.elapsed().as_secs_f64());
}

#[cfg(test)]
mod judge;
