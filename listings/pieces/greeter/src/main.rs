//! A future is made first and run later. Watch when the greeting comes.

use tokio::runtime::Builder;

async fn greeter(name: &str) {
    println!("Hi, {name} you're in a coroutine.");
}

fn main() {
    let runtime = Builder::new_current_thread().build().unwrap();
    println!("starting coroutine");
    let coroutine = greeter("LP");
    println!("entering event loop");
    runtime.block_on(coroutine);
    println!("closing event loop");
}
