//! Exercise: let the toast brown while the tea draws. Breakfast should be ready when the
//! slower of the two is.

use std::time::Duration;

use tokio::time::{Instant, sleep};

async fn tea() -> &'static str {
    sleep(Duration::from_secs(2)).await;
    "tea"
}

async fn toast() -> &'static str {
    sleep(Duration::from_secs(3)).await;
    "toast"
}

async fn breakfast() -> String {
    let tea = tea().await;
    let toast = toast().await;
    format!("{tea} and {toast}")
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let start = Instant::now();
    println!("{}", breakfast().await);
    println!("Time: {:.1} sec", start.elapsed().as_secs_f64());
}

#[cfg(test)]
mod judge;
