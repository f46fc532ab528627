//! Judges `lost-property`, with a real clock, as the database has no other. Three things are
//! brought once, and each test looks at one side of it.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use futures::future::try_join_all;
use tokio::time::timeout;

use super::{bring, office};

/// What was brought, and after how many seconds. Nothing if that takes 3.5.
type Brought = Option<(Vec<String>, f64)>;

static BROUGHT: LazyLock<Brought> = LazyLock::new(bring_three);

#[tokio::main(flavor = "current_thread")]
async fn bring_three() -> Brought {
    let folder = tempfile::tempdir().unwrap();
    let catalogs = office::open(&folder.path().join("things.db"), 1);
    let start = Instant::now();
    let things = ["umbrella", "trumpet", "left glove"];
    let brought = try_join_all(things.map(|thing| bring(&catalogs, thing)));
    let brought = timeout(Duration::from_millis(3500), brought).await.ok()?;
    Some((brought.unwrap(), start.elapsed().as_secs_f64()))
}

fn brought() -> &'static (Vec<String>, f64) {
    BROUGHT.as_ref().expect(
        "after 3.5 seconds the clerks are still waiting: does one who has the catalog ask for \
         another one?",
    )
}

#[test]
fn the_right_things_are_brought() {
    let (things, took) = brought();
    assert_eq!(things[1], "the trumpet, from shelf 7");
    assert_eq!(things[2], "the left glove, from shelf 40");
    assert!(
        *took > 0.5,
        "three things in {took:.1} seconds: nobody has walked to a shelf"
    );
}

#[test]
fn the_catalog_is_not_taken_along() {
    let (_, took) = brought();
    assert!(
        *took < 1.6,
        "it took {took:.1} seconds, as long as three walks one after the other: whoever walks \
         has the catalog, and nobody else can look anything up"
    );
}
