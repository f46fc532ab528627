//! Six jobs and two workers. Watch who takes which, and how everything comes to its end.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::Mutex;
use tokio::sync::mpsc::{self, Receiver, Sender};
use tokio::time::sleep;

type Jobs = Arc<Mutex<Receiver<u64>>>;

async fn worker(name: char, jobs: Jobs, results: Sender<String>) {
    loop {
        let job = jobs.lock().await.recv().await;
        let Some(job) = job else { break };
        sleep(Duration::from_millis(100 * job)).await;
        let result = format!("worker {name}: job {job}");
        if results.send(result).await.is_err() {
            break;
        }
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let start = Instant::now();
    let (jobs, queue) = mpsc::channel(6);
    let queue = Arc::new(Mutex::new(queue));
    let (results, mut done) = mpsc::channel(6);
    for name in ['A', 'B'] {
        tokio::spawn(worker(name, queue.clone(), results.clone()));
    }
    for job in [9, 2, 4, 8, 7, 5] {
        jobs.send(job).await.unwrap();
    }
    drop(jobs);
    drop(results);
    while let Some(result) = done.recv().await {
        println!("{result}");
    }
    println!("Time: {:.1} sec", start.elapsed().as_secs_f64());
}
