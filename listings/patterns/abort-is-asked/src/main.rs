//! A child that says when it is gone. Watch whether its parent waits for that.

use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::sleep;

struct Child(&'static str);

impl Drop for Child {
    fn drop(&mut self) {
        println!("{}: the child is gone", self.0);
    }
}

async fn live(child: Child) {
    sleep(Duration::from_secs(5)).await;
    println!("{}: the child is done", child.0);
}

async fn drop_them() {
    let mut children = JoinSet::new();
    children.spawn(live(Child("drop")));
    sleep(Duration::from_millis(500)).await;
}

async fn shut_down() {
    let mut children = JoinSet::new();
    children.spawn(live(Child("shutdown")));
    sleep(Duration::from_millis(500)).await;
    children.shutdown().await;
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    drop_them().await;
    println!("drop: the parent has returned");
    shut_down().await;
    println!("shutdown: the parent has returned");
}
