//! A set gives results as they come, and `shutdown` ends all other searches and waits
//! until they are gone. If `find_cat` is dropped, so is the set, and its tasks end.

use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

type Lantern = Arc<()>;
/// Its name, the seconds that it takes to look there, and whether the cat is there.
type Place = (&'static str, u64, bool);

async fn look(place: Place, _lantern: Lantern) -> Option<&'static str> {
    let (name, seconds, cat) = place;
    sleep(Duration::from_secs(seconds)).await;
    println!("{name}: {}", if cat { "meow!" } else { "nothing" });
    cat.then_some(name)
}

async fn find_cat(places: &[Place], lantern: &Lantern) -> Option<&'static str> {
    let mut searches = JoinSet::new();
    for &place in places {
        searches.spawn(look(place, lantern.clone()));
    }
    while let Some(found) = searches.join_next().await {
        if let Some(name) = found.unwrap() {
            searches.shutdown().await;
            return Some(name);
        }
    }
    None
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (start, lantern) = (Instant::now(), Lantern::default());
    let places = [("attic", 2, false), ("shed", 1, true), ("cellar", 4, false)];
    println!("found: {:?}", find_cat(&places, &lantern).await);
    println!("Time: {:.1} sec", start.elapsed().as_secs_f64());
    println!("lanterns out: {}", Arc::strong_count(&lantern) - 1);
    sleep(Duration::from_secs(3)).await;
}

#[cfg(test)]
mod judge;
