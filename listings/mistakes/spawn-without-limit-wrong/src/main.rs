//! Six pages are asked for, all at once. Watch how many of them come.

mod service;

use std::time::Instant;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let start = Instant::now();
    let mut asked = Vec::new();
    for number in 1..=6 {
        asked.push(tokio::spawn(service::page(number)));
    }
    for page in asked {
        match page.await.unwrap() {
            Ok(page) => println!("{page}"),
            Err(error) => println!("{error}"),
        }
    }
    println!("Time: {:.1} sec", start.elapsed().as_secs_f64());
}
