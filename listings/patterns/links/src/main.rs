//! A link checker, for a folder of pages. Watch what it finds on the small site.

mod crawl;
mod fetch;
mod page;
mod service;
mod small_site;

use std::fs::File;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::Parser;
use tokio::signal::ctrl_c;

use crawl::Crawl;

/// Checks the links between the pages of a folder.
#[derive(Parser)]
struct Options {
    /// The folder with index.html; a small site with faults, if there is none
    folder: Option<PathBuf>,
}

async fn check(options: Options) -> Result<ExitCode> {
    let small_site = small_site::write()?;
    let folder = options.folder.unwrap_or(small_site.path().into());
    let index = folder.join("index.html");
    File::open(&index).with_context(|| index.display().to_string())?;
    let mut crawl = Crawl::new(service::start(folder).await?)?;
    let stopped = tokio::select! {
        ended = crawl.run() => ended.map(|()| false)?,
        pressed = ctrl_c() => pressed.map(|()| true)?,
    };
    let broken = crawl.broken();
    for link in &broken {
        println!("{link}");
    }
    let so_far = if stopped { " so far" } else { "" };
    println!("{}, {} broken{so_far}", crawl.seen(), broken.len());
    Ok(match (broken.is_empty(), stopped) {
        (false, _) => ExitCode::from(1),
        (true, true) => ExitCode::from(130),
        (true, false) => ExitCode::SUCCESS,
    })
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    check(Options::parse()).await.unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::from(2)
    })
}
