//! The wait doubles until it is as long as it may be, and stands only where another call
//! follows.

mod lighthouse;

use std::time::Duration;

use lighthouse::{Busy, Lighthouse};
use tokio::time::sleep;

async fn call_again(lighthouse: &Lighthouse) -> Result<String, Busy> {
    let mut calls = 1;
    let mut wait = Duration::from_millis(500);
    loop {
        match lighthouse.call() {
            Err(Busy) if calls < 5 => {
                calls += 1;
                sleep(wait).await;
                wait = (wait * 2).min(Duration::from_secs(2));
            }
            result => return result,
        }
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let lighthouse = Lighthouse::busy_for(Duration::from_secs(3));
    match call_again(&lighthouse).await {
        Ok(answer) => println!("{answer}"),
        Err(Busy) => println!("nobody hears you"),
    }
}

#[cfg(test)]
mod judge;
