//! Saving a listing while the book is served: it is compiled and run, and terminal and pages
//! say what it does now and how that differs from the golden, until it is blessed.

mod common;

use std::io::{BufRead, BufReader};
use std::time::Instant;

use common::server::Server;
use common::{Fixture, GREETS, greeting, is_empty};
use serde_json::Value;

/// A program that prints a line, waits a little, and prints another one.
fn program(first: &str) -> String {
    format!(
        "fn main() {{\n    println!(\"{first}\");\n    \
         std::thread::sleep(std::time::Duration::from_millis(300));\n    \
         println!(\"the <end>\");\n}}\n"
    )
}

/// What a page hears of `greets`: what it shows, each time that this is something else;
/// nothing if there is nothing to show anymore.
fn news(server: &Server) -> impl Iterator<Item = Option<String>> + use<> {
    let stream = server.open("/live", "");
    stream
        .set_read_timeout(Some(std::time::Duration::from_secs(60)))
        .expect("a timeout");
    let lines = BufReader::new(stream).lines().map_while(Result::ok);
    lines.filter_map(|line| {
        let panels: Value =
            serde_json::from_str(line.strip_prefix("data:")?.trim())
                .expect("JSON");
        let panels = panels.as_array().expect("a list");
        let own = panels.iter().find(|panel| panel["listing"] == "greets");
        Some(own.map(|panel| panel["html"].as_str().expect("HTML").to_owned()))
    })
}

/// Waits until the page shows something with these texts.
fn wait_for(
    news: &mut impl Iterator<Item = Option<String>>,
    texts: &[&str],
) -> String {
    let mut heard = Vec::new();
    for html in news {
        let html = html.unwrap_or_default();
        if texts.iter().all(|text| html.contains(text)) {
            return html;
        }
        heard.push(html);
    }
    panic!("{texts:?} is not in {heard:#?}");
}

fn save(book: &Fixture, source: &str) {
    book.write("listings/part/greets/src/main.rs", source);
}

#[test]
fn a_saved_listing_is_run_and_shown_beside_its_golden_until_it_is_blessed() {
    let book = greeting();
    let mut server = Server::start(&book, &["--port", "0"]);
    let mut news = news(&server);
    assert_eq!(news.next(), Some(None), "nothing has changed yet");
    let page = server.get("/start.html", "");
    assert!(page.contains("src=\"/theme/live.js\""), "{page}");

    save(&book, &program("good morning"));
    let start = Instant::now();
    wait_for(&mut news, &["is being compiled"]);
    let html =
        wait_for(&mut news, &["the changed program runs", "good morning"]);
    println!("its first line came after {:.2?}", start.elapsed());
    assert!(
        !html.contains("the &lt;end&gt;"),
        "all came at once: {html}"
    );
    wait_for(
        &mut news,
        &[
            "<strong>Not blessed yet:</strong> it does something else now",
            "<code>cargo run -- bless greets</code> accepts it",
            "<svg",
            "the &lt;end&gt;",
            "`greets` printed something else\n  --&gt; listings/part/greets/output.txt:1",
            "- hello",
            "+ good morning",
        ],
    );
    server.wait_for_line("differs  greets");
    server.wait_for_line("`greets` printed something else");
    // The golden stays on the page, which is built all the same.
    server.wait_for_page("/start.html", "good morning");
    assert!(server.get("/start.html", "").contains("hello"));

    let said = book.run(&["bless", "greets"]);
    assert!(said.success, "{}", said.text);
    while news.next().expect("an event").is_some() {}

    // The same lines from another source: bless notes that.
    save(
        &book,
        &program("good morning").replace("fn main", "\nfn main"),
    );
    wait_for(&mut news, &["it does what the golden says"]);
    server.wait_for_line("agrees  greets");
}

#[test]
fn what_does_not_compile_shows_the_messages_of_the_compiler() {
    let book = greeting();
    // Without an editor as well: whoever saves a file is no page.
    let mut server = Server::start(&book, &["--port", "0", "--no-edit"]);
    let mut news = news(&server);
    save(&book, "fn main() {\n    let n: u32 = \"<three>\";\n}\n");
    wait_for(
        &mut news,
        &[
            "it can't become the golden as it is",
            "`greets` does not compile",
            "error[E0308]: mismatched types",
            "listings/part/greets/src/main.rs:2:18",
            "&lt;three&gt;",
        ],
    );
    server.wait_for_line("error[E0308]: mismatched types");
    save(&book, GREETS);
    while news.next().expect("an event").is_some() {}
}

#[test]
fn a_newer_version_ends_the_run_of_the_older_one_and_the_server_ends_the_last()
{
    let book = greeting();
    let mut server = Server::start(&book, &["--port", "0"]);
    let mut news = news(&server);
    // Each would write a file if it lived for long enough.
    let waits = |name: &str| {
        format!(
            "fn main() {{\n    println!(\"{name}\");\n    \
             std::thread::sleep(std::time::Duration::from_secs(3));\n    \
             std::fs::write(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/survived\"), \"\")\
             .unwrap();\n}}\n"
        )
    };
    save(&book, &waits("one"));
    wait_for(&mut news, &["the changed program runs", "one"]);
    save(&book, &waits("two"));
    wait_for(&mut news, &["the changed program runs", "two"]);
    let start = Instant::now();
    common::server::interrupt(server.child.id());
    server.child.wait().expect("it ends");
    assert!(start.elapsed().as_secs_f64() < 2.0, "{:?}", start.elapsed());
    std::thread::sleep(std::time::Duration::from_secs(4));
    let target = book.path().join("target/edit");
    let left = book::files::below(&target).into_keys();
    let left: Vec<String> =
        left.filter(|file| file.ends_with("survived")).collect();
    assert!(left.is_empty(), "a program went on: {left:?}");
    assert!(is_empty(&target.join(".running")));
}

#[test]
fn the_published_pages_know_nothing_of_it() {
    let book = greeting();
    let said = book.run(&["build"]);
    assert!(said.success, "{}", said.text);
    assert!(!book.read("book/start.html").contains("live"));
    // And there, a golden of another program is a fault.
    save(&book, &program("good morning"));
    let said = book.run(&["build"]);
    assert!(!said.success);
    said.has(&["was recorded by another program than the one that stands"]);
}
