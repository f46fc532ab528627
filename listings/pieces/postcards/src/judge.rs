//! Judges `post_all`. The clock is paused: when everybody waits, it jumps
//! ahead.

use tokio::time::Instant;

use super::{Mailbox, post_all};

#[tokio::test(start_paused = true)]
async fn every_postcard_is_in_the_mailbox() {
    let mailbox = Mailbox::default();
    post_all(&["Zoe", "Max"], &mailbox).await;
    let mut posted = mailbox.take();
    posted.sort();
    assert_eq!(
        posted,
        ["Dear Max", "Dear Zoe"],
        "two postcards were written, and on the left is what is in the mailbox: to call \
         `post` makes a plan of a walk, and walks nowhere"
    );
}

#[tokio::test(start_paused = true)]
async fn somebody_has_walked_to_the_mailbox() {
    let start = Instant::now();
    post_all(&["Zoe", "Max"], &Mailbox::default()).await;
    let took = start.elapsed().as_secs();
    assert!(
        took >= 1,
        "it took {took} seconds, and even a single walk to the mailbox takes one: nobody \
         has waited for a walk to end"
    );
}
