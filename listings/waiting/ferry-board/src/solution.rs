//! A status that is an error becomes one, and one timeout holds both waits: for the beginning
//! of the answer, and for its rest.

mod service;

use std::time::{Duration, Instant};

use futures::future::join_all;
use reqwest::Client;
use tokio::time::timeout;

async fn departure(client: &Client, url: String) -> Option<String> {
    let asked = async {
        let answer = client.get(url).send().await?.error_for_status()?;
        answer.text().await
    };
    timeout(Duration::from_millis(500), asked).await.ok()?.ok()
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> reqwest::Result<()> {
    let service = service::start().await;
    let client = Client::builder().no_proxy().build()?;
    let start = Instant::now();
    let ferries = ["Calypso", "Nereid", "Triton"];
    let urls = ferries.map(|ferry| format!("{service}/{ferry}"));
    let departures = urls.map(|url| departure(&client, url));
    for (ferry, at) in ferries.iter().zip(join_all(departures).await) {
        println!("{ferry}: {}", at.unwrap_or("not known".to_owned()));
    }
    println!("Time: {:.1} sec", start.elapsed().as_secs_f64());
    Ok(())
}

#[cfg(test)]
mod judge;
