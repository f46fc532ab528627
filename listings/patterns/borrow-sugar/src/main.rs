//! Exercise: you need sugar, and ask one neighbor after the other. Let `borrow` ask at all
//! doors at once, and return the door where sugar is found first, or `None` if there is none
//! anywhere. When you have it, nobody should go on looking. Keep its signature;
//! `neighbors::has_sugar` is right as it is.

mod neighbors;

use tokio::time::Instant;

async fn borrow(doors: &[u32]) -> Option<u32> {
    for &door in doors {
        if neighbors::has_sugar(door).await {
            return Some(door);
        }
    }
    None
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let start = Instant::now();
    match borrow(&[3, 1, 4, 2]).await {
        Some(door) => println!("sugar from door {door}"),
        None => println!("tea without sugar"),
    }
    println!("Time: {:.1} sec", start.elapsed().as_secs_f64());
}

#[cfg(test)]
mod judge;
