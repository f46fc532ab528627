//! Judges `floppy-drives`, with a real clock, as a thread that blocks stops no other. The disks
//! are read once, and each test looks at one thing.

use std::fs;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use tokio::time::sleep;

use super::read_all;

const TEXTS: [&str; 3] = ["one", "two", "three"];

struct Reading {
    texts: Vec<String>,
    /// After how many seconds.
    took: f64,
    /// How long somebody has waited who wanted to wait for 0.1 seconds.
    waited: f64,
}

static READING: LazyLock<Reading> = LazyLock::new(read_three);

#[tokio::main(flavor = "current_thread")]
async fn read_three() -> Reading {
    let folder = tempfile::tempdir().unwrap();
    let disks = TEXTS.map(|text| folder.path().join(text));
    for (disk, text) in disks.iter().zip(TEXTS) {
        fs::write(disk, text).unwrap();
    }
    let start = Instant::now();
    let time = || start.elapsed().as_secs_f64();
    let reading = async { (read_all(&disks).await.unwrap(), time()) };
    let waiting = async {
        sleep(Duration::from_millis(100)).await;
        time()
    };
    let ((texts, took), waited) = tokio::join!(reading, waiting);
    Reading {
        texts,
        took,
        waited,
    }
}

#[test]
fn all_disks_are_read_in_order() {
    let Reading { texts, took, .. } = &*READING;
    assert_eq!(*texts, TEXTS);
    assert!(
        *took > 0.5,
        "three disks in {took:.1} seconds: no drive is so fast. Is `read` still called?"
    );
}

#[test]
fn the_drives_turn_at_the_same_time() {
    let took = READING.took;
    assert!(
        took < 1.3,
        "it took {took:.1} seconds, as long as three disks one after the other: each read \
         begins when the one before it has ended"
    );
}

#[test]
fn the_radio_plays_on() {
    let waited = READING.waited;
    assert!(
        waited < 0.5,
        "a wait for 0.1 seconds, beside the reading, took {waited:.1}: the thread that polls \
         both stood still in `read`"
    );
}
