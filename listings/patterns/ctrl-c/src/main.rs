//! A person presses Ctrl-C, and loses patience. Watch what each of the two does.

mod person;

use std::time::{Duration, Instant};

use tokio::signal::ctrl_c;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

async fn next_job() {
    sleep(Duration::from_millis(400)).await;
}

async fn worker(name: char, millis: u64, stop: CancellationToken) {
    let mut done = 0;
    while stop.run_until_cancelled(next_job()).await.is_some() {
        sleep(Duration::from_millis(millis)).await;
        done += 1;
    }
    println!("worker {name} stops, jobs done: {done}");
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> std::io::Result<()> {
    let start = Instant::now();
    let stop = CancellationToken::new();
    let workers = TaskTracker::new();
    for (name, millis) in [('A', 400), ('B', 9000)] {
        workers.spawn(worker(name, millis, stop.clone()));
    }
    person::presses_ctrl_c();
    ctrl_c().await?;
    println!("stop: {:.1}", start.elapsed().as_secs_f64());
    stop.cancel();
    workers.close();
    tokio::select! {
        () = workers.wait() => println!("all workers have stopped"),
        () = sleep(Duration::from_secs(3)) => println!("too slow"),
        pressed = ctrl_c() => pressed.map(|()| println!("at once"))?,
    }
    println!("Time: {:.1} sec", start.elapsed().as_secs_f64());
    Ok(())
}
