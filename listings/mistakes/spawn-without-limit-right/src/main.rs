//! Six pages are asked for, two at a time. Watch all of them come.

mod service;

use std::time::Instant;

use tokio::sync::Semaphore;

static PLACES: Semaphore = Semaphore::const_new(2);

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let start = Instant::now();
    let mut asked = Vec::new();
    for number in 1..=6 {
        let place = PLACES.acquire().await.unwrap();
        asked.push(tokio::spawn(async move {
            let _place = place;
            service::page(number).await
        }));
    }
    for page in asked {
        match page.await.unwrap() {
            Ok(page) => println!("{page}"),
            Err(error) => println!("{error}"),
        }
    }
    println!("Time: {:.1} sec", start.elapsed().as_secs_f64());
}
