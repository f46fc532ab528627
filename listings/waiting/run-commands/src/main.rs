//! Three other programs run at the same time. Watch the results come as they end.

mod work;

use std::time::Instant;
use std::{env, io};

use tokio::process::Command;
use tokio::task::JoinSet;

async fn run(job: &str) -> io::Result<String> {
    let program = env::current_exe()?;
    let output = Command::new(program).arg(job).output().await?;
    let printed = String::from_utf8_lossy(&output.stdout);
    let complained = String::from_utf8_lossy(&output.stderr);
    Ok(match output.status.code() {
        Some(0) => format!("{job}: {}", printed.trim()),
        Some(code) => format!("{job}: {}, status {code}", complained.trim()),
        None => format!("{job}: killed"),
    })
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    if let Some(job) = env::args().nth(1) {
        work::run(&job);
        return Ok(());
    }
    let start = Instant::now();
    let mut jobs = JoinSet::from_iter(["upload", "convert", "resize"].map(run));
    while let Some(job) = jobs.join_next().await {
        println!("{}", job??);
        println!("Time: {:.1}", start.elapsed().as_secs_f64());
    }
    Ok(())
}
