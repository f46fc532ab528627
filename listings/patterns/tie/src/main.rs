//! Two futures that are ready at once, a hundred times. Watch who ever wins.

use std::collections::BTreeSet;
use std::future::ready;

async fn any() -> &'static str {
    tokio::select! {
        () = ready(()) => "left",
        () = ready(()) => "right",
    }
}

async fn in_order() -> &'static str {
    tokio::select! {
        biased;
        () = ready(()) => "left",
        () = ready(()) => "right",
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut winners = BTreeSet::new();
    let mut biased = BTreeSet::new();
    for _ in 0..100 {
        winners.insert(any().await);
        biased.insert(in_order().await);
    }
    println!("select! has chosen {winners:?}");
    println!("biased, it has chosen {biased:?}");
}
