//! Judges `find_cat`. The clock is paused: when everybody waits, it jumps ahead.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::{Instant, sleep, timeout};

use super::{Lantern, Place, find_cat};

const PLACES: [Place; 3] =
    [("attic", 5, false), ("shed", 1, true), ("cellar", 9, false)];

/// How many lanterns somebody still has.
fn out(lantern: &Lantern) -> usize {
    Arc::strong_count(lantern) - 1
}

#[tokio::test(start_paused = true)]
async fn it_returns_as_soon_as_the_cat_is_found() {
    let start = Instant::now();
    let lantern = Lantern::default();
    let hour = Duration::from_secs(3600);
    let found = timeout(hour, find_cat(&PLACES, &lantern)).await;
    assert_eq!(
        found,
        Ok(Some("shed")),
        "on the left is where the cat was found"
    );
    let took = start.elapsed().as_secs();
    assert_eq!(
        took, 1,
        "the cat was found in the shed after 1 second, and on the left is when `find_cat` \
         returned: were the others waited for first?"
    );
}

#[tokio::test(start_paused = true)]
async fn nobody_goes_on_looking() {
    let lantern = Lantern::default();
    let hour = Duration::from_secs(3600);
    let found = timeout(hour, find_cat(&PLACES, &lantern)).await;
    assert!(found.is_ok(), "after an hour, `find_cat` has not returned");
    let out = out(&lantern);
    assert_eq!(
        out, 0,
        "`find_cat` has returned, and on the left is how many lanterns are out there: who \
         has one goes on looking, or was asked to stop and is not gone yet"
    );
}

#[tokio::test(start_paused = true)]
async fn nobody_goes_on_if_the_search_is_called_off() {
    let lantern = Lantern::default();
    let moment = Duration::from_millis(500);
    let _ = timeout(moment, find_cat(&PLACES, &lantern)).await;
    sleep(Duration::from_millis(10)).await;
    let out = out(&lantern);
    assert_eq!(
        out, 0,
        "`find_cat` was dropped by a timeout, and on the left is how many lanterns are \
         out there a moment later: a task whose handle is dropped goes on"
    );
}

#[tokio::test(start_paused = true)]
async fn a_cat_may_be_nowhere() {
    let lantern = Lantern::default();
    let nowhere: [Place; 2] = [("attic", 2, false), ("bed", 1, false)];
    let hour = Duration::from_secs(3600);
    let found = timeout(hour, find_cat(&nowhere, &lantern)).await;
    assert_eq!(found, Ok(None), "on the left is where the cat was found");
}
