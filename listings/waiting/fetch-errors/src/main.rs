//! Four questions, of which three go wrong. Watch that none stops the others.

mod service;

use std::error::Error;
use std::time::{Duration, Instant};

use futures::future::join_all;
use reqwest::Client;
use serde::Deserialize;
use tokio::time::timeout;

#[derive(Deserialize)]
struct Weather {
    celsius: i32,
}

async fn fetch(client: &Client, url: String) -> reqwest::Result<Weather> {
    let answer = client.get(url).send().await?.error_for_status()?;
    answer.json().await
}

async fn report(client: &Client, url: String) -> Result<i32, Box<dyn Error>> {
    let fetched = timeout(Duration::from_secs(1), fetch(client, url));
    let weather = fetched.await?.map_err(reqwest::Error::without_url)?;
    Ok(weather.celsius)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> reqwest::Result<()> {
    let service = service::start().await;
    let client = Client::builder().no_proxy().build()?;
    let start = Instant::now();
    let cities = ["Lima", "Paris", "Lisbon", "Oslo"];
    let urls = cities.map(|city| format!("{service}/{city}"));
    let reports = join_all(urls.map(|url| report(&client, url))).await;
    for (city, report) in cities.iter().zip(reports) {
        match report {
            Ok(celsius) => println!("{city}: {celsius} °C"),
            Err(error) => println!("{city}: {error}"),
        }
    }
    println!("Time: {:.1} sec", start.elapsed().as_secs_f64());
    Ok(())
}
