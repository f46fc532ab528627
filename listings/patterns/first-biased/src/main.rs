//! Jobs and the word to stop are there at the same time. Watch which of them counts.

use tokio::sync::{mpsc, oneshot};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (jobs, mut queue) = mpsc::channel(3);
    for job in 1..=3 {
        jobs.send(job).await.unwrap();
    }
    let (stop, mut stopped) = oneshot::channel();
    stop.send(()).unwrap();
    loop {
        tokio::select! {
            biased;
            _ = &mut stopped => break,
            Some(job) = queue.recv() => println!("job {job}"),
        }
    }
    println!("stopped, and {} jobs are left", queue.len());
}
