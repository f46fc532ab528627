//! The same links on a bad day of the site. Watch which are tried again.

mod page;
mod site;

use std::time::{Duration, Instant};

use anyhow::Result;
use reqwest::{Client, StatusCode};
use tokio::sync::Semaphore;

static PLACES: Semaphore = Semaphore::const_new(2);

async fn ask(client: &Client, url: &str) -> Result<StatusCode> {
    let _place = PLACES.acquire().await;
    Ok(client.get(url).send().await?.status())
}

async fn check(client: Client, site: String, link: String) -> String {
    let url = format!("{site}/{link}");
    let mut asked = ask(&client, &url).await;
    for pause in [300, 600] {
        if asked.as_ref().is_ok_and(|status| !status.is_server_error()) {
            break;
        }
        println!("{link}: again after {pause} ms");
        tokio::time::sleep(Duration::from_millis(pause)).await;
        asked = ask(&client, &url).await;
    }
    match asked {
        Ok(status) => format!("{link}: {status}"),
        Err(_) => format!("{link}: no answer"),
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let site = site::start().await;
    let client = Client::builder().no_proxy().user_agent("links");
    let client = client.timeout(Duration::from_secs(1)).build()?;
    let start = Instant::now();
    let index = client.get(&site).send().await?.text().await?;
    let mut checks = Vec::new();
    for link in page::links(&index) {
        let check = check(client.clone(), site.clone(), link);
        checks.push(tokio::spawn(check));
    }
    for check in checks {
        println!("{}", check.await?);
        println!("Time: {:.1}", start.elapsed().as_secs_f64());
    }
    println!("At most {} at once", site::most_at_once());
    println!("Time: {:.1} sec", start.elapsed().as_secs_f64());
    Ok(())
}
