//! `list`: the listings at a glance.

use std::path::Path;

use anyhow::Result;

use crate::preprocess::{Manuscript, Place};

/// Prints name, part, seconds and place in the text of each listing, sorted by part
/// and name.
///
/// # Errors
/// What is wrong with the listings; the table is printed first, as far as it goes.
pub fn list(root: &Path) -> Result<()> {
    let (manuscript, problems) = Manuscript::collect(root);
    let mut listings: Vec<_> = manuscript.listings.iter().collect();
    listings.sort_by_key(|listing| (&listing.part, &listing.name));
    let width =
        |texts: Vec<&str>| texts.iter().map(|t| t.len()).max().unwrap_or(0);
    let names =
        width(listings.iter().map(|l| l.name.0.as_str()).collect()).max(4);
    let parts =
        width(listings.iter().map(|l| l.part.as_str()).collect()).max(4);
    println!(
        "{:<names$}  {:<parts$}  seconds  in the text",
        "name", "part"
    );
    for listing in listings {
        let golden = manuscript.golden(listing);
        let seconds =
            golden.map_or("-".to_owned(), |g| g.seconds().to_string());
        let places: Vec<String> = manuscript
            .places(listing)
            .iter()
            .map(Place::to_string)
            .collect();
        let places = match places.is_empty() {
            true => "nowhere".to_owned(),
            false => places.join(", "),
        };
        let (name, part) = (&listing.name, &listing.part);
        println!("{name:<names$}  {part:<parts$}  {seconds:>7}  {places}");
    }
    Ok(problems.or_ok(())?)
}
