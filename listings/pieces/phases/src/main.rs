//! Two steps, of which the second needs the result of the first. Watch the order.

async fn phase1() -> String {
    println!("in phase1");
    "result 1".to_string()
}

async fn phase2(result: &str) -> String {
    println!("in phase2");
    format!("result 2 from {result}")
}

async fn outer() -> (String, String) {
    println!("in outer");
    println!("waiting for result 1");
    let result1 = phase1().await;
    println!("waiting for result 2");
    let result2 = phase2(&result1).await;
    (result1, result2)
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (result1, result2) = outer().await;
    println!("returned: ({result1}, {result2})");
}
