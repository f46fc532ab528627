//! Asking for a page: politely, and patiently.

use std::time::Duration;

use reqwest::header::CONTENT_TYPE;
use reqwest::{Client, Error, Response, StatusCode, Url};
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;
use tokio::time::sleep;

use crate::page::Page;

static PLACES: Semaphore = Semaphore::const_new(8);

/// A client that says who it is, and doesn't wait forever.
pub fn client() -> reqwest::Result<Client> {
    let agent = "links (the link checker of Waiting Well)";
    let client = Client::builder().no_proxy().user_agent(agent);
    client.timeout(Duration::from_secs(10)).build()
}

/// Fetches a page, up to three times. Returns what is wrong if it can't be had.
pub async fn fetch(client: Client, url: Url) -> (Url, Result<Page, String>) {
    let mut asked = ask(&client, &url).await;
    for pause in [300, 600] {
        if asked.as_ref().err().is_none_or(|error| !may_pass(error)) {
            break;
        }
        sleep(Duration::from_millis(pause)).await;
        asked = ask(&client, &url).await;
    }
    (url, asked.map_err(what))
}

async fn ask(client: &Client, url: &Url) -> reqwest::Result<Page> {
    let _place = PLACES.acquire().await;
    let answer = client.get(url.clone()).send().await?.error_for_status()?;
    if !is_html(&answer) {
        return Ok(Page::default());
    }
    let url = answer.url().clone();
    let html = answer.text().await?;
    let parsed = spawn_blocking(move || Page::parse(&url, &html)).await;
    Ok(parsed.expect("parsing never panics"))
}

fn is_html(answer: &Response) -> bool {
    let kind = answer.headers().get(CONTENT_TYPE);
    kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
}

/// Whether it may go better next time.
fn may_pass(error: &Error) -> bool {
    error.status().is_none_or(|status| {
        status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS
    })
}

fn what(error: Error) -> String {
    match error.status() {
        Some(status) => status.to_string(),
        None => "no answer".to_owned(),
    }
}
