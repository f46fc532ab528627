//! The whole book as one EPUB, a file for e-readers: the chapters as the pages have them,
//! but for what needs a script, in a zip archive with a table of contents.
//!
//! What it must hold is said by <https://www.w3.org/TR/epub-33/>:
//!
//! ```text
//! mimetype                  first, and not compressed
//! META-INF/container.xml    where the package is
//! OEBPS/package.opf         what there is, and in which order it is read
//! OEBPS/contents.xhtml      the table of contents
//! OEBPS/…                   a style sheet, a cover, a page for each part and chapter
//! ```

mod xhtml;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};
use mdbook_driver::book::{Book, BookItem};
use mdbook_driver::config::Config;
use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::figure::html;
use crate::highlight;
use crate::laboratory;
use crate::lints::links::id_of;
use crate::preprocess::Manuscript;
use crate::text::SOURCE;

/// How the pages look. Their colors are the light ones of `theme/`.
const STYLE: &str = include_str!("epub/style.css");

/// The colors that drawings name; not every reader knows variables.
const COLORS: [(&str, &str); 14] = [
    ("--fg", "#1f252e"),
    ("--bg", "#ffffff"),
    ("--figure-line", "#c9ced6"),
    ("--figure-ground", "#f6f8fa"),
    ("--figure-quiet", "#50586a"),
    ("--figure-accent", "#0b62a8"),
    ("--runs", "#0b62a8"),
    ("--waits", "#5d6778"),
    ("--blocked", "#b3261e"),
    ("--on-blocked", "#ffffff"),
    ("--axis", "#d9dde4"),
    ("--code-comment", "#566072"),
    ("--code-string", "#0a5c2e"),
    ("--code-keyword", "#7a1fa2"),
];

/// A file of the book that is read in its turn.
struct Page {
    /// Its path in the archive, below `OEBPS/`.
    path: String,
    title: String,
    /// Whether it stands below a part in the table of contents.
    in_part: bool,
    body: String,
}

/// The name of the EPUB of a book with this title, such as `waiting-well.epub`.
pub fn name(config: &Config) -> String {
    let title = config.book.title.as_deref().unwrap_or("book");
    format!("{}.epub", id_of(title))
}

/// The EPUB of a book. `book` tells the order of its chapters.
///
/// # Errors
/// Everything that is wrong with a directive, or if the archive can't be made.
pub fn make(
    manuscript: &Manuscript,
    book: &Book,
    config: &Config,
) -> Result<Vec<u8>> {
    let pages = pages(manuscript, book, config)?;
    let language = config.book.language.as_deref().unwrap_or("en");
    let mut archive = Archive::new()?;
    archive.add("META-INF/container.xml", CONTAINER)?;
    archive.add(
        "OEBPS/package.opf",
        &package(manuscript, config, language, &pages),
    )?;
    archive.add("OEBPS/style.css", &in_color(STYLE))?;
    let contents = document(language, CONTENTS, "Contents", &contents(&pages));
    archive.add(&format!("OEBPS/{CONTENTS}"), &contents)?;
    for Page {
        path, title, body, ..
    } in &pages
    {
        let text = document(language, path, title, &in_color(body));
        archive.add(&format!("OEBPS/{path}"), &text)?;
    }
    archive.finish()
}

/// The path of the table of contents, and of the page before it.
const CONTENTS: &str = "contents.xhtml";
const COVER: &str = "cover.xhtml";

const CONTAINER: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles>
<rootfile full-path="OEBPS/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"#;

/// The cover, and a page for each part and each chapter, in the order of `SUMMARY.md`.
fn pages(
    manuscript: &Manuscript,
    book: &Book,
    config: &Config,
) -> Result<Vec<Page>> {
    let mut pages = vec![cover(config)];
    let mut parts = 0;
    let mut in_part = false;
    for item in book.iter() {
        match item {
            BookItem::PartTitle(title) => {
                parts += 1;
                in_part = true;
                pages.push(Page {
                    path: format!("part-{parts}.xhtml"),
                    title: title.clone(),
                    in_part: false,
                    body: format!("<h1 class=\"part\">{}</h1>\n", html(title)),
                });
            }
            BookItem::Separator => in_part = false,
            BookItem::Chapter(chapter) => {
                let Some(path) = &chapter.source_path else {
                    continue;
                };
                let file = Path::new(SOURCE).join(path);
                let source = manuscript
                    .chapters
                    .iter()
                    .find(|chapter| chapter.file == file)
                    .with_context(|| format!("no {}", file.display()))?;
                let markdown = manuscript.expand(source)?.markdown;
                let html = rendered(&highlight::blocks(&markdown));
                let path = path.to_string_lossy().replace('\\', "/");
                pages.push(Page {
                    path: linked(&path),
                    title: chapter.name.clone(),
                    in_part,
                    body: xhtml::from_html(&html, linked),
                });
            }
        }
    }
    Ok(pages)
}

fn cover(config: &Config) -> Page {
    let title = config.book.title.clone().unwrap_or_default();
    let description = config.book.description.as_deref().unwrap_or_default();
    let authors = config.book.authors.join(", ");
    let body = format!(
        "<section class=\"cover\" epub:type=\"cover\">\n<h1>{}</h1>\n<p>{}</p>\n\
         <p>{}</p>\n</section>\n",
        html(&title),
        html(description),
        html(&authors)
    );
    Page {
        path: COVER.to_owned(),
        title,
        in_part: false,
        body,
    }
}

/// Where a link leads within the archive: a chapter's page instead of its text. An archive
/// runs nothing, so an experiment is the laboratory's page as it is.
fn linked(target: &str) -> String {
    if target.contains("://") {
        return target.to_owned();
    }
    let (path, anchor) = match target.split_once('#') {
        Some((path, anchor)) => (path, format!("#{anchor}")),
        None => (target, String::new()),
    };
    let (path, anchor) = match laboratory::is_setup(&anchor) {
        true if path.is_empty() => ("laboratory.md", String::new()),
        true => (path, String::new()),
        false => (path, anchor),
    };
    match path.strip_suffix(".md") {
        Some(path) => format!("{path}.xhtml{anchor}"),
        None => target.to_owned(),
    }
}

/// A chapter's Markdown as HTML, with the ids that mdBook gives its headings.
fn rendered(markdown: &str) -> String {
    // Those of mdBook.
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_SMART_PUNCTUATION
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM;
    let mut events: Vec<Event> = Parser::new_ext(markdown, options).collect();
    let mut known = BTreeSet::new();
    for start in 0..events.len() {
        if !matches!(&events[start], Event::Start(Tag::Heading { .. })) {
            continue;
        }
        let title: String = events[start..]
            .iter()
            .take_while(|event| {
                !matches!(event, Event::End(TagEnd::Heading(_)))
            })
            .filter_map(|event| match event {
                Event::Text(text) | Event::Code(text) => Some(text.as_ref()),
                _ => None,
            })
            .collect();
        let first = id_of(&title);
        let more = (1..).map(|number| format!("{first}-{number}"));
        let new = std::iter::once(first.clone())
            .chain(more)
            .find(|id| known.insert(id.clone()));
        if let Event::Start(Tag::Heading { id, .. }) = &mut events[start] {
            *id = id.take().or(new.map(CowStr::from));
        }
    }
    let mut html = String::new();
    pulldown_cmark::html::push_html(&mut html, events.into_iter());
    html
}

/// The text with the colors in the place of their names.
fn in_color(text: &str) -> String {
    COLORS.iter().fold(text.to_owned(), |text, (name, color)| {
        text.replace(&format!("var({name})"), color)
    })
}

/// A whole document of the archive. `path` is where it will stand.
fn document(language: &str, path: &str, title: &str, body: &str) -> String {
    let up = "../".repeat(path.matches('/').count());
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n\
         <html xmlns=\"http://www.w3.org/1999/xhtml\" \
         xmlns:epub=\"http://www.idpf.org/2007/ops\" \
         lang=\"{language}\" xml:lang=\"{language}\">\n\
         <head>\n<title>{}</title>\n\
         <link rel=\"stylesheet\" type=\"text/css\" href=\"{up}style.css\"/>\n\
         </head>\n<body>\n{body}</body>\n</html>\n",
        html(title)
    )
}

/// The table of contents: parts, and in them chapters.
fn contents(pages: &[Page]) -> String {
    let mut list = String::new();
    let mut open = false;
    let mut pages = pages.iter().peekable();
    while let Some(page) = pages.next() {
        let link =
            format!("<a href=\"{}\">{}</a>", page.path, html(&page.title));
        let next_in_part = pages.peek().is_some_and(|next| next.in_part);
        if page.in_part {
            let _ = writeln!(list, "<li>{link}</li>");
        } else if next_in_part {
            let _ = writeln!(list, "<li>{link}\n<ol>");
            open = true;
        } else {
            let _ = writeln!(list, "<li>{link}</li>");
        }
        if open && !next_in_part {
            list += "</ol>\n</li>\n";
            open = false;
        }
    }
    format!(
        "<nav epub:type=\"toc\">\n<h1>Contents</h1>\n<ol>\n{list}</ol>\n</nav>\n"
    )
}

/// What there is in the archive, and in which order it is read.
fn package(
    manuscript: &Manuscript,
    config: &Config,
    language: &str,
    pages: &[Page],
) -> String {
    let title = config.book.title.as_deref().unwrap_or_default();
    // Where the book comes from tells it from all others.
    let id = manuscript.repository.as_deref().unwrap_or(title);
    let mut about = String::new();
    if let Some(description) = &config.book.description {
        let _ = writeln!(
            about,
            "<dc:description>{}</dc:description>",
            html(description)
        );
    }
    for author in &config.book.authors {
        let _ = writeln!(about, "<dc:creator>{}</dc:creator>", html(author));
    }
    let (mut items, mut order) = (String::new(), String::new());
    for (number, page) in pages.iter().enumerate() {
        let properties = match page.body.contains("<svg") {
            true => " properties=\"svg\"",
            false => "",
        };
        let _ = writeln!(
            items,
            "<item id=\"page-{number}\" href=\"{}\" \
             media-type=\"application/xhtml+xml\"{properties}/>",
            page.path
        );
        let _ = writeln!(order, "<itemref idref=\"page-{number}\"/>");
        if page.path == COVER {
            order += "<itemref idref=\"contents\"/>\n";
        }
    }
    let now = SystemTime::now();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" \
         unique-identifier=\"id\" xml:lang=\"{language}\">\n\
         <metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n\
         <dc:identifier id=\"id\">{}</dc:identifier>\n\
         <dc:title>{}</dc:title>\n<dc:language>{language}</dc:language>\n{about}\
         <meta property=\"dcterms:modified\">{}</meta>\n\
         </metadata>\n<manifest>\n\
         <item id=\"style\" href=\"style.css\" media-type=\"text/css\"/>\n\
         <item id=\"contents\" href=\"{CONTENTS}\" \
         media-type=\"application/xhtml+xml\" properties=\"nav\"/>\n\
         {items}</manifest>\n<spine>\n{order}</spine>\n</package>\n",
        html(id),
        html(title),
        date(now.duration_since(UNIX_EPOCH).unwrap_or_default()),
    )
}

/// The date and time, in UTC, such as `2024-02-29T12:00:00Z`, when this much has passed
/// since the beginning of 1970.
fn date(since_1970: Duration) -> String {
    let is_leap = |year: u64| {
        year.is_multiple_of(4)
            && (!year.is_multiple_of(100) || year.is_multiple_of(400))
    };
    let seconds = since_1970.as_secs();
    let (mut days, time) = (seconds / 86_400, seconds % 86_400);
    let mut year = 1970;
    while days >= 365 + u64::from(is_leap(year)) {
        days -= 365 + u64::from(is_leap(year));
        year += 1;
    }
    let february = 28 + u64::from(is_leap(year));
    let lengths = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let mut month = 1;
    for length in lengths {
        if days < length {
            break;
        }
        days -= length;
        month += 1;
    }
    format!(
        "{year}-{month:02}-{:02}T{:02}:{:02}:{:02}Z",
        days + 1,
        time / 3600,
        time / 60 % 60,
        time % 60
    )
}

/// The zip archive while it is filled.
struct Archive(ZipWriter<Cursor<Vec<u8>>>);

impl Archive {
    fn new() -> Result<Archive> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        // Programs tell the kind of file by this entry's place.
        let stored = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Stored);
        zip.start_file("mimetype", stored)?;
        zip.write_all(b"application/epub+zip")?;
        Ok(Archive(zip))
    }

    fn add(&mut self, path: &str, text: &str) -> Result<()> {
        let deflated = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated);
        self.0.start_file(path, deflated)?;
        Ok(self.0.write_all(text.as_bytes())?)
    }

    fn finish(self) -> Result<Vec<u8>> {
        Ok(self.0.finish()?.into_inner())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_to_pages_of_the_archive() {
        for (from, to) in [
            ("../a/b.md#c", "../a/b.xhtml#c"),
            ("a.md", "a.xhtml"),
            ("#c", "#c"),
            ("../laboratory.md#how=turn", "../laboratory.xhtml"),
            ("#how=turn", "laboratory.xhtml"),
            ("https://a.example/b.md", "https://a.example/b.md"),
        ] {
            assert_eq!(linked(from), to);
        }
    }

    #[test]
    fn headings_have_ids_and_numbers_if_they_come_again() {
        let html = rendered("# A `b`\n\n## Why?\n\n## Why?\n\n## C {#d}\n");
        for heading in [
            "<h1 id=\"a-b\">",
            "<h2 id=\"why\">",
            "<h2 id=\"why-1\">",
            "<h2 id=\"d\">",
        ] {
            assert!(html.contains(heading), "{html}");
        }
    }

    #[test]
    fn dates_know_leap_years() {
        for (seconds, text) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_735_689_599, "2024-12-31T23:59:59Z"),
        ] {
            assert_eq!(date(Duration::from_secs(seconds)), text);
        }
    }

    #[test]
    fn parts_hold_their_chapters_in_the_contents() {
        let page = |path: &str, in_part| Page {
            path: path.to_owned(),
            title: path.to_uppercase(),
            in_part,
            body: String::new(),
        };
        let pages = [
            page("a", false),
            page("b", false),
            page("c", true),
            page("d", true),
            page("e", false),
        ];
        let contents = contents(&pages).replace('\n', "");
        let list = contents.split("</h1>").nth(1).expect("a list");
        assert_eq!(
            list,
            "<ol><li><a href=\"a\">A</a></li><li><a href=\"b\">B</a><ol>\
             <li><a href=\"c\">C</a></li><li><a href=\"d\">D</a></li></ol></li>\
             <li><a href=\"e\">E</a></li></ol></nav>"
        );
    }
}
