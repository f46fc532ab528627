//! The smallest async program: a future, and a runtime that runs it. Watch it end.

use tokio::runtime::Builder;

async fn say_done() {
    println!("done!");
}

fn main() {
    let runtime = Builder::new_current_thread().build().unwrap();
    runtime.block_on(say_done());
}
