//! Judges `rent`. The clock is paused: when everybody waits, it jumps ahead.

use std::sync::Mutex;
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

use super::{Boats, rent};

/// Families with these cards come at once. How many get a boat, and how many boats are
/// left?
async fn come(boats: &Boats, cards: &[bool]) -> (usize, i32) {
    let mut families = JoinSet::new();
    for &card_is_good in cards {
        families.spawn(rent(boats.clone(), card_is_good));
    }
    let rowing = families.join_all().await;
    let rowing = rowing.into_iter().filter(|rows| *rows).count();
    (rowing, *boats.lock().unwrap())
}

#[tokio::test(start_paused = true)]
async fn no_boat_is_handed_out_twice() {
    let boats = Boats::new(Mutex::new(2));
    let (rowing, left) = come(&boats, &[true; 5]).await;
    assert!(
        (rowing, left) == (2, 0),
        "there were 2 boats and five families. {rowing} of them row, and {left} boats are \
         left: between the look and the taking, the others have looked as well"
    );
}

#[tokio::test(start_paused = true)]
async fn all_pay_at_the_same_time() {
    let start = Instant::now();
    let boats = Boats::new(Mutex::new(5));
    come(&boats, &[true; 5]).await;
    let took = start.elapsed().as_secs();
    assert_eq!(
        took, 1,
        "five families pay, and to pay takes 1 second. On the left is how many seconds it \
         took: if more, each has waited until the one before had paid; if none, nobody \
         has paid"
    );
}

#[tokio::test(start_paused = true)]
async fn nobody_pays_in_vain() {
    let boats = Boats::new(Mutex::new(1));
    tokio::spawn(rent(boats.clone(), true));
    sleep(Duration::from_millis(500)).await;
    let start = Instant::now();
    let rows = rent(boats, true).await;
    let took = start.elapsed().as_secs();
    assert!(
        !rows && took == 0,
        "there was 1 boat, and a family was paying for it when another one came. The \
         other one got its answer {took} s later: it has paid for a boat that somebody \
         else is about to get"
    );
}

#[tokio::test(start_paused = true)]
async fn a_refused_card_takes_no_boat() {
    let boats = Boats::new(Mutex::new(2));
    let (rowing, left) = come(&boats, &[false, true]).await;
    assert!(
        (rowing, left) == (1, 1),
        "there were 2 boats and two families, and one card was refused. {rowing} of them \
         row, and {left} boats are left: what becomes of a boat that nobody has paid for?"
    );
    let (rowing, _) = come(&boats, &[true]).await;
    assert_eq!(
        rowing, 1,
        "a boat was left, and the next family didn't get it"
    );
}
