//! A service that answers with the files of a folder.

use std::path::PathBuf;

use anyhow::Result;
use axum::Router;
use reqwest::Url;
use tokio::net::TcpListener;
use tower_http::services::ServeDir;

/// Starts it on a port that is free, and returns the address of the first page.
pub async fn start(folder: PathBuf) -> Result<Url> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let service = Router::new().fallback_service(ServeDir::new(folder));
    tokio::spawn(async { axum::serve(listener, service).await });
    Ok(Url::parse(&format!("http://{address}/index.html"))?)
}
