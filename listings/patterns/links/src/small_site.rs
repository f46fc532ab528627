//! A small site, in which some links are broken.

use std::fs;
use std::io;

use tempfile::TempDir;

const PAGES: [(&str, &str); 4] = [
    ("index.html", include_str!("site/index.html")),
    ("bread.html", include_str!("site/bread.html")),
    ("pasta.html", include_str!("site/pasta.html")),
    ("soup.html", include_str!("site/soup.html")),
];

/// Writes it into a folder, which is gone when the value is dropped.
pub fn write() -> io::Result<TempDir> {
    let folder = TempDir::new()?;
    for (name, page) in PAGES {
        fs::write(folder.path().join(name), page)?;
    }
    Ok(folder)
}
