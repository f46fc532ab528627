//! A weather service that is overloaded at first.

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
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
    static ASKED: AtomicU32 = AtomicU32::new(0);
    let letters = city.len() as u32;
    tokio::time::sleep(letters * Duration::from_millis(100)).await;
    let celsius = 3 * letters;
    match (city.as_str(), ASKED.fetch_add(1, Relaxed)) {
        ("Atlantis", _) => Err(StatusCode::NOT_FOUND),
        (_, 0..2) => Err(StatusCode::SERVICE_UNAVAILABLE),
        _ => Ok(format!(r#"{{ "city": "{city}", "celsius": {celsius} }}"#)),
    }
}
