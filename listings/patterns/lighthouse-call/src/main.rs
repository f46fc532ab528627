//! Exercise: you call a lighthouse by radio, and the channel is busy. Five calls in the same
//! moment don't help. Let `call_again` wait half a second after the first call, and twice as
//! long after each further one, but never longer than two seconds. It still makes five calls at
//! most, and waits only if it will call again. Keep its signature.

mod lighthouse;

use std::time::Duration;

use lighthouse::{Busy, Lighthouse};

async fn call_again(lighthouse: &Lighthouse) -> Result<String, Busy> {
    let mut calls = 1;
    loop {
        match lighthouse.call() {
            Err(Busy) if calls < 5 => calls += 1,
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
