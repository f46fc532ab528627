//! A weather service with troubles.

use std::future::pending;
use std::time::Duration;

use axum::extract::Path;
use axum::http::StatusCode;
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

async fn answer(Path(city): Path<String>) -> Result<String, StatusCode> {
    let letters = city.len() as u32;
    tokio::time::sleep(letters * Duration::from_millis(100)).await;
    let celsius = 3 * letters;
    match city.as_str() {
        "Paris" => Err(StatusCode::INTERNAL_SERVER_ERROR),
        "Lisbon" => pending().await,
        "Oslo" => Ok("<h1>Hello!</h1>".to_owned()),
        _ => Ok(format!(r#"{{ "city": "{city}", "celsius": {celsius} }}"#)),
    }
}
