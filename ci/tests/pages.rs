//! The finished pages: what stands on them comes from somewhere that is checked, every
//! link leads somewhere, and their structure is sound.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};
use std::sync::LazyLock;

use book::files;
use book::laboratory;
use book::preprocess::Manuscript;
use book::prose::Prose;
use book::site;
use common::root;
use scraper::{ElementRef, Html, Selector};

/// The pages of this book by their path, the ids in each of them, and the names of all
/// files beside them.
struct Site {
    pages: BTreeMap<String, String>,
    ids: BTreeMap<String, BTreeSet<String>>,
    files: BTreeSet<String>,
}

static SITE: LazyLock<Site> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let pages = folder.path().join("pages");
    site::build(root(), &pages, &site::More::default())
        .expect("the book can be built");
    let files = files::below(&pages);
    let names = files.keys().cloned().collect();
    let pages: BTreeMap<String, String> = files
        .into_iter()
        // The sidebar for readers without JavaScript is no page of its own.
        .filter(|(name, _)| name.ends_with(".html") && name != "toc.html")
        .map(|(name, bytes)| (name, String::from_utf8(bytes).expect("text")))
        .collect();
    let ids = pages.iter().map(|(name, page)| (name.clone(), ids(page)));
    Site {
        ids: ids.collect(),
        pages,
        files: names,
    }
});

fn ids(page: &str) -> BTreeSet<String> {
    let parts = page.split(" id=\"").skip(1);
    let ids = parts.filter_map(|part| part.split('"').next());
    ids.map(str::to_owned).collect()
}

fn select<'a>(html: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    let selector = Selector::parse(selector).expect("a selector");
    html.select(&selector).collect()
}

fn text(element: ElementRef) -> String {
    element.text().collect()
}

/// Fails with everything that was found, if anything was.
fn none(found: Vec<String>) {
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// All that a block of code on a page may be.
struct Known {
    /// A program or a part of it, what a program prints or what is said about it, or a
    /// block of a chapter that is checked as such.
    blocks: BTreeSet<String>,
    /// The lines of the programs, of which a difference shows some.
    lines: BTreeSet<String>,
}

impl Known {
    fn of(manuscript: &Manuscript) -> Known {
        let mut blocks = BTreeSet::new();
        let mut lines = BTreeSet::new();
        for listing in manuscript.listings.iter() {
            lines.extend(listing.source.lines().map(str::to_owned));
            blocks.insert(listing.shown_source());
            blocks.extend(listing.python.clone());
            blocks.extend(listing.scenery.values().cloned());
            let marks = listing.source.lines();
            let anchors =
                marks.filter_map(|line| line.trim().strip_prefix("// ANCHOR:"));
            blocks.extend(anchors.filter_map(|name| listing.part(name.trim())));
            let golden = manuscript.golden(listing).expect("a golden");
            blocks.extend(golden.texts().map(str::to_owned));
            let exercise = listing.exercise.iter();
            blocks.extend(exercise.map(|exercise| exercise.solution.clone()));
        }
        for chapter in &manuscript.chapters {
            let of_chapter = Prose::of(chapter).blocks.into_iter();
            blocks.extend(of_chapter.map(|block| block.text));
        }
        let blocks = blocks.iter().map(|text| text.trim().to_owned());
        Known {
            blocks: blocks.collect(),
            lines,
        }
    }
}

/// The first line of a block on a page of which nobody knows where it comes from.
fn unknown_blocks(page: &str, known: &Known) -> Vec<String> {
    let html = Html::parse_document(page);
    let mut unknown = Vec::new();
    for pre in select(&html, "pre") {
        let text = text(pre);
        let in_diff = pre
            .ancestors()
            .filter_map(ElementRef::wrap)
            .any(|element| element.attr("class") == Some("diff"));
        let is_known = match in_diff {
            // Each line of a difference is one of a listing, behind its mark.
            true => text.lines().all(|line| {
                let code = line.get(1..).unwrap_or_default();
                line == "…" || known.lines.contains(code)
            }),
            false => known.blocks.contains(text.trim()),
        };
        if !is_known {
            let line = text.lines().next().unwrap_or_default();
            unknown.push(line.to_owned());
        }
    }
    unknown
}

#[test]
fn every_block_on_every_page_is_known() {
    let manuscript = Manuscript::read(root()).expect("a book");
    let known = Known::of(&manuscript);
    let mut found = Vec::new();
    let mut blocks = 0;
    for (name, page) in &SITE.pages {
        blocks += page.matches("<pre").count();
        let unknown = unknown_blocks(page, &known);
        let said = unknown.iter().map(|line| format!("{name}: {line}"));
        found.extend(said);
    }
    assert!(blocks > manuscript.listings.len(), "only {blocks} blocks");
    none(found);
    let lie = "<figure class=\"diff\"><pre>+    let x = 7;</pre></figure>\
               <pre>fn main() {}</pre><pre>Time: 4.0</pre>";
    assert_eq!(unknown_blocks(lie, &known).len(), 3);
}

/// `target` as seen from `page`, without `..`; none if it leads out of the site.
fn within(page: &str, target: &str) -> Option<String> {
    let mut path = PathBuf::from(page);
    path.pop();
    for component in Path::new(target).components() {
        match component {
            Component::ParentDir => {
                path.pop().then_some(())?;
            }
            Component::CurDir => {}
            other => path.push(other),
        }
    }
    Some(path.display().to_string())
}

/// What a page refers to and the site doesn't have.
fn broken_references(name: &str, page: &str, site: &Site) -> Vec<String> {
    let html = Html::parse_document(page);
    let mut broken = Vec::new();
    let base = select(&html, "base[href]").pop();
    // The page for what is not found may be shown at any address.
    let at = base.map_or(name, |_| "404.html");
    for element in select(&html, "[href], [src]") {
        if element.value().name() == "base" {
            continue;
        }
        let target = element.attr("href").or(element.attr("src"));
        let target = target.unwrap_or_default();
        if target.contains("://") || target.starts_with("data:") {
            continue;
        }
        let (path, anchor) = match target.split_once('#') {
            Some((path, anchor)) => (path, Some(anchor)),
            None => (target, None),
        };
        let path = match path {
            "" => Some(at.to_owned()),
            path => within(at, path),
        };
        let known = path.as_ref().filter(|path| site.files.contains(*path));
        let Some(path) = known else {
            broken.push(format!("{name}: {target} is not there"));
            continue;
        };
        let Some(anchor) = anchor.filter(|anchor| !anchor.is_empty()) else {
            continue;
        };
        // Settings of an experiment; the lint of the links has judged them. On the one page
        // of the whole book mdBook leaves nothing else of a link.
        let is_laboratory =
            ["laboratory.html", "print.html"].contains(&&**path);
        if is_laboratory && laboratory::is_setup(anchor) {
            continue;
        }
        if !site.ids.get(path).is_some_and(|ids| ids.contains(anchor)) {
            broken.push(format!("{name}: {target} has no such place"));
        }
    }
    broken
}

#[test]
fn every_link_and_every_file_of_every_page_is_there() {
    let mut broken = Vec::new();
    for (name, page) in &SITE.pages {
        broken.extend(broken_references(name, page, &SITE));
    }
    none(broken);
    let lie = "<a href=\"gone.html\"></a><a href=\"#gone\"></a><img src=\"../x.png\">\
               <a href=\"introduction.html#gone\"></a>";
    assert_eq!(broken_references("introduction.html", lie, &SITE).len(), 4);
}

/// What is wrong with the structure of a page.
fn faults_of_structure(name: &str, page: &str) -> Vec<String> {
    let html = Html::parse_document(page);
    let mut faults = Vec::new();
    let mut ids = BTreeSet::new();
    for element in select(&html, "[id]") {
        let id = element.attr("id").unwrap_or_default();
        if !ids.insert(id) {
            faults.push(format!("{name}: two elements have the id {id}"));
        }
    }
    // The whole book on one page has as many titles as chapters.
    let titles = select(&html, "main h1").len();
    if titles != 1 && name != "print.html" {
        faults.push(format!("{name}: {titles} titles"));
    }
    let mut last = 1;
    for heading in select(&html, "main :is(h1, h2, h3, h4, h5, h6)") {
        let level: usize = heading.value().name()[1..].parse().unwrap_or(1);
        if level > last + 1 {
            let words = text(heading);
            faults.push(format!("{name}: a level is left out above {words}"));
        }
        last = level;
    }
    for image in select(&html, "main img") {
        if image.attr("alt").is_none_or(str::is_empty) {
            faults.push(format!("{name}: a picture has no words"));
        }
    }
    for svg in select(&html, "main svg[role=img]") {
        let named = ["aria-label", "aria-labelledby"];
        let has_name = named.iter().any(|name| svg.attr(name).is_some());
        if !has_name && !svg.html().contains("<title>") {
            faults.push(format!("{name}: a drawing has no words"));
        }
    }
    faults
}

#[test]
fn every_page_is_of_sound_structure() {
    let faults: Vec<String> = SITE
        .pages
        .iter()
        .flat_map(|(name, page)| faults_of_structure(name, page))
        .collect();
    none(faults);
    let lie = "<main><h1 id=\"a\">A</h1><h3 id=\"a\">B</h3><h1>C</h1><img src=\"x\">\
               <svg role=\"img\"></svg></main>";
    assert_eq!(faults_of_structure("lie", lie).len(), 5);
}
