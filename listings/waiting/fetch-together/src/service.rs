//! A small weather service. The longer the name of a city, the longer it takes.

use std::time::Duration;

use axum::extract::Path;
use axum::{Router, routing};
use tokio::net::TcpListener;

/// Starts the service on a port that is free, and returns its address.
pub async fn start() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let service = Router::new().route("/{city}", routing::get(answer));
    tokio::spawn(async { axum::serve(listener, service).await });
    format!("http://{address}")
}

async fn answer(Path(city): Path<String>) -> String {
    let letters = city.len() as u32;
    tokio::time::sleep(letters * Duration::from_millis(100)).await;
    let celsius = 3 * letters;
    format!(r#"{{ "city": "{city}", "celsius": {celsius} }}"#)
}
