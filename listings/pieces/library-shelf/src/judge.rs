//! Judges `borrow`. The clock is paused: when everybody waits, it jumps ahead.

use tokio::time::Instant;

use super::borrow;

#[tokio::test(start_paused = true)]
async fn you_get_the_book_that_you_asked_for() {
    for title in ["Dracula", "Walden", "Emma"] {
        let book = borrow(title).await;
        assert_eq!(
            book, title,
            "you asked for {title}, and got {book}: whoever goes to a shelf has to know \
             by then which one it is"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn the_librarian_goes_once() {
    let start = Instant::now();
    borrow("Walden").await;
    let took = start.elapsed().as_secs();
    assert_eq!(
        took, 3,
        "it took {took} seconds: the catalog takes one and the way to a shelf two, and \
         each is needed exactly once, the second after the first"
    );
}
