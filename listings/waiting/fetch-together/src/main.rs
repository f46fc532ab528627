//! Three questions to a service, all at once. Watch when each is asked.

mod service;

use std::time::Instant;

use futures::future::try_join_all;
use reqwest::{Client, Result};
use serde::Deserialize;

#[derive(Deserialize)]
struct Weather {
    city: String,
    celsius: i32,
}

async fn fetch(client: &Client, service: &str, city: &str) -> Result<Weather> {
    println!("{city}?");
    let url = format!("{service}/{city}");
    client.get(url).send().await?.json().await
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let service = service::start().await;
    let client = Client::builder().no_proxy().build()?;
    let start = Instant::now();
    let cities = ["Lima", "Paris", "Lisbon"];
    let fetches = cities.map(|city| fetch(&client, &service, city));
    for weather in try_join_all(fetches).await? {
        println!("{}: {} °C", weather.city, weather.celsius);
    }
    println!("Time: {:.1} sec", start.elapsed().as_secs_f64());
    Ok(())
}
