//! A name is shared by main and a task. Watch the compiler refuse.

use std::rc::Rc;
use std::time::Duration;
use tokio::time::sleep;

async fn greet(name: Rc<str>) {
    sleep(Duration::from_secs(1)).await;
    println!("Hello, {name}!");
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let name: Rc<str> = "Ann".into();
    let greeting = tokio::spawn(greet(name.clone()));
    println!("{name} is about to be greeted");
    greeting.await.unwrap();
}
