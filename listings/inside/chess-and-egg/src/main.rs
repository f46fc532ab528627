//! Exercise: the egg is done long before anybody looks at it, since the chess
//! player thinks through twenty moves without a break. Let `ponder` think
//! through all of them, but give others a turn after each. `think` is right as
//! it is: it computes, and can't be any faster.

use std::time::{Duration, Instant};

async fn boil(start: Instant) {
    tokio::time::sleep(Duration::from_millis(300)).await;
    println!("The egg is done: {:.1}", start.elapsed().as_secs_f64());
}

/// It stands for a computation: it looks at the clock until the time is up.
fn think(end: Instant) {
    while Instant::now() < end {
        std::hint::spin_loop();
    }
}

async fn ponder(moves: u32) -> u32 {
    let start = Instant::now();
    let mut seen = 0;
    while seen < moves {
        seen += 1;
        think(start + Duration::from_millis(60) * seen);
    }
    seen
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let start = Instant::now();
    let egg = tokio::spawn(boil(start));
    let chess = tokio::spawn(ponder(20));
    println!("{} moves are seen", chess.await.unwrap());
    println!("Time: {:.1} sec", start.elapsed().as_secs_f64());
    egg.await.unwrap();
}

#[cfg(test)]
mod judge;
