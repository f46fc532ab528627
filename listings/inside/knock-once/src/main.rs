//! Exercise: be an executor that knocks once. Let `knock` poll `door` exactly
//! one time, and return `Some` of the value if it is ready, and `None` if it is
//! pending. Keep its signature.

use std::future::pending;

fn knock<T>(door: impl Future<Output = T>) -> Option<T> {
    drop(door);
    None
}

async fn at_home() -> &'static str {
    "Come in!"
}

async fn on_holiday() -> &'static str {
    pending::<()>().await;
    "I'm back!"
}

fn main() {
    println!("First door: {:?}", knock(at_home()));
    println!("Second door: {:?}", knock(async { at_home().await.len() }));
    println!("Third door: {:?}", knock(on_holiday()));
}

#[cfg(test)]
mod judge;
