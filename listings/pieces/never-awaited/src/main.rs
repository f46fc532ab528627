//! A future is made and dropped. Watch what is not printed.

async fn greeter(name: &str) {
    println!("Hi, {name} you're in a coroutine.");
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    greeter("LP");
    println!("done!");
}
