//! The tool on small books, from outside.

mod common;

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::process::Stdio;
use std::time::{Duration, Instant};

use common::server::Server;
#[cfg(unix)]
use common::server::interrupt;
use common::{Fixture, GREETS, greeting};

#[test]
fn a_table_of_what_was_not_measured_is_a_fault() {
    let book = greeting();
    book.write(
        "src/start.md",
        "# Start\n\n{{#listing greets}}\n\n{{#measured ways}}\n\n{{#measured faults}}\n",
    );
    book.write("ci/measured/faults.json", "{\"kinds\": []}\n");
    let said = book.run(&["build"]);
    assert!(!said.success);
    said.has(&[
        "error: ci/measured/ways.json can't be read: ",
        "  --> src/start.md:5\n  help: measure again, which writes it: \
         cargo run --release -- bench ways",
        "error: ci/measured/faults.json can't be read: missing field `toolchain`",
        "  --> src/start.md:7\n  help: measure again, which writes it: \
         cargo run -- self-test --write",
    ]);
    book.write(
        "ci/measured/faults.json",
        "{\"toolchain\": \"rustc 1.95.0\", \"listings\": 1, \"chapters\": 1, \
         \"date\": \"2026-11-25\", \"kinds\": [{\"kind\": \"a word\", \
         \"planted\": 3, \"caught\": 3, \"excused\": []}]}\n",
    );
    book.write(
        "src/start.md",
        "# Start\n\n{{#listing greets}}\n\n{{#measured faults}}\n",
    );
    assert!(book.run(&["build"]).success);
    let page = book.read("book/start.html");
    assert!(page.contains("<td>a word</td>"), "{page}");
}

#[test]
fn everything_that_is_wrong_with_a_book_is_said_at_once() {
    let book = greeting();
    book.listing("unused", GREETS, "");
    book.golden("unused", "hello\n", 0.0);
    book.listing("no-golden", GREETS, "");
    book.listing("strange", GREETS, "patience = 3");
    book.listing("no-reason", GREETS, "exit = 3");
    book.golden("no-reason", "hello\n", 0.0);
    book.listing("two-runs", GREETS, "");
    book.golden("two-runs", "hello\n", 0.0);
    book.write("listings/part/two-runs/output.txt", "goodbye\n");
    book.listing("newer", GREETS, "");
    book.golden("newer", "hello\n", 0.0);
    book.write("listings/part/newer/timeline.json", "{\"version\": 99}");
    book.write(
        "listings/other/greets/Cargo.toml",
        "[package]\nname = \"greets\"\nedition = \"2024\"\n",
    );
    book.write("listings/other/greets/src/main.rs", GREETS);
    book.write("src/lost.md", "# Lost\n");
    book.write(
        "src/SUMMARY.md",
        "# Summary\n\n- [Start](start.md)\n- [B](b.md)\n",
    );
    book.write(
        "src/start.md",
        "# Start\n\n{{#listing greets}}\n{{#listing greet}}\n{{#listing greets:end}}\n\
         {{#lising greets}}\n{{#listing no-golden}}\n{{#output two-runs}}\n\
         {{#diff newer no-reason}}\n\n```\nwhat is it?\n```\n\n[Up](../up.md) and \
         [here](#stard), but not [there](https://example.com)\n",
    );
    for arguments in [&["build"][..], &["check"]] {
        let said = book.run(arguments);
        assert!(!said.success);
        said.has(&[
            "a second listing named `greets`, after the one in listings/other/greets\n  --> listings/part/greets/Cargo.toml",
            "no chapter shows the listing `unused`\n  --> listings/part/unused/src/main.rs",
            "the listing `no-golden` has no golden\n  --> listings/part/no-golden/output.txt",
            "unknown field `patience`",
            "  --> listings/part/strange/Cargo.toml:6",
            "`exit` is an exception without a reason\n  --> listings/part/no-reason/Cargo.toml:6",
            "this is not the line that listings/part/two-runs/timeline.json has\n  --> listings/part/two-runs/output.txt:1",
            "the timeline has format version 99; this tool reads 2",
            "SUMMARY.md does not name this chapter\n  --> src/lost.md",
            "there is no chapter b.md\n  --> src/SUMMARY.md:4",
            "there is no listing named `greet`\n  --> src/start.md:4\n  help: did you mean `greets`?",
            "the listing `greets` has no anchor `end`\n  --> src/start.md:5",
            "there is no directive `{{#lising}}`\n  --> src/start.md:6\n  help: did you mean `listing`?",
            "the fenced block doesn't say what it is\n  --> src/start.md:11",
            "the link to ../up.md leads nowhere\n  --> src/start.md:15\n  help: there is no file up.md",
            " errors in the book",
        ]);
    }
}

#[test]
fn a_link_to_a_heading_that_is_not_there_is_caught() {
    let book = greeting();
    let text = "# Start\n\n[good](#start), [listing](#listing-greets), \
                [bad](start.md#strat)\n\n{{#listing greets}}\n";
    book.write("src/start.md", text);
    let said = book.run(&["build"]);
    assert!(!said.success);
    said.has(&[
        "the link to start.md#strat leads nowhere\n  --> src/start.md:3\n  help: no \
         heading or figure there is #strat; did you mean #start?",
        "1 error in the book",
    ]);
}

#[test]
fn a_failed_build_leaves_the_last_good_book() {
    let book = greeting();
    let said = book.run(&["build"]);
    assert!(said.success, "{}", said.text);
    let page = book.read("book/start.html");
    assert!(page.contains("hello"), "{page}");

    book.write("src/start.md", "# Start\n\n{{#listing nobody}}\n");
    let said = book.run(&["build"]);
    assert!(!said.success);
    said.has(&["  --> src/start.md:3"]);
    assert_eq!(book.read("book/start.html"), page);
    let left = std::fs::read_dir(book.path()).expect("a folder").flatten();
    let left: Vec<_> = left.map(|entry| entry.file_name()).collect();
    assert!(
        !left
            .iter()
            .any(|name| name.to_string_lossy().starts_with(".book-")),
        "something was left behind: {left:?}"
    );
}

#[test]
fn bless_writes_what_changed_and_nothing_else() {
    let book = Fixture::new();
    let two = GREETS.replace("hello", "{:.2}").replace("\")", "\", 1.5)");
    book.listing("new", GREETS, "");
    book.listing("agrees", &two, "");
    book.listing("changed", GREETS, "");
    book.listing("fails", "fn main() {\n    std::process::exit(1);\n}\n", "");
    // A run that agrees within the tolerance leaves the golden alone.
    book.golden("agrees", "1.45\n", 0.1);
    book.golden("changed", "good morning\n", 0.0);
    book.golden("fails", "before\n", 0.0);
    let old = book.read("listings/part/agrees/timeline.json");

    let said = book.run(&["bless"]);
    assert!(!said.success);
    said.has(&[
        "blessed  new ",
        "blessed  changed ",
        "unchanged  agrees ",
        "refused  fails ",
        "`fails` ended with exit status 1, not 0",
        "1 unchanged, 2 blessed, 1 refused",
    ]);
    assert_eq!(book.read("listings/part/new/output.txt"), "hello\n");
    assert_eq!(book.read("listings/part/changed/output.txt"), "hello\n");
    assert_eq!(book.read("listings/part/agrees/output.txt"), "1.45\n");
    assert_eq!(book.read("listings/part/agrees/timeline.json"), old);
    assert_eq!(book.read("listings/part/fails/output.txt"), "before\n");

    let said = book.run(&["bless", "new", "changed"]);
    assert!(said.success, "{}", said.text);
    said.has(&["2 unchanged"]);
    let said = book.run(&["check", "new", "agrees", "changed"]);
    assert!(said.success, "{}", said.text);
}

#[test]
fn an_unknown_name_is_refused_with_a_suggestion() {
    for command in ["check", "bless"] {
        let said = greeting().run(&[command, "greet", "nothing-like-it"]);
        assert!(!said.success);
        said.has(&[
            "there is no listing named `greet`\n  help: did you mean `greets`?",
            "there is no listing named `nothing-like-it`",
        ]);
    }
}

#[test]
fn run_shows_each_line_with_its_second_and_draws_the_timeline() {
    let book = greeting();
    let said = book.run(&["run", "greets"]);
    assert!(said.success, "{}", said.text);
    said.has(&[
        "  0.0 │ hello\n",
        "\nmain  ",
        "◆ done\n",
        "0.0 s, exit status 0\n",
    ]);
    assert!(
        !said.text.contains('\x1b'),
        "there are colors, and no terminal"
    );

    book.listing("greets", "fn main() {\n    std::process::exit(3);\n}\n", "");
    let said = book.run(&["run", "greets"]);
    assert!(!said.success);
    said.has(&["exit status 3\n"]);
}

#[test]
fn list_shows_name_part_seconds_and_place() {
    let said = greeting().run(&["list"]);
    assert!(said.success, "{}", said.text);
    said.has(&["name    part  seconds  in the text\ngreets  part        0  src/start.md:3\n"]);
}

#[test]
#[ignore = "needs python3"]
fn a_twin_that_prints_something_else_is_caught() {
    let book = greeting();
    book.write("listings/part/greets/main.py", "print(\"hello\")\n");
    let said = book.run(&["check", "--twins"]);
    assert!(said.success, "{}", said.text);
    book.write("listings/part/greets/main.py", "print(\"hallo\")\n");
    let said = book.run(&["check", "--twins"]);
    assert!(!said.success);
    said.has(&[
        "the Python twin of `greets` printed something else\n  --> listings/part/greets/output.txt:1",
        "      + hallo\n",
        "change listings/part/greets/main.py or the listing",
    ]);
}

#[test]
fn where_the_compiler_cannot_make_modules_the_pages_are_built_without() {
    let book = greeting();
    let output = book
        .command(&["build", "--wasm"])
        .env("BOOK_WASM_TOOLCHAIN", "no-such-toolchain")
        .output()
        .expect("the tool starts");
    let said = common::Said::from(output);
    assert!(said.success, "{}", said.text);
    said.has(&[
        "The pages play what was recorded, and run nothing themselves: the compiler has \
         no target wasm32-wasip1.",
        "`rustup target add wasm32-wasip1` brings it.",
        "Built the book",
    ]);
    assert!(!book.path().join("book/wasm").exists());
    assert!(!book.read("book/start.html").contains("class=\"here\""));
}

#[test]
#[ignore = "needs the target wasm32-wasip1"]
fn a_page_runs_what_it_can_and_says_why_it_cannot_run_the_rest() {
    let book = greeting();
    book.listing("threads", GREETS, "cargo-only = \"it starts <threads>\"");
    book.golden("threads", "hello\n", 0.0);
    book.write(
        "src/start.md",
        "# Start\n\n{{#listing greets}}\n\n{{#listing threads}}\n",
    );
    let said = book.run(&["build", "--wasm"]);
    assert!(said.success, "{}", said.text);
    let page = book.read("book/start.html");
    assert_eq!(page.matches("<div class=\"here\"").count(), 1);
    assert!(
        page.contains(
            "<p class=\"not-here\">This page can't run it: it starts \
             &lt;threads&gt;. Your own computer can: \
             <code>cargo run -p threads</code></p>"
        ),
        "{page}"
    );
    let modules = book.path().join("book/wasm");
    let names: Vec<_> = std::fs::read_dir(&modules)
        .expect("there are modules")
        .map(|entry| entry.expect("a file").file_name())
        .collect();
    assert_eq!(names, ["greets.wasm"]);
    let module =
        std::fs::read(modules.join("greets.wasm")).expect("there is a module");
    assert!(module.starts_with(b"\0asm"));

    // A listing that needs what a page doesn't have is an error, and the old pages stay.
    book.listing(
        "greets",
        "use std::os::unix::net::UnixStream;\n\nfn main() {\n    \
         println!(\"hello\");\n    drop(UnixStream::pair());\n}\n",
        "",
    );
    book.golden("greets", "hello\n", 0.0);
    let said = book.run(&["build", "--wasm"]);
    assert!(!said.success);
    said.has(&[
        "listings/part/greets/src/main.rs does not compile for the page:",
        "UnixStream",
        "say so in listings/part/greets/Cargo.toml:",
        "cargo-only = \"it opens sockets\"",
    ]);
    assert_eq!(book.read("book/start.html"), page);
    assert!(book.path().join("book/wasm/greets.wasm").exists());
}

#[test]
fn outside_of_a_book_the_tool_says_where_to_go() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = std::process::Command::new(common::tool())
        .arg("build")
        .current_dir(folder.path())
        .output()
        .expect("the tool starts");
    let said = common::Said::from(output);
    assert!(!said.success);
    said.has(&[
        "there is no book.toml in ",
        "help: go to the folder of the book",
    ]);
}

#[test]
fn the_served_book_follows_the_text() {
    let book = greeting();
    let server = Server::start(&book, &["--port", "0"]);
    let page = server.get("/start.html", "");
    assert!(page.starts_with("HTTP/1.1 200 OK"), "{page}");
    assert!(page.contains("hello"), "{page}");
    assert!(server.get("/nowhere.html", "").starts_with("HTTP/1.1 404"));
    let compressed = server.get("/start.html", "Accept-Encoding: gzip\r\n");
    assert!(
        compressed.contains("content-encoding: gzip"),
        "{compressed}"
    );

    // The page listens, and hears of the change.
    let events = server.open("/_tower-livereload/event-stream", "");
    let mut events = BufReader::new(events).lines().map_while(Result::ok);
    assert!(events.any(|line| line.contains("event: init")));
    book.write(
        "src/start.md",
        "# Start\n\nA new sentence.\n\n{{#listing greets}}\n",
    );
    assert!(events.any(|line| line.contains("event: reload")));
    let seconds = server
        .wait_for_page("/start.html", "A new sentence.")
        .as_secs_f64();
    assert!(seconds < 1.0, "the change took {seconds} s");

    // A golden is a part of the page, too.
    book.golden("greets", "good evening\n", 0.0);
    server.wait_for_page("/start.html", "good evening");

    // What is wrong is shown on the last good page, until it is mended.
    book.write("src/start.md", "# Start\n\n{{#listing nobody}}\n");
    server.wait_for_page("/start.html", "there is no listing named `nobody`");
    let page = server.get("/start.html", "");
    assert!(page.contains("src/start.md:3"), "{page}");
    assert!(page.contains("A new sentence."), "{page}");
    book.write(
        "src/start.md",
        "# Start\n\nMended.\n\n{{#listing greets}}\n",
    );
    server.wait_for_page("/start.html", "Mended.");
    assert!(!server.get("/start.html", "").contains("nobody"));
}

#[test]
fn a_book_that_is_wrong_from_the_start_is_served_once_it_is_mended() {
    let book = greeting();
    book.write(
        "src/start.md",
        "# Start\n\n{{#listing nobody}}\n\n{{#listing greets}}\n",
    );
    let server = Server::start(&book, &["--port", "0"]);
    let page = server.get("/", "");
    assert!(page.starts_with("HTTP/1.1 503"), "{page}");
    assert!(
        page.contains("there is no listing named `nobody`"),
        "{page}"
    );
    book.write("src/start.md", "# Start\n\n{{#listing greets}}\n");
    server.wait_for_page("/start.html", "hello");
}

#[test]
fn a_taken_port_is_said_and_the_next_free_one_used() {
    let book = greeting();
    // Another program, or a test beside this one, may have it already.
    let _taken = TcpListener::bind("127.0.0.1:3000");
    let server = Server::start(&book, &[]);
    assert!(server.port > 3000);
    let said = format!("Port 3000 is taken; using {} instead", server.port);
    assert!(server.said.contains(&said), "{}", server.said);

    let port = server.port.to_string();
    let said = book.run(&["serve", "--port", &port]);
    assert!(!said.success);
    said.has(&[&format!(
        "port {port} is taken; ask for another, or leave --port out"
    )]);
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_the_server_cleanly() {
    let book = greeting();
    let mut server = Server::start(&book, &["--port", "0"]);
    // A page that listens for reloads does not hold it up.
    let _listening = server.open("/_tower-livereload/event-stream", "");
    interrupt(server.child.id());
    let start = Instant::now();
    let status = server.child.wait().expect("it ends");
    assert!(status.success(), "{status}");
    assert!(
        start.elapsed() < Duration::from_secs(2),
        "{:?}",
        start.elapsed()
    );
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_the_listings_of_a_check() {
    let book = greeting();
    // It would write the file if it lived for long enough.
    let source = "fn main() {\n    println!(\"started\");\n    \
                  std::fs::write(\"running\", \"\").unwrap();\n    \
                  std::thread::sleep(std::time::Duration::from_millis(500));\n    \
                  std::fs::write(\"survived\", \"\").unwrap();\n}\n";
    book.listing("greets", source, "");
    let mut check = book.command(&["check", "greets"]);
    let mut check = check
        .stdout(Stdio::null())
        .spawn()
        .expect("the tool starts");
    let start = Instant::now();
    while !book.path().join("running").exists() {
        assert!(
            start.elapsed() < Duration::from_secs(30),
            "the listing never started"
        );
        std::thread::sleep(Duration::from_millis(10));
    }
    interrupt(check.id());
    assert_eq!(check.wait().expect("it ends").code(), Some(130));
    std::thread::sleep(Duration::from_millis(600));
    assert!(
        !book.path().join("survived").exists(),
        "the listing went on"
    );
}

#[test]
fn mdbook_may_ask_for_any_renderer() {
    let said = greeting().run(&["preprocess", "supports", "html"]);
    assert!(said.success, "{}", said.text);
}
