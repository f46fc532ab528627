//! Exercise: three postcards are written, but the mailbox stays empty. Let
//! `post_all` post them all. `post` is right as it is: it walks to the mailbox,
//! and drops in one card.

use std::cell::RefCell;
use std::time::Duration;

use tokio::time::{Instant, sleep};

type Mailbox = RefCell<Vec<String>>;

async fn post(name: &str, mailbox: &Mailbox) {
    sleep(Duration::from_secs(1)).await;
    mailbox.borrow_mut().push(format!("Dear {name}"));
}

async fn post_all(names: &[&str], mailbox: &Mailbox) {
    let mut cards = Vec::new();
    for name in names {
        cards.push(post(name, mailbox));
    }
    println!("{} postcards are written", cards.len());
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let start = Instant::now();
    let mailbox = Mailbox::default();
    post_all(&["Ada", "Ben", "Eve"], &mailbox).await;
    println!("In the mailbox: {:?}", mailbox.borrow());
    println!("Time: {:.1} sec", start.elapsed().as_secs_f64());
}

#[cfg(test)]
mod judge;
