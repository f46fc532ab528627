//! The link checker that a chapter makes, on small folders of pages. The pages of this book
//! are checked with it, so it must not miss anything.

mod common;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use book::compile::{self, Built};
use book::listing::Listings;
use common::root;

/// The program, compiled once for all tests.
static LINKS: LazyLock<PathBuf> = LazyLock::new(|| {
    let (listings, _) = Listings::find(root());
    let links = listings.get("links").expect("it is a listing");
    let built = compile::compile(root(), None, [links]).expect("cargo runs");
    match built.into_values().next() {
        Some(Built::Program { path, .. }) => path,
        other => panic!("it does not compile: {other:?}"),
    }
});

/// What it prints, and its exit status.
fn check(folder: &Path) -> (String, Option<i32>) {
    let output = Command::new(&*LINKS).arg(folder).output();
    let output = output.expect("it can be started");
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    // Nothing is drawn where there is no terminal.
    let complained = String::from_utf8_lossy(&output.stderr);
    (printed + &complained, output.status.code())
}

/// Two pages that link to each other, in which `to` is another link.
fn site(to: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let index = format!(
        "<h1 id=\"a b\">A</h1><a href=\"more/b.html#b\">B</a><a href=\"{to}\">?</a>"
    );
    let more = "<base href=\"../\"><a name=\"b\"></a><a href=\"index.html#a%20b\">A</a>\
                <img src=\"picture.png\"><a href=\"mailto:a@example.org\">me</a>";
    std::fs::create_dir(folder.path().join("more")).expect("a folder");
    for (name, text) in [
        ("index.html", index.as_str()),
        ("more/b.html", more),
        (
            "picture.png",
            "no page, though it has <a href=\"gone.html\">",
        ),
    ] {
        std::fs::write(folder.path().join(name), text).expect("a file");
    }
    folder
}

#[test]
fn a_site_whose_links_all_lead_somewhere_is_good() {
    for to in [
        "#",
        "#top",
        "?#a b",
        "more/b.html#b=3",
        "picture.png#x",
        "https://example.org",
    ] {
        let site = site(to);
        let (said, status) = check(site.path());
        assert!(said.ends_with(", 0 broken\n"), "{to}: {said}");
        assert_eq!(status, Some(0), "{to}");
    }
}

#[test]
fn a_link_to_a_page_or_a_place_that_is_not_there_is_found() {
    for (to, why) in [
        ("gone.html", "/gone.html: 404 Not Found"),
        ("../gone.html#b", "/gone.html#b: 404 Not Found"),
        ("#b", "/index.html#b: no such place"),
        ("more/b.html#a b", "/more/b.html#a%20b: no such place"),
        ("picture.jpg", "/picture.jpg: 404 Not Found"),
    ] {
        let site = site(to);
        let (said, status) = check(site.path());
        let line = format!("/index.html -> {why}\n");
        assert!(said.starts_with(&line), "{to}: {said}");
        assert!(said.ends_with(", 1 broken\n"), "{to}: {said}");
        assert_eq!(status, Some(1), "{to}");
    }
}

#[test]
fn a_folder_without_pages_is_an_error_of_its_own() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (said, status) = check(folder.path());
    assert!(said.starts_with("error: "), "{said}");
    assert!(said.contains("index.html: "), "{said}");
    assert_eq!(status, Some(2));
}

/// Where nothing can be fetched, nothing is said to be in order. (A folder can be opened like a
/// file on Unix only.)
#[cfg(unix)]
#[test]
fn a_first_page_that_cannot_be_fetched_is_an_error_of_its_own() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let index = folder.path().join("index.html");
    std::fs::create_dir(index).expect("a folder");
    let (said, status) = check(folder.path());
    assert!(said.starts_with("error: http://127.0.0.1:"), "{said}");
    assert!(said.ends_with("/index.html: 404 Not Found\n"), "{said}");
    assert_eq!(status, Some(2));
}
