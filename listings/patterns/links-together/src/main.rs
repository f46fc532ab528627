//! The same links, checked all at once. Watch how many ask the site.

mod page;
mod site;

use std::time::Instant;

use anyhow::Result;
use reqwest::Client;

async fn check(client: Client, site: String, link: String) -> Result<String> {
    let answer = client.get(format!("{site}/{link}")).send().await?;
    Ok(format!("{link}: {}", answer.status()))
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let site = site::start().await;
    let client = Client::builder().no_proxy().build()?;
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
