//! Three tasks ask, each with the lock in its hand. Watch Lima wait.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use tokio::sync::Mutex;
use tokio::time::sleep;

type Answers = BTreeMap<&'static str, String>;

static ANSWERS: Mutex<Answers> = Mutex::const_new(BTreeMap::new());

/// It stands for a service, which takes longer for a longer name.
async fn fetch(city: &str) -> String {
    sleep(Duration::from_millis(100) * city.len() as u32).await;
    format!("sunny in {city}")
}

async fn ask(city: &'static str, start: Instant) {
    let mut answers = ANSWERS.lock().await;
    let answer = fetch(city).await;
    println!("{city}: {:.1}", start.elapsed().as_secs_f64());
    answers.insert(city, answer);
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let start = Instant::now();
    let kingston = tokio::spawn(ask("Kingston", start));
    let lisbon = tokio::spawn(ask("Lisbon", start));
    let lima = tokio::spawn(ask("Lima", start));
    for asked in [kingston, lisbon, lima] {
        asked.await.unwrap();
    }
    println!("Time: {:.1} sec", start.elapsed().as_secs_f64());
}
