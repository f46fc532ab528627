//! The same links, checked at most two at once. Watch who waits for a place.

mod page;
mod site;

use std::time::Instant;

use anyhow::Result;
use reqwest::Client;
use tokio::sync::Semaphore;

static PLACES: Semaphore = Semaphore::const_new(2);

async fn check(client: Client, site: String, link: String) -> Result<String> {
    let _place = PLACES.acquire().await;
    let answer = client.get(format!("{site}/{link}")).send().await?;
    Ok(format!("{link}: {}", answer.status()))
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let site = site::start().await;
    let client = Client::builder().no_proxy().user_agent("links");
    let client = client.build()?;
    let start = Instant::now();
    let index = client.get(&site).send().await?.text().await?;
    let mut checks = Vec::new();
    for link in page::links(&index) {
        let check = check(client.clone(), site.clone(), link);
        checks.push(tokio::spawn(check));
    }
    for check in checks {
        println!("{}", check.await??);
        println!("Time: {:.1}", start.elapsed().as_secs_f64());
    }
    println!("At most {} at once", site::most_at_once());
    println!("Time: {:.1} sec", start.elapsed().as_secs_f64());
    Ok(())
}
