//! The book as an EPUB: an archive that e-readers accept, with all that the pages have.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};
use std::path::{Component, Path, PathBuf};
use std::sync::LazyLock;

use book::preprocess::Manuscript;
use book::site;
use common::root;
use roxmltree::{Document, Node, ParsingOptions};
use zip::{CompressionMethod, ZipArchive};

/// What tells a drawing's elements from those of a page.
const SVG: &str = "http://www.w3.org/2000/svg";

/// The introduction's page, and the archive that was written beside it.
static BUILT: LazyLock<(String, Vec<u8>)> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let pages = folder.path().join("pages");
    site::build(
        root(),
        &pages,
        &site::More {
            epub: true,
            ..site::More::default()
        },
    )
    .expect("the book can be built");
    let introduction = std::fs::read_to_string(pages.join("introduction.html"));
    let epub = std::fs::read(pages.join("waiting-well.epub"));
    (introduction.expect("a page"), epub.expect("an EPUB"))
});

/// The files of the archive by their path.
static FILES: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let mut archive = archive();
    let paths: Vec<String> = archive
        .file_names()
        .map(|path| path.expect("a path").into_owned())
        .collect();
    let read = |path: String| {
        let mut text = String::new();
        let mut file = archive.by_name(&path).expect("a file");
        file.read_to_string(&mut text).expect("text");
        (path, text)
    };
    paths.into_iter().map(read).collect()
});

fn archive() -> ZipArchive<Cursor<&'static [u8]>> {
    ZipArchive::new(Cursor::new(BUILT.1.as_slice())).expect("an archive")
}

fn parse(path: &str) -> Result<Document<'static>, String> {
    let text = FILES.get(path).ok_or(format!("{path} is not there"))?;
    let options = ParsingOptions {
        allow_dtd: true,
        ..ParsingOptions::default()
    };
    Document::parse_with_options(text, options)
        .map_err(|why| format!("{path}: {why}"))
}

fn xml(path: &str) -> Document<'static> {
    parse(path).unwrap_or_else(|why| panic!("{why}"))
}

fn elements<'a>(
    document: &'a Document<'static>,
    name: &'a str,
) -> impl Iterator<Item = Node<'a, 'static>> {
    let all = document.descendants();
    all.filter(move |node| node.tag_name().name() == name)
}

/// The pages of the archive with what they are parsed to.
fn pages() -> Vec<(&'static str, Document<'static>)> {
    let paths = FILES.keys().filter(|path| path.ends_with(".xhtml"));
    paths.map(|path| (path.as_str(), xml(path))).collect()
}

/// `target` as seen from the file `from`, without `..`.
fn within(from: &str, target: &str) -> String {
    let mut path = PathBuf::from(from);
    path.pop();
    for component in Path::new(target).components() {
        match component {
            Component::ParentDir => {
                path.pop();
            }
            other => path.push(other),
        }
    }
    path.display().to_string()
}

/// What links of a page lead nowhere.
fn broken(
    from: &str,
    page: &Document,
    places: &BTreeMap<String, BTreeSet<String>>,
) -> Vec<String> {
    let links = page.descendants().flat_map(|node| {
        ["href", "src"]
            .into_iter()
            .filter_map(move |name| node.attribute(name))
    });
    let leads_nowhere = |link: &&str| {
        let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
        let to = match path {
            "" => from.to_owned(),
            path => within(from, path),
        };
        let there = places.get(&to);
        !there.is_some_and(|ids| anchor.is_empty() || ids.contains(anchor))
    };
    links
        .filter(|link| !link.contains("://"))
        .filter(leads_nowhere)
        .map(|link| format!("{from}: {link}"))
        .collect()
}

#[test]
fn programs_can_tell_what_kind_of_file_it_is() {
    let mut archive = archive();
    let mut first = archive.by_index(0).expect("a file");
    assert_eq!(first.name().expect("a path"), "mimetype");
    assert_eq!(first.compression(), CompressionMethod::Stored);
    let mut text = String::new();
    first.read_to_string(&mut text).expect("text");
    assert_eq!(text, "application/epub+zip");
    let container = xml("META-INF/container.xml");
    let package = elements(&container, "rootfile")
        .next()
        .and_then(|file| file.attribute("full-path"));
    assert_eq!(package, Some("OEBPS/package.opf"));
}

#[test]
fn every_page_is_xml_and_its_ids_are_its_own() {
    let mut faults = Vec::new();
    for path in FILES.keys().filter(|path| path.ends_with(".xhtml")) {
        match parse(path) {
            Err(why) => faults.push(why),
            Ok(page) => {
                let mut ids = BTreeSet::new();
                let all = page.descendants();
                let twice = all
                    .filter_map(|node| node.attribute("id"))
                    .filter(|id| !ids.insert(id.to_string()));
                faults.extend(twice.map(|id| format!("{path}: two {id}")));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_package_names_every_file_and_reads_every_page_once() {
    let package = xml("OEBPS/package.opf");
    let mut ids = BTreeMap::new();
    for item in elements(&package, "item") {
        let path = item.attribute("href").expect("a path");
        let path = format!("OEBPS/{path}");
        let is_drawn = FILES[&path].contains("<svg");
        let properties = item.attribute("properties").unwrap_or_default();
        assert_eq!(properties == "svg", is_drawn, "{path}");
        ids.insert(item.attribute("id").expect("an id"), path);
    }
    let named: BTreeSet<&String> = ids.values().collect();
    let all: BTreeSet<&String> = FILES
        .keys()
        .filter(|path| path.starts_with("OEBPS/"))
        .filter(|path| !path.ends_with(".opf"))
        .collect();
    assert_eq!(named, all);
    let mut read: Vec<&String> = elements(&package, "itemref")
        .map(|item| &ids[item.attribute("idref").expect("an id")])
        .collect();
    read.sort();
    let pages: Vec<&String> =
        all.into_iter().filter(|p| p.ends_with(".xhtml")).collect();
    assert_eq!(read, pages);
}

#[test]
fn every_link_leads_somewhere() {
    let pages = pages();
    let mut places: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for path in FILES.keys() {
        places.insert(path.clone(), BTreeSet::new());
    }
    for (path, page) in &pages {
        let ids = page.descendants().filter_map(|node| node.attribute("id"));
        places.insert((*path).to_owned(), ids.map(str::to_owned).collect());
    }
    let found: Vec<String> = pages
        .iter()
        .flat_map(|(path, page)| broken(path, page, &places))
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
    let lie = Document::parse(
        "<p><a href=\"gone.xhtml\"/><a href=\"#gone\"/><img src=\"x.png\"/></p>",
    );
    let lie = lie.expect("XML");
    assert_eq!(broken("OEBPS/introduction.xhtml", &lie, &places).len(), 3);
}

#[test]
fn the_contents_are_those_of_the_summary() {
    let contents = xml("OEBPS/contents.xhtml");
    let titles: Vec<String> = elements(&contents, "a")
        .filter_map(|link| link.text().map(str::to_owned))
        .collect();
    let summary = std::fs::read_to_string(root().join("src/SUMMARY.md"));
    let summary = summary.expect("a summary");
    // A reader's list of contents knows no code.
    let summary = summary.replace('`', "");
    // The first line is the title of the summary; the cover comes before all others.
    let named: Vec<&str> = summary
        .lines()
        .skip(1)
        .filter_map(|line| match line.split_once('[') {
            Some((_, link)) => link.split(']').next(),
            None => line.strip_prefix("# "),
        })
        .collect();
    assert_eq!(titles[0], "Waiting Well");
    assert_eq!(&titles[1..], named);
}

#[test]
fn every_program_is_whole_and_every_run_is_drawn() {
    let pages = pages();
    let mut blocks: BTreeSet<&str> = BTreeSet::new();
    let texts: Vec<String> = pages
        .iter()
        .flat_map(|(_, page)| elements(page, "pre"))
        .map(|pre| {
            let parts = pre.descendants().filter(Node::is_text);
            parts.filter_map(|part| part.text()).collect()
        })
        .collect();
    blocks.extend(texts.iter().map(String::as_str));
    let drawn: BTreeSet<&str> = pages
        .iter()
        .flat_map(|(_, page)| elements(page, "svg"))
        .filter(|svg| svg.tag_name().namespace() == Some(SVG))
        .filter_map(|svg| svg.attribute("aria-labelledby"))
        .collect();
    let (manuscript, _) = Manuscript::collect(root());
    for listing in manuscript.listings.iter() {
        let source = listing.shown_source();
        assert!(blocks.contains(source.as_str()), "no {}", listing.name);
        if !listing.must_not_compile() {
            let title = format!("listing-{}-timeline-title", listing.name);
            assert!(drawn.contains(title.as_str()), "no drawing: {title}");
        }
    }
}

#[test]
fn nothing_needs_a_script_or_a_variable() {
    for (path, text) in FILES.iter() {
        // One chapter shows a directive, as mere text.
        let text = text.replace("{{#quote sum-blocking Time: 3.0 sec}}", "");
        for left in ["<script", "var(--", "class=\"player\"", "{{#"] {
            assert!(!text.contains(left), "{path} has {left}");
        }
    }
}

#[test]
fn the_introduction_offers_it() {
    assert!(BUILT.0.contains("href=\"waiting-well.epub\""));
}
