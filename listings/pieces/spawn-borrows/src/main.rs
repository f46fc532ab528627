//! A task borrows from main. Watch the compiler refuse.

async fn read(text: &str) {
    println!("{text}");
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let text = String::from("borrowed");
    tokio::spawn(read(&text)).await.unwrap();
}
