//! A program that starts itself, and is recorded all the same.

use tokio::process::Command;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    if std::env::args().nth(1).is_some() {
        println!("hello");
        return;
    }
    let program = std::env::current_exe().unwrap();
    let output = Command::new(&program).arg("child").output().await.unwrap();
    println!("it said {}", String::from_utf8_lossy(&output.stdout).trim());
    let output = std::process::Command::new(program).arg("child").output();
    println!("and {:?}", String::from_utf8_lossy(&output.unwrap().stdout));
}
