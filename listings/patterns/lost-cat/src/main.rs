//! Exercise: the cat is found, and others go on looking for it with their lanterns. Let
//! `find_cat` return as soon as *anybody* has found it. By then, nobody should have a
//! lantern anymore. If `find_cat` is dropped, all should stop. Types and signatures
//! stay as they are.

use std::sync::Arc;
use std::time::Duration;

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
    let mut searches = Vec::new();
    for &place in places {
        searches.push(tokio::spawn(look(place, lantern.clone())));
    }
    for search in searches {
        if let Some(name) = search.await.unwrap() {
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
