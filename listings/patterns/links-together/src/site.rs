//! A small site, which takes its time. It remembers how many asked it at once.

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Duration;

use axum::Router;
use axum::http::{StatusCode, Uri};
use axum::response::Html;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

const INDEX: &str = r#"
<h1>Recipes</h1>
<a href="bread.html">Bread</a>
<a href="cake.html">Cake</a>
<a href="pasta.html">Pasta</a>
<a href="salad.html">Salad</a>
<a href="soop.html">Soup</a>
<a href="tea.html">Tea</a>
"#;

/// How many milliseconds it takes to answer.
const MILLIS: [(&str, u64); 7] = [
    ("/", 200),
    ("/bread.html", 200),
    ("/cake.html", 300),
    ("/pasta.html", 400),
    ("/salad.html", 500),
    ("/soop.html", 600),
    ("/tea.html", 700),
];

const ROOM: usize = 1000;
static VISITORS: Semaphore = Semaphore::const_new(ROOM);
static MOST: AtomicUsize = AtomicUsize::new(0);

/// Starts the site on a port that is free, and returns its address.
pub async fn start() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let site = Router::new().fallback(answer);
    tokio::spawn(async { axum::serve(listener, site).await });
    format!("http://{address}")
}

/// How many asked at the same time, at most.
pub fn most_at_once() -> usize {
    MOST.load(Relaxed)
}

async fn answer(uri: Uri) -> Result<Html<&'static str>, StatusCode> {
    let _visitor = VISITORS.acquire().await;
    MOST.fetch_max(ROOM - VISITORS.available_permits(), Relaxed);
    let page = MILLIS.iter().find(|(page, _)| *page == uri.path());
    let (page, millis) = page.ok_or(StatusCode::NOT_FOUND)?;
    tokio::time::sleep(Duration::from_millis(*millis)).await;
    match *page {
        "/" => Ok(Html(INDEX)),
        "/soop.html" => Err(StatusCode::NOT_FOUND),
        _ => Ok(Html("<h1>A recipe</h1>")),
    }
}
