//! Changing a program in a page and running it: what a page gets, that nobody else gets
//! anything, and that nothing is left behind.

mod common;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use common::server::Server;
use common::{Fixture, GREETS, greeting};
use serde_json::{Value, json};

fn serve(book: &Fixture, options: &[&str]) -> Server {
    Server::start(book, &[&["--port", "0"], options].concat())
}

/// The token in the pages of a server.
fn token(server: &Server) -> String {
    let page = server.get("/start.html", "");
    let token = page.split("name=\"waiting-well-token\" content=\"").nth(1);
    let token = token.and_then(|rest| rest.split('"').next());
    token.expect("a token").to_owned()
}

/// A request, at first one that a page of the book sends.
#[derive(Clone)]
struct Ask {
    first_line: String,
    headers: Vec<(&'static str, String)>,
    body: String,
}

impl Ask {
    /// To run this text in the place of the listing `greets`.
    fn to_run(server: &Server, text: &str) -> Ask {
        let body = json!({
            "listing": "greets", "text": text, "page": "a page", "run": true
        });
        let host = format!("127.0.0.1:{}", server.port);
        Ask {
            first_line: "POST /edit/run HTTP/1.1".to_owned(),
            headers: vec![
                ("Origin", format!("http://{host}")),
                ("Host", host),
                ("Content-Type", "application/json".to_owned()),
                ("Waiting-Well-Token", token(server)),
            ],
            body: body.to_string(),
        }
    }

    fn with(mut self, name: &'static str, value: &str) -> Ask {
        self = self.without(name);
        self.headers.push((name, value.to_owned()));
        self
    }

    fn also_with(mut self, name: &'static str, value: &str) -> Ask {
        self.headers.push((name, value.to_owned()));
        self
    }

    fn without(mut self, name: &str) -> Ask {
        self.headers.retain(|(other, _)| *other != name);
        self
    }

    fn saying(mut self, key: &str, value: Value) -> Ask {
        let mut body: Value = serde_json::from_str(&self.body).expect("JSON");
        body[key] = value;
        self.body = body.to_string();
        self
    }

    fn of_page(self, page: &str) -> Ask {
        self.saying("page", json!(page))
    }

    fn send(&self, server: &Server) -> Answer {
        let mut stream =
            TcpStream::connect(("127.0.0.1", server.port)).expect("a server");
        stream
            .set_read_timeout(Some(Duration::from_secs(60)))
            .expect("a timeout");
        let headers: String = self
            .headers
            .iter()
            .map(|(name, value)| format!("{name}: {value}\r\n"))
            .collect();
        let request = format!(
            "{}\r\n{headers}Connection: close\r\nContent-Length: {}\r\n\r\n{}",
            self.first_line,
            self.body.len(),
            self.body
        );
        // Who refuses it may not wait for the end of it.
        let _ = stream.write_all(request.as_bytes());
        let mut answer = BufReader::new(stream);
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            let length = answer.read_line(&mut head).expect("an answer");
            assert!(length > 0, "no answer but {head}");
        }
        let status = head.split(' ').nth(1).expect("a status").to_owned();
        Answer {
            status: status.parse().expect("a number"),
            head,
            rest: answer,
        }
    }
}

/// The beginning of an answer, and the rest while it comes.
struct Answer {
    status: u16,
    head: String,
    rest: BufReader<TcpStream>,
}

impl Answer {
    /// The next object; each stands on a line, in between are the lengths of the pieces.
    fn next(&mut self) -> Option<(String, Value)> {
        loop {
            let mut line = String::new();
            if self.rest.read_line(&mut line).ok()? == 0 {
                return None;
            }
            if line.starts_with('{') {
                let object: Value = serde_json::from_str(&line).expect("JSON");
                let object = object.as_object().expect("an object");
                let (key, value) = object.iter().next().expect("a key");
                return Some((key.clone(), value.clone()));
            }
        }
    }

    /// Waits for an object with this key.
    fn wait_for(&mut self, key: &str) -> Value {
        let mut before = Vec::new();
        while let Some((found, value)) = self.next() {
            if found == key {
                return value;
            }
            before.push((found, value));
        }
        panic!("no {key}, but {before:?}");
    }

    fn text(mut self) -> String {
        let mut text = String::new();
        // A server that has refused something may close the connection roughly.
        let _ = self.rest.read_to_string(&mut text);
        text
    }
}

#[test]
fn an_edited_program_is_compiled_run_and_recorded_while_the_page_looks_on() {
    let book = Fixture::new();
    book.recorded_listing("greets", GREETS, "");
    book.golden("greets", "hello\n", 0.0);
    book.write("src/start.md", "# Start\n\n{{#listing greets}}\n");
    let server = serve(&book, &[]);
    let text = "fn main() {\n    println!(\"one\");\n    \
                std::thread::sleep(std::time::Duration::from_millis(1500));\n    \
                println!(\"two {}\", std::file!());\n}\n";
    // As a browser does; compressed, the lines would wait for each other.
    let ask = Ask::to_run(&server, text).with("Accept-Encoding", "gzip");
    let mut answer = ask.send(&server);
    assert_eq!(answer.status, 200);
    assert!(!answer.head.contains("content-encoding"), "{}", answer.head);
    assert!(answer.head.contains("cache-control: no-store"));
    assert_eq!(answer.wait_for("compiling"), "");
    assert_eq!(answer.wait_for("remarks"), json!([]));
    let mut so_far = answer.wait_for("run");
    while so_far["output"] == "" {
        so_far = answer.wait_for("run");
    }
    let heard = Instant::now();
    assert_eq!(so_far["output"], "one\n");
    assert_eq!(so_far["timeline"].get("exit"), None);
    let end = answer.wait_for("end");
    assert!(heard.elapsed() > Duration::from_millis(500), "it came late");
    assert_eq!(end["why"], "exited");
    let words = end["words"].as_str().expect("words");
    // A machine that is busy may be late.
    let seconds = words.strip_prefix("Done in ").expect("words");
    let seconds: f64 = seconds.split(' ').next().unwrap().parse().unwrap();
    assert!((1.5..4.0).contains(&seconds), "{words}");
    let file = "listings/part/greets/src/main.rs";
    assert_eq!(end["output"], format!("one\ntwo {file}\n"));
    assert_eq!(end["timeline"]["exit"], 0);
    let events = end["timeline"]["events"].as_array().expect("events");
    let has = |what: &str, line: u32| {
        events
            .iter()
            .any(|e| e["what"] == what && e["line"] == line)
    };
    assert!(has("print", 2) && has("block", 3) && has("print", 4));
    assert_eq!(answer.next(), None);

    // The book is as it was, and what was written is in its place.
    assert_eq!(book.read(file), GREETS);
    let changed = book.read(&format!("target/edit/greets/recorded/{file}"));
    assert_eq!(changed, text);
    assert!(common::is_empty(&book.path().join("target/edit/.running")));
}

#[test]
fn what_the_compiler_says_comes_with_its_place() {
    let book = Fixture::new();
    book.recorded_listing("greets", GREETS, "");
    book.golden("greets", "hello\n", 0.0);
    book.write("src/start.md", "# Start\n\n{{#listing greets}}\n");
    let server = serve(&book, &[]);
    let text =
        "fn main() {\n    let unused = 1;\n    println!(\"{}\", Ä + 1);\n}\n";
    let mut answer = Ask::to_run(&server, text).send(&server);
    let remarks = answer.wait_for("remarks");
    let error = remarks
        .as_array()
        .and_then(|all| all.iter().find(|one| one["level"] == "error"))
        .expect("an error");
    assert_eq!(error["message"], "cannot find value `Ä` in this scope");
    for (key, value) in [
        ("line", 3),
        ("column", 20),
        ("end_line", 3),
        ("end_column", 21),
    ] {
        assert_eq!(error[key], value, "{key} in {error}");
    }
    let rendered = error["rendered"].as_str().expect("text");
    let place = "--> listings/part/greets/src/main.rs:3:20";
    assert!(rendered.contains(place), "{rendered}");
    let end = answer.wait_for("end");
    assert_eq!(end["why"], "not-compiled");
    assert_eq!(end["words"], "It does not compile: 1 error.");

    // A warning is no reason not to run.
    let text = "fn main() {\n    let unused = 1;\n}\n";
    let mut answer = Ask::to_run(&server, text).send(&server);
    let remarks = answer.wait_for("remarks");
    assert_eq!(remarks[0]["level"], "warning");
    assert_eq!(remarks[0]["line"], 2);
    assert_eq!(answer.wait_for("end")["why"], "exited");
}

#[test]
fn a_text_can_be_compiled_without_being_run() {
    let book = greeting();
    let server = serve(&book, &[]);
    let text = "fn main() {\n    std::fs::write(\"ran\", \"\").unwrap();\n}\n";
    let ask = Ask::to_run(&server, text);
    let mut answer = ask.clone().saying("run", json!(false)).send(&server);
    assert_eq!(answer.wait_for("end")["why"], "compiled");
    let ran = book.path().join("target/edit/greets/ran");
    assert!(!ran.exists());
    ask.send(&server).wait_for("end");
    assert!(ran.exists(), "it writes into its own folder");
}

#[test]
fn what_ends_a_program_is_said() {
    let book = greeting();
    let server = serve(&book, &["--edit-seconds", "0.6"]);
    let end = |main: &str| {
        let text = format!("fn main() {{\n    {main}\n}}\n");
        Ask::to_run(&server, &text).send(&server).wait_for("end")
    };
    for (main, why, words) in [
        ("std::process::exit(3)", "exited", ", with exit status 3."),
        (
            "std::process::abort()",
            "killed",
            "Signal 6 ended it after ",
        ),
        ("loop {}", "timed-out", "Stopped after 0.6 seconds."),
        (
            "loop { println!(\"again\"); }",
            "too-much-output",
            "Stopped: it printed more than 256 KiB, or did more than 5000 things.",
        ),
        (
            "loop { print!(\"a line without end\"); }",
            "too-much-output",
            "Stopped: it printed more than 256 KiB",
        ),
    ] {
        let end = end(main);
        assert_eq!(end["why"], why, "{main}: {end}");
        let said = end["words"].as_str().expect("words");
        assert!(said.contains(words), "{main}: {said}");
        let printed = end["output"].as_str().expect("output").len();
        assert!(printed < 600 << 10, "{main} printed {printed} bytes");
    }
    #[cfg(target_os = "linux")]
    {
        let server = serve(&book, &[]);
        let text = "fn main() {\n    let mut all = Vec::new();\n    \
                    loop { all.push(vec![1_u8; 1 << 24]); }\n}\n";
        let end = Ask::to_run(&server, text).send(&server).wait_for("end");
        assert_eq!(end["why"], "too-much-memory");
        assert_eq!(end["words"], "Stopped: it used more than 2 GiB of memory.");
    }
    let server = serve(&book, &["--edit-compile-seconds", "0.01"]);
    let end = Ask::to_run(&server, GREETS).send(&server).wait_for("end");
    assert_eq!(end["why"], "failed");
    let words = end["words"].as_str().expect("words");
    assert!(words.starts_with("Compiling was stopped after "), "{words}");
}

#[test]
fn whoever_is_not_a_page_of_the_book_gets_nothing() {
    let book = greeting();
    let server = serve(&book, &[]);
    let text = "fn main() {\n    std::fs::write(\"ran\", \"\").unwrap();\n}\n";
    let good = Ask::to_run(&server, text);
    let port = server.port;
    let own = token(&server);
    let other = if own.starts_with('0') { "1" } else { "0" };
    let almost = format!("{other}{}", &own[1..]);
    let shorter = &own[..own.len() - 1];
    let longer = format!("{own}0");
    let origin = |origin: &str| good.clone().with("Origin", origin);
    let host = |host: &str| good.clone().with("Host", host);
    let both = |name: &str| {
        let there = format!("{name}:{port}");
        host(&there).with("Origin", &format!("http://{there}"))
    };
    let line = |line: &str| {
        let mut ask = good.clone();
        line.clone_into(&mut ask.first_line);
        ask
    };
    let of = |listing: &str| good.clone().saying("listing", json!(listing));
    let body = |body: &str| {
        let mut ask = good.clone();
        body.clone_into(&mut ask.body);
        ask
    };
    let token = |token: &str| good.clone().with("Waiting-Well-Token", token);
    let long = "/".repeat(64 << 10);
    for (what, ask, status) in [
        ("no token", good.clone().without("Waiting-Well-Token"), 403),
        ("an empty token", token(""), 403),
        ("another token", token(&almost), 403),
        ("a part of the token", token(shorter), 403),
        ("more than the token", token(&longer), 403),
        (
            "two tokens",
            good.clone().also_with("Waiting-Well-Token", &own),
            403,
        ),
        ("no origin", good.clone().without("Origin"), 403),
        ("an unknown origin", origin("null"), 403),
        ("another origin", origin("http://evil.example"), 403),
        (
            "another scheme",
            origin(&format!("https://127.0.0.1:{port}")),
            403,
        ),
        (
            "another port",
            origin(&format!("http://127.0.0.1:{}", port ^ 1)),
            403,
        ),
        ("no port", origin("http://127.0.0.1"), 403),
        (
            "its other name",
            origin(&format!("http://localhost:{port}")),
            403,
        ),
        (
            "a name that begins like it",
            origin(&format!("http://127.0.0.1:{port}.evil.example")),
            403,
        ),
        (
            "two origins",
            good.clone().also_with("Origin", "http://evil.example"),
            403,
        ),
        ("no host", good.clone().without("Host"), 421),
        ("a name that leads here", both("evil.example"), 421),
        ("another address of this machine", both("127.0.0.2"), 421),
        ("a host without its port", host("127.0.0.1"), 421),
        ("a host with another port", host("127.0.0.1:1"), 421),
        (
            "two hosts",
            good.clone().also_with("Host", "evil.example"),
            421,
        ),
        (
            "a host in the first line",
            line("POST http://evil.example/edit/run HTTP/1.1"),
            421,
        ),
        (
            "another site",
            good.clone().with("Sec-Fetch-Site", "cross-site"),
            403,
        ),
        (
            "another port of this site",
            good.clone().with("Sec-Fetch-Site", "same-site"),
            403,
        ),
        ("no site", good.clone().with("Sec-Fetch-Site", "none"), 403),
        ("GET", line("GET /edit/run HTTP/1.1"), 405),
        ("PUT", line("PUT /edit/run HTTP/1.1"), 405),
        ("OPTIONS", line("OPTIONS /edit/run HTTP/1.1"), 405),
        (
            "a form",
            good.clone().with("Content-Type", "text/plain"),
            415,
        ),
        ("no type", good.clone().without("Content-Type"), 415),
        (
            "almost the type",
            good.clone().with("Content-Type", "application/jsonp"),
            415,
        ),
        ("a long text", good.clone().saying("text", json!(long)), 413),
        ("no JSON", body("greets"), 400),
        ("nothing", body(""), 400),
        ("another key", good.clone().saying("path", json!("/")), 400),
        ("a page without a name", good.clone().of_page(""), 400),
        (
            "a page with a long name",
            good.clone().of_page(&long[..65]),
            400,
        ),
        ("no listing of this name", of("nobody"), 404),
        ("no name", of(""), 404),
        ("a path", of("part/greets"), 404),
        ("a way up", of("../greets"), 404),
        ("a way down and up", of("greets/../greets"), 404),
        ("this folder", of("."), 404),
        ("a path from the root", of("/etc/passwd"), 404),
        ("a backslash", of("..\\greets"), 404),
        ("a NUL", of("greets\0"), 404),
        ("another case", of("Greets"), 404),
        ("an option", of("--help"), 404),
    ] {
        let answer = ask.send(&server);
        let (found, head) = (answer.status, answer.head.clone());
        let said = answer.text();
        assert_eq!(found, status, "{what}: {head}{said}");
        assert!(!said.contains("compiling"), "{what}: {said}");
        assert!(!head.contains("access-control"), "{what}: {head}");
        assert!(!said.contains(&own), "{what} is told the token");
    }
    let written = book.path().join("target/edit");
    assert!(!written.exists(), "something was compiled");
    // All of this was refused for its one fault.
    let name = format!("localhost:{port}");
    let good = good
        .with("Host", &name)
        .with("Origin", &format!("http://{name}"))
        .with("Sec-Fetch-Site", "same-origin")
        .with("Content-Type", "application/json; charset=utf-8");
    assert_eq!(good.send(&server).wait_for("end")["why"], "exited");
    assert!(written.join("greets/ran").exists());
}

#[test]
fn the_pages_and_their_token_are_for_this_machine_only() {
    let book = greeting();
    let server = serve(&book, &[]);
    let ask = |path: &str, host: &str| Ask {
        first_line: format!("GET {path} HTTP/1.1"),
        headers: vec![("Host", host.to_owned())],
        body: String::new(),
    };
    let paths = [
        "/",
        "/start.html",
        "/nowhere.html",
        "/theme/edit.js",
        "/_tower-livereload/event-stream",
        "/edit/run",
    ];
    for path in paths {
        for host in ["evil.example", "127.0.0.1", "localhost:1", ""] {
            let host = ask(path, host).send(&server);
            assert_eq!(host.status, 421, "{path}: {}", host.head);
            let said = host.text();
            assert!(!said.contains(&token(&server)), "{path}: {said}");
        }
        let first = ask(path, &format!("127.0.0.1:{}", server.port));
        let first = Ask {
            first_line: format!("GET http://evil.example{path} HTTP/1.1"),
            ..first
        };
        assert_eq!(first.send(&server).status, 421, "{path}");
    }
    for name in ["127.0.0.1", "localhost"] {
        let host = format!("{name}:{}", server.port);
        let page = ask("/start.html", &host).send(&server);
        assert_eq!(page.status, 200);
        for header in [
            "cache-control: no-store",
            "x-frame-options: DENY",
            "cross-origin-resource-policy: same-origin",
            "x-content-type-options: nosniff",
        ] {
            assert!(page.head.contains(header), "{header} in {}", page.head);
        }
        assert!(!page.head.contains("access-control"), "{}", page.head);
        let page = page.text();
        assert!(page.contains("src=\"/theme/edit.js\""), "{page}");
        assert!(page.contains(&token(&server)), "{page}");
    }
    // A page that the browser has is not taken for one of this server.
    let kept = "If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT\r\n";
    let page = server.get("/start.html", kept);
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    let (first, second) = (token(&server), token(&serve(&book, &[])));
    assert_ne!(first, second);
    assert!(first.len() >= 32 && first.chars().all(|c| c.is_ascii_hexdigit()));
}

#[test]
fn a_page_without_a_program_has_no_editor() {
    let server = serve(&greeting(), &[]);
    let page = server.get("/nowhere.html", "");
    assert!(page.contains("</head>"), "{page}");
    for trace in ["waiting-well-token", "edit.js", "edit.css"] {
        assert!(!page.contains(trace), "{trace} in {page}");
    }
}

#[test]
fn without_editing_nothing_of_it_is_there() {
    let book = greeting();
    let server = serve(&book, &["--no-edit"]);
    let page = server.get("/start.html", "");
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    assert!(page.contains("hello"));
    for trace in ["waiting-well-token", "edit.js", "edit.css"] {
        assert!(!page.contains(trace), "{trace} in {page}");
    }
    let asked = Ask {
        first_line: "POST /edit/run HTTP/1.1".to_owned(),
        headers: vec![
            ("Host", format!("127.0.0.1:{}", server.port)),
            ("Origin", format!("http://127.0.0.1:{}", server.port)),
            ("Content-Type", "application/json".to_owned()),
        ],
        body: "{}".to_owned(),
    };
    let answer = asked.send(&server);
    assert!(matches!(answer.status, 404 | 405), "{}", answer.head);
    for file in ["edit.js", "edit.css", "vendor/codemirror.js"] {
        let answer = server.get(&format!("/theme/{file}"), "");
        assert!(answer.starts_with("HTTP/1.1 404"), "{answer}");
    }
}

#[test]
fn the_built_book_has_no_trace_of_editing() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let pages = folder.path().join("pages");
    let more = book::site::More::default();
    book::site::build(common::root(), &pages, &more).expect("the book is good");
    let files = book::files::below(&pages);
    assert!(files.contains_key("introduction.html"));
    for (name, bytes) in files {
        let text = String::from_utf8_lossy(&bytes);
        for trace in [
            "waiting-well-token",
            "edit.js",
            "edit/run",
            "CodeMirror",
            "cm-editor",
        ] {
            assert!(!text.contains(trace), "{trace} in {name}");
        }
        for trace in ["edit", "codemirror"] {
            assert!(!name.contains(trace), "{name}");
        }
    }
}

#[test]
fn a_page_has_one_program_and_all_together_have_a_few() {
    let book = greeting();
    let server = serve(&book, &["--edit-seconds", "8"]);
    let text = "fn main() {\n    println!(\"x\");\n    \
                std::thread::sleep(std::time::Duration::from_secs(6));\n}\n";
    let ask = Ask::to_run(&server, text);
    let mut first = ask.clone().of_page("first").send(&server);
    first.wait_for("run");
    let mut second = ask.clone().of_page("first").send(&server);
    // The old one ends without a word.
    assert_eq!(first.next(), None);
    second.wait_for("run");
    let mut others: Vec<Answer> = ["a", "b", "c"]
        .map(|page| ask.clone().of_page(page).send(&server))
        .into();
    for other in &mut others {
        other.wait_for("run");
    }
    let refused = ask.clone().of_page("one too many").send(&server);
    assert_eq!(refused.status, 429);
    let said = refused.text();
    assert!(said.contains("4 other programs are being"), "{said}");
    // One that replaces another needs no place.
    drop(second);
    let mut again = ask.of_page("a").send(&server);
    again.wait_for("run");
}

#[test]
fn two_servers_of_a_book_do_not_mix_up_their_texts() {
    let book = greeting();
    let servers = [serve(&book, &[]), serve(&book, &[])];
    for round in 0..3 {
        let mut answers = Vec::new();
        for (index, server) in servers.iter().enumerate() {
            let hello = format!("hello {round} from {index}");
            let text = GREETS.replace("hello", &hello);
            answers.push((hello, Ask::to_run(server, &text).send(server)));
        }
        for (hello, mut answer) in answers {
            assert_eq!(answer.wait_for("end")["output"], format!("{hello}\n"));
        }
    }
}

/// What is left of a program with many children.
#[cfg(target_os = "linux")]
mod left_behind {
    use std::path::PathBuf;

    use super::common::is_empty;
    use super::common::server::interrupt;
    use super::*;

    /// Has children in its group, and grandchildren, and children that leave the group.
    const FAMILY: &str = r#"
use std::process::Command;
fn main() {
    for _ in 0..10 {
        Command::new("sleep").arg("1000").spawn().unwrap();
    }
    for _ in 0..10 {
        Command::new("sh").args(["-c", "sleep 1000 & sleep 1000"]).spawn().unwrap();
    }
    for _ in 0..5 {
        Command::new("setsid").args(["sh", "-c", "sleep 1000 & sleep 1000"]).spawn().unwrap();
    }
    println!("all are there");
    std::thread::sleep(std::time::Duration::from_secs(1000));
}
"#;

    /// The processes that are in the folders of the reader's programs.
    fn living(book: &Fixture) -> Vec<PathBuf> {
        let folder = book.path().join("target/edit");
        let folder = folder.canonicalize().unwrap_or(folder);
        let all = std::fs::read_dir("/proc").expect("a list of processes");
        all.flatten()
            .map(|process| process.path())
            .filter(|process| {
                let at = std::fs::read_link(process.join("cwd"));
                at.is_ok_and(|at| at.starts_with(&folder))
            })
            .collect()
    }

    /// Starts it and waits until it is all there.
    fn started(book: &Fixture, server: &Server) -> Answer {
        let mut answer = Ask::to_run(server, FAMILY).send(server);
        let said = answer.wait_for("run");
        assert_eq!(said["output"], "all are there\n");
        let start = Instant::now();
        // The program, 10 children, and 10 and 5 with two more each.
        while living(book).len() < 1 + 10 + 30 + 15 {
            let living = living(book);
            assert!(start.elapsed().as_secs() < 5, "only {}", living.len());
            std::thread::sleep(Duration::from_millis(10));
        }
        answer
    }

    fn nothing_is_left(book: &Fixture, seconds: f64) {
        let start = Instant::now();
        loop {
            let living = living(book);
            if living.is_empty() {
                break;
            }
            let waited = start.elapsed().as_secs_f64();
            assert!(waited < seconds, "{} live after {waited} s", living.len());
            std::thread::sleep(Duration::from_millis(10));
        }
        while !is_empty(&running(book)) {
            assert!(start.elapsed().as_secs_f64() < seconds, "a file is left");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Where the programs are that run now.
    fn running(book: &Fixture) -> PathBuf {
        book.path().join("target/edit/.running")
    }

    #[test]
    fn nothing_is_left_when_the_time_is_up() {
        let book = greeting();
        let server = serve(&book, &["--edit-seconds", "2"]);
        let mut answer = started(&book, &server);
        assert_eq!(answer.wait_for("end")["why"], "timed-out");
        nothing_is_left(&book, 0.5);
    }

    #[test]
    fn nothing_is_left_when_the_page_is_closed() {
        let book = greeting();
        let server = serve(&book, &[]);
        let answer = started(&book, &server);
        drop(answer);
        nothing_is_left(&book, 2.0);
    }

    #[test]
    fn nothing_is_left_of_the_program_before() {
        let book = greeting();
        let server = serve(&book, &[]);
        let _answer = started(&book, &server);
        let mut next = Ask::to_run(&server, GREETS).send(&server);
        assert_eq!(next.wait_for("end")["why"], "exited");
        nothing_is_left(&book, 0.5);
    }

    #[test]
    fn nothing_is_left_when_it_prints_too_much() {
        let book = greeting();
        let server = serve(&book, &[]);
        let endless = FAMILY.replace(
            "std::thread::sleep(std::time::Duration::from_secs(1000));",
            "loop { println!(\"again\"); }",
        );
        let mut answer = Ask::to_run(&server, &endless).send(&server);
        assert_eq!(answer.wait_for("end")["why"], "too-much-output");
        nothing_is_left(&book, 0.5);
    }

    #[test]
    fn nothing_is_left_when_it_ends_and_its_children_do_not() {
        let book = greeting();
        let server = serve(&book, &[]);
        let ends = FAMILY.replace(
            "std::thread::sleep(std::time::Duration::from_secs(1000));",
            "",
        );
        let mut answer = Ask::to_run(&server, &ends).send(&server);
        assert_eq!(answer.wait_for("end")["why"], "exited");
        nothing_is_left(&book, 0.5);
    }

    #[test]
    fn nothing_is_left_when_the_server_ends() {
        let book = greeting();
        let mut server = serve(&book, &[]);
        let _answer = started(&book, &server);
        let start = Instant::now();
        interrupt(server.child.id());
        assert!(server.child.wait().expect("it ends").success());
        assert!(start.elapsed() < Duration::from_secs(3));
        // From this moment on, not later.
        assert_eq!(living(&book), Vec::<PathBuf>::new());
        assert!(is_empty(&running(&book)));
    }

    #[test]
    fn nothing_is_left_when_the_server_ends_or_the_page_is_closed_while_it_compiles()
     {
        let book = greeting();
        // The compiler takes long for this.
        let numbers: String = (0..6000)
            .map(|n| format!("println!(\"{{}}\", {n});"))
            .collect();
        let long = format!("fn main() {{ {} }}", &numbers[..40_000]);
        let long = format!("{} }}", &long[..long.rfind("println!").unwrap()]);
        let mut server = serve(&book, &[]);
        let ask = Ask::to_run(&server, &long);
        let compiles = |book: &Fixture| {
            let start = Instant::now();
            while living(book).len() < 2 {
                assert!(
                    start.elapsed().as_secs() < 30,
                    "cargo doesn't compile"
                );
                std::thread::sleep(Duration::from_millis(1));
            }
        };
        let answer = ask.send(&server);
        compiles(&book);
        drop(answer);
        nothing_is_left(&book, 2.0);
        let _answer = ask.send(&server);
        compiles(&book);
        interrupt(server.child.id());
        assert!(server.child.wait().expect("it ends").success());
        assert_eq!(living(&book), Vec::<PathBuf>::new());
    }
}
