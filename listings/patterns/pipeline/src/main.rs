//! Three stages with short queues between them. Watch the fast one wait for the slow one.

use std::time::{Duration, Instant};

use tokio::sync::mpsc::{self, Receiver, Sender};
use tokio::time::sleep;

async fn read(pages: Sender<u32>) {
    for page in 1..=5 {
        sleep(Duration::from_millis(100)).await;
        pages.send(page).await.unwrap();
        println!("page {page} is handed on");
    }
}

async fn translate(mut pages: Receiver<u32>, translated: Sender<u32>) {
    while let Some(page) = pages.recv().await {
        sleep(Duration::from_millis(500)).await;
        translated.send(page).await.unwrap();
    }
}

async fn print(mut translated: Receiver<u32>) {
    while let Some(page) = translated.recv().await {
        sleep(Duration::from_millis(200)).await;
        println!("    page {page} is printed");
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let start = Instant::now();
    let (read_to, pages) = mpsc::channel(1);
    let (translate_to, translated) = mpsc::channel(1);
    tokio::join!(
        read(read_to),
        translate(pages, translate_to),
        print(translated),
    );
    println!("Time: {:.1} sec", start.elapsed().as_secs_f64());
}
