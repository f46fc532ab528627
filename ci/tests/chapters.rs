//! The text of this book against its listings, and the pages made from it.

mod common;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use book::preprocess::Manuscript;
use book::prose::Prose;
use book::text::{self, Chapter};
use book::{scripts, site};
use common::root;
use mdbook_driver::MDBook;
use mdbook_driver::config::Config;
use regex::Regex;

fn manuscript() -> Manuscript {
    Manuscript::read(root()).unwrap_or_else(|problems| panic!("{problems}"))
}

/// All files below a folder by their path in it.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").display().to_string();
        if path.is_dir() {
            let below = self::files(&path).into_iter();
            files.extend(
                below.map(|(file, bytes)| (format!("{name}/{file}"), bytes)),
            );
        } else {
            files.insert(name, std::fs::read(&path).expect("a file"));
        }
    }
    files
}

/// The pages of this book, built once for all tests.
static PAGES: LazyLock<BTreeMap<String, Vec<u8>>> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let pages = folder.path().join("pages");
    site::build(root(), &pages, &site::More::default())
        .expect("the book can be built");
    files(&pages)
});

#[test]
fn the_text_and_the_listings_fit_together() {
    assert!(!manuscript().chapters.is_empty());
}

/// Whoever reads on from page to page misses none.
#[test]
fn next_is_the_chapter_that_follows() {
    let manuscript = manuscript();
    let chapters = text::in_order(root()).expect("a table of contents");
    for (file, following) in chapters.iter().zip(&chapters[1..]) {
        let chapter = manuscript.chapters.iter().find(|c| c.file == *file);
        let markdown = &chapter.expect("it was read").markdown;
        let Some((_, after)) = markdown.rsplit_once("Next: [") else {
            let looked_up = file.starts_with("src/reference");
            let begins = file.ends_with("introduction.md");
            assert!(looked_up || begins, "no Next: in {}", file.display());
            continue;
        };
        let (_, link) = after.split_once("](").expect("a link");
        let (link, _) = link.split_once([')', '#']).expect("its end");
        let folder = file.parent().expect("a chapter is in a folder");
        let next = root().join(folder).join(link).canonicalize();
        let next = next.unwrap_or_else(|e| panic!("{link}: {e}"));
        let following = root().join(following).canonicalize();
        let following = following.expect("the chapter that follows");
        assert_eq!(next, following, "Next: in {}", file.display());
    }
}

/// One chapter shows a few wrong lines, and what is said of them.
#[test]
fn what_contributing_shows_is_what_the_tool_says() {
    let manuscript = manuscript();
    let file = Path::new("src/reference/contributing.md");
    let shown = manuscript.chapters.iter().find(|c| c.file == file);
    let blocks = Prose::of(shown.expect("a chapter")).blocks.into_iter();
    let texts: Vec<String> = blocks
        .filter(|block| block.tag.as_deref() == Some("text"))
        .map(|block| block.text.trim_end().to_owned())
        .collect();
    let [markdown, message] = &texts[..] else {
        panic!("it shows {} texts", texts.len());
    };
    let place = message.lines().find_map(|line| line.split_once("--> "));
    let (_, place) = place.expect("the message names a place");
    let (file, _) = place.split_once(':').expect("with its line");
    let wrong = Chapter {
        file: file.into(),
        markdown: format!("{markdown}\n"),
    };
    let anchors = manuscript.anchors();
    let said = manuscript.faults_of_chapter(root(), &wrong, &anchors);
    let said: Vec<String> =
        said.sorted().iter().map(ToString::to_string).collect();
    assert_eq!(said, [message.as_str()]);
}

/// Listings can't share a file, so that a reader may change one of them; but two runs are
/// compared fairly only if what they ask, or who asks them, is the same.
#[test]
fn scenery_that_is_described_in_the_same_words_is_the_same() {
    let manuscript = manuscript();
    let mut known: BTreeMap<&str, (String, &str)> = BTreeMap::new();
    for listing in manuscript.listings.iter() {
        // The first line of a page of HTML describes nothing.
        let programs = listing
            .scenery
            .iter()
            .filter(|(file, _)| file.ends_with(".rs"));
        for (file, source) in programs {
            let place = format!("{}/{file}", listing.name);
            let first_line = source.lines().next().unwrap_or_default();
            let (other, theirs) = known
                .entry(first_line)
                .or_insert_with(|| (place.clone(), source));
            assert_eq!(source, theirs, "{place} differs from {other}");
        }
    }
}

#[test]
fn plain_mdbook_makes_the_same_pages() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut config = Config::from_disk(root().join("book.toml"))
        .expect("mdBook reads its settings");
    let command = config.get::<String>("preprocessor.book.command");
    let command = command.expect("a word is text").expect("it has one");
    assert_eq!(command, "cargo run --quiet -- preprocess");
    // The same tool; cargo would compile it once more, without what its tests need.
    let tool = format!("{:?} preprocess", env!("CARGO_BIN_EXE_book"));
    config
        .set("preprocessor.book.command", tool)
        .expect("mdBook takes it");
    let theirs = folder.path().join("theirs");
    config.build.build_dir = theirs.clone();
    let mdbook = MDBook::load_with_config(root(), config)
        .expect("mdBook reads the book");
    mdbook.build().expect("mdBook builds the book");
    // mdBook leaves the comments in the scripts.
    scripts::shorten(root(), &theirs).expect("the scripts can be read");

    let (ours, theirs) = (&*PAGES, files(&theirs));
    let names = |files: &BTreeMap<String, Vec<u8>>| -> Vec<String> {
        files.keys().cloned().collect()
    };
    assert_eq!(names(ours), names(&theirs));
    for (name, bytes) in ours {
        assert!(bytes == &theirs[name], "{name} differs");
    }
}

#[test]
fn every_page_leads_to_the_source_of_its_chapter() {
    let manuscript = manuscript();
    for chapter in &manuscript.chapters {
        let file = chapter.file.display().to_string();
        let page = file.trim_start_matches("src/").replace(".md", ".html");
        let page = PAGES.get(&page).unwrap_or_else(|| panic!("no {page}"));
        let page = std::str::from_utf8(page).expect("a page is UTF-8");
        // The page for an address that leads nowhere belongs to nobody.
        let wanted = file != "src/404.md";
        let link = format!("/edit/main/{file}\" title=\"Suggest an edit\"");
        assert_eq!(page.contains(&link), wanted, "{file}");
    }
}

#[test]
fn every_figure_has_code_output_command_and_source() {
    let pages: String = PAGES
        .iter()
        .filter(|(name, _)| name.ends_with(".html") && *name != "print.html")
        .map(|(_, bytes)| std::str::from_utf8(bytes).expect("a page is UTF-8"))
        .collect();
    // The colors of code are no part of it.
    let color =
        Regex::new(r#"<span class="hl-\w+">|</span>"#).expect("a regex");
    let pages = color.replace_all(&pages, "").into_owned();
    let manuscript = manuscript();
    for listing in manuscript.listings.iter() {
        let name = &listing.name;
        let start = format!(
            "<figure class=\"listing\" data-listing=\"{name}\" id=\"listing-{name}\">"
        );
        let figure = pages.split_once(&start).map(|(_, rest)| rest);
        let figure =
            figure.unwrap_or_else(|| panic!("no page shows all of {name}"));
        let figure = figure.split_once("</figure>").expect("a figure ends").0;
        let golden = manuscript.golden(listing).expect("a golden");
        let said = golden.errors.as_ref().unwrap_or(&golden.output);
        let first_line = said.lines().next().unwrap_or_default();
        for part in [
            "fn main()".to_owned(),
            format!("<code>cargo run -p {name}</code>"),
            format!(
                "<div class=\"listing-{}\">",
                if golden.errors.is_some() {
                    "errors"
                } else {
                    "output"
                }
            ),
            first_line.to_owned(),
            format!("/blob/HEAD/{}\"", listing.source_file().display()),
        ] {
            assert!(figure.contains(&part), "{name} lacks {part}:\n{figure}");
        }
        let twin = figure.contains("data-language=\"Python\"");
        assert_eq!(twin, listing.python.is_some(), "{name}");
    }
    // One chapter shows a directive, as mere text.
    let pages = pages.replace("{{#quote sum-blocking Time: 3.0 sec}}", "");
    assert!(!pages.contains("{{#"), "a directive was left in a page");
}
