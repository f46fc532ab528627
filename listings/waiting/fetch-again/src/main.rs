//! A question that is asked again, up to three times. Watch what is not tried again.

mod service;

use std::time::Instant;

use reqwest::{Client, Error, Result};
use serde::Deserialize;

#[derive(Deserialize)]
struct Weather {
    celsius: i32,
}

async fn fetch(client: &Client, url: &str) -> Result<Weather> {
    let answer = client.get(url).send().await?.error_for_status()?;
    answer.json().await
}

/// Whether it may go better next time: the service says that the fault is its own.
fn may_pass(error: &Error) -> bool {
    error
        .status()
        .is_some_and(|status| status.is_server_error())
}

async fn fetch_again(client: &Client, url: &str) -> Result<Weather> {
    let mut attempt = 1;
    loop {
        match fetch(client, url).await.map_err(Error::without_url) {
            Err(error) if attempt < 3 && may_pass(&error) => {
                println!("attempt {attempt}: {error}");
                attempt += 1;
            }
            result => return result,
        }
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let service = service::start().await;
    let client = Client::builder().no_proxy().build()?;
    let start = Instant::now();
    for city in ["Lima", "Atlantis"] {
        match fetch_again(&client, &format!("{service}/{city}")).await {
            Ok(weather) => println!("{city}: {} °C", weather.celsius),
            Err(error) => println!("{city}: {error}"),
        }
        println!("Time: {:.1}", start.elapsed().as_secs_f64());
    }
    Ok(())
}
