//! The office of the ferries. One of them is out of order, one takes its time, and
//! about one it never answers.

use std::future;
use std::io;
use std::time::Duration;

use axum::body::Body;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::{Router, routing};
use futures::stream::{self, StreamExt};
use tokio::net::TcpListener;
use tokio::time::sleep;

/// Starts the service on a port that is free, and returns its address.
pub async fn start() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let service = Router::new().route("/{ferry}", routing::get(answer));
    tokio::spawn(async { axum::serve(listener, service).await });
    format!("http://{address}")
}

async fn answer(Path(ferry): Path<String>) -> Response {
    sleep(Duration::from_millis(200)).await;
    match ferry.as_str() {
        "Nereid" => {
            let page = "<h1>The captain has a cold</h1>";
            (StatusCode::SERVICE_UNAVAILABLE, page).into_response()
        }
        "Proteus" => future::pending().await,
        "Triton" => in_two_parts("at ", "noon").into_response(),
        _ => "at ten".into_response(),
    }
}

/// The first part comes at once, and the second one late.
fn in_two_parts(first: &'static str, second: &'static str) -> Body {
    let late = stream::once(async move {
        sleep(Duration::from_secs(3)).await;
        second
    });
    let parts = stream::once(async move { first }).chain(late);
    Body::from_stream(parts.map(Ok::<_, io::Error>))
}
