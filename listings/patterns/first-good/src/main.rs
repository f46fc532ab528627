//! Three mirrors, and the first that fails is not the end. Watch who is aborted.

use std::time::{Duration, Instant};

use tokio::task::JoinSet;
use tokio::time::sleep;

type Fetched = Result<String, String>;

async fn fetch(mirror: &'static str, millis: u64) -> Fetched {
    sleep(Duration::from_millis(millis)).await;
    match mirror {
        "Rome" => Err(format!("{mirror} is down")),
        _ => Ok(format!("the page from {mirror}")),
    }
}

async fn first_good(mut fetches: JoinSet<Fetched>) -> Option<String> {
    while let Some(fetched) = fetches.join_next().await {
        match fetched.expect("no task panics") {
            Ok(page) => return Some(page),
            Err(error) => println!("{error}"),
        }
    }
    None
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let start = Instant::now();
    let mut fetches = JoinSet::new();
    for (mirror, millis) in [("Oslo", 1500), ("Lima", 1000), ("Rome", 500)] {
        fetches.spawn(fetch(mirror, millis));
    }
    let page = first_good(fetches).await;
    println!("{}", page.unwrap_or("all of them failed".to_owned()));
    println!("Time: {:.1} sec", start.elapsed().as_secs_f64());
}
