//! The check stays calm: it tells a late program from a wrong one, leaves out what did not
//! change if it is asked to, and leaves nothing behind, however it ends.

mod common;

use common::{Fixture, Said};

/// A program that does `first` when it is run for the first time since it was compiled,
/// then prints what it always prints.
fn differs_at_first(first: &str) -> String {
    format!(
        "fn main() {{\n    if !std::fs::exists(\"ran\").unwrap() {{\n        \
         std::fs::write(\"ran\", \"\").unwrap();\n        {first}\n    }}\n    \
         println!(\"hello\");\n}}\n"
    )
}

const SLEEP: &str = "std::thread::sleep(std::time::Duration::from_secs(1));";

/// Checks a book of one program that differs at its first run.
fn checked(first: &str) -> Said {
    let book = Fixture::new();
    book.listing("unsteady", &differs_at_first(first), "");
    book.golden("unsteady", "hello\n", 0.0);
    book.run(&["check", "unsteady"])
}

#[test]
fn a_late_program_is_tried_again_alone_and_that_is_said() {
    let said = checked(SLEEP);
    assert!(said.success, "{}", said.text);
    said.has(&[
        "late  unsteady ",
        "will be tried again, alone, when the others have ended",
        "agrees  unsteady ",
        "at the second try, alone; at the first, it took 1.",
        "1 listing agreed only at the second try, alone",
        "trying again, alone 0.",
    ]);
}

#[test]
fn a_program_that_is_late_twice_differs() {
    let book = Fixture::new();
    let source = format!("fn main() {{\n    {SLEEP}\n}}\n");
    book.listing("slow", &source, "");
    book.golden("slow", "", 0.0);
    let said = book.run(&["check", "slow"]);
    assert!(!said.success);
    said.has(&["late  slow ", "differs  slow ", "`slow` took 1."]);
}

#[test]
fn a_program_that_has_to_be_alone_runs_when_all_others_have_ended() {
    let book = Fixture::new();
    let slow = format!("fn main() {{\n    {SLEEP}\n}}\n");
    book.listing("crowd", &slow, "");
    book.golden("crowd", "", 1.0);
    let alone = "alone = true # it is shy";
    book.listing("hermit", "fn main() {}\n", alone);
    book.golden("hermit", "", 0.0);
    let said = book.run(&["check", "crowd", "hermit"]);
    assert!(said.success, "{}", said.text);
    let place = |text: &str| said.text.find(text).expect("it has run");
    assert!(place("agrees  crowd ") < place("agrees  hermit "));
}

#[test]
fn another_word_gets_no_second_try() {
    for first in ["println!(\"good morning\");", "std::process::exit(3);"] {
        let said = checked(&format!("{SLEEP}\n{first}"));
        assert!(!said.success, "{}", said.text);
        said.has(&["differs  unsteady ", "1 listing in "]);
        assert!(!said.text.contains("second try"), "{}", said.text);
    }
}

#[test]
fn a_program_that_has_changed_is_known_before_it_runs_and_gets_no_second_try() {
    let book = Fixture::new();
    book.listing("changed", "fn main() {}\n", "");
    book.golden("changed", "", 0.0);
    let source = format!("fn main() {{\n    {SLEEP}\n}}\n");
    book.write("listings/part/changed/src/main.rs", &source);
    let said = book.run(&["check", "changed"]);
    assert!(!said.success);
    said.has(&[
        "the golden of `changed` was recorded by another program than the one that stands \
         in listings/part/changed/src/main.rs now\n  \
         --> listings/part/changed/timeline.json:4\n",
        "differs  changed ",
    ]);
    let (stale, ran) = (said.text.find("error:"), said.text.find("differs"));
    assert!(stale < ran, "{}", said.text);
    assert!(!said.text.contains("second try"), "{}", said.text);

    // A change that changes nothing needs a new hash all the same, and only that.
    book.write("listings/part/changed/src/main.rs", "fn main() { }\n");
    let old = book.read("listings/part/changed/timeline.json");
    let said = book.run(&["check", "changed"]);
    assert!(!said.success);
    said.has(&["agrees  changed ", "recorded by another program"]);
    let said = book.run(&["bless", "changed"]);
    assert!(said.success, "{}", said.text);
    said.has(&["renewed  changed "]);
    let new = book.read("listings/part/changed/timeline.json");
    let differ: Vec<&str> = new
        .lines()
        .zip(old.lines())
        .filter(|(new, old)| new != old)
        .map(|(new, _)| new)
        .collect();
    assert!(matches!(differ[..], [line] if line.contains("\"source\"")));
    assert!(book.run(&["check", "changed"]).success);
}

#[test]
fn what_agreed_and_has_not_changed_can_be_left_out() {
    let book = Fixture::new();
    for name in ["one", "two"] {
        book.listing(name, "fn main() {\n    println!(\"hello\");\n}\n", "");
        book.golden(name, "hello\n", 0.0);
    }
    book.write(
        "src/start.md",
        "# Start\n\n{{#listing one}}\n{{#listing two}}\n",
    );
    let check = |expected: &[&str]| {
        let said = book.run(&["check", "--changed"]);
        said.has(expected);
        said.success
    };
    assert!(check(&["2 listings in ", "2 agree"]));
    assert!(check(&["2 listings in ", "2 unchanged"]));

    let output = "listings/part/one/output.txt";
    let timeline = "listings/part/one/timeline.json";
    let (right, recorded) = (book.read(output), book.read(timeline));
    book.write(output, &right.replace("hello", "good morning"));
    book.write(timeline, &recorded.replace("hello", "good morning"));
    assert!(!check(&["differs  one ", "1 differs, 1 unchanged"]));
    // It is not forgotten that it differed.
    assert!(!check(&["1 differs, 1 unchanged"]));
    book.write(output, &right);
    book.write(timeline, &recorded);
    assert!(check(&["1 agrees, 1 unchanged"]));

    // Each of these could change what a program does.
    let lock = book.read("Cargo.lock");
    book.write("Cargo.lock", &format!("{lock}\n"));
    assert!(check(&["2 agree"]));
    let manifest = book.read("listings/part/two/Cargo.toml");
    let manifest = format!("{manifest}args = [\"x\"] # why not\n");
    book.write("listings/part/two/Cargo.toml", &manifest);
    assert!(check(&["1 agrees, 1 unchanged"]));

    // The full check knows no such thing.
    let said = book.run(&["check"]);
    said.has(&["2 listings in ", "2 agree"]);
}

/// What is left of a program that has a child and holds a port.
#[cfg(target_os = "linux")]
mod left_behind {
    use std::io::{BufRead, BufReader};
    use std::net::TcpListener;
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::path::{Path, PathBuf};
    use std::process::{Command, Stdio};
    use std::time::{Duration, Instant};

    use book::process;
    use book::seconds::Seconds;
    use rustix::process::{Pid, Signal, kill_process};

    use super::common::Fixture;

    /// Starts itself a second time, takes a port, says who it is, and waits.
    const CLINGS: &str = r#"
fn main() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let child = std::process::Command::new("sleep").arg("1000").spawn().unwrap();
    let (me, port) = (std::process::id(), port.local_addr().unwrap().port());
    std::fs::write("started.new", format!("{me} {} {port}", child.id())).unwrap();
    std::fs::rename("started.new", "started").unwrap();
    println!("started");
    std::thread::sleep(std::time::Duration::from_secs(1000));
}
"#;

    fn clings(metadata: &str) -> Fixture {
        let book = Fixture::new();
        book.listing("clings", CLINGS, metadata);
        book.golden("clings", "started\n", 0.0);
        std::fs::create_dir(book.path().join("temporary")).expect("a folder");
        book
    }

    /// The numbers in a file, once it is there.
    fn numbers(file: &Path) -> Vec<u32> {
        let start = Instant::now();
        loop {
            if let Ok(text) = std::fs::read_to_string(file) {
                let numbers = text.split(' ').map(|n| n.parse().unwrap());
                return numbers.collect();
            }
            assert!(start.elapsed() < Duration::from_secs(60), "no {file:?}");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Whether the process is there and does something; one that has ended and waits to be
    /// buried by somebody else than `tool` does not count.
    fn lives(process: u32, tool: u32) -> bool {
        let stat = std::fs::read_to_string(format!("/proc/{process}/stat"));
        let Ok(stat) = stat else { return false };
        let after_name = stat.rsplit(") ").next().unwrap_or_default();
        let mut words = after_name.split(' ');
        let (state, parent) = (words.next(), words.next());
        state != Some("Z") || parent == Some(&tool.to_string())
    }

    fn all_is_gone(processes: &[u32], tool: u32) {
        let start = Instant::now();
        while let Some(process) =
            processes.iter().find(|process| lives(**process, tool))
        {
            let waited = start.elapsed();
            assert!(waited < Duration::from_secs(5), "{process} lives");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    fn temporary(book: &Fixture) -> PathBuf {
        book.path().join("temporary")
    }

    fn nothing_is_left(book: &Fixture, tool: u32) {
        let started = numbers(&book.path().join("started"));
        let (port, processes) = started.split_last().expect("a port");
        all_is_gone(processes, tool);
        TcpListener::bind(("127.0.0.1", *port as u16)).expect("a free port");
        let temporary = std::fs::read_dir(temporary(book)).expect("a folder");
        let left: Vec<PathBuf> = temporary.map(|e| e.unwrap().path()).collect();
        assert!(left.is_empty(), "{left:?} is left");
    }

    fn interrupt(process: u32) {
        let pid = Pid::from_raw(process.try_into().expect("a small number"));
        kill_process(pid.expect("a process"), Signal::INT).expect("it is sent");
    }

    fn start_check(book: &Fixture) -> std::process::Child {
        let mut check = book.command(&["check", "clings"]);
        check.env("TMPDIR", temporary(book)).stdout(Stdio::null());
        check.spawn().expect("the tool starts")
    }

    /// Checks the book and interrupts that as soon as something of it has started.
    fn nothing_is_left_after_interrupting(book: &Fixture) {
        let mut check = start_check(book);
        numbers(&book.path().join("started"));
        interrupt(check.id());
        assert_eq!(check.wait().expect("it ends").code(), Some(130));
        nothing_is_left(book, check.id());
    }

    #[test]
    fn nothing_is_left_after_ctrl_c() {
        nothing_is_left_after_interrupting(&clings(""));
    }

    #[test]
    fn nothing_is_left_after_ctrl_c_while_cargo_compiles() {
        let book = clings("");
        // A build script is run by cargo, as the compiler is.
        let script = CLINGS.replace("\"started", "\"../../../started");
        book.write("listings/part/clings/build.rs", &script);
        nothing_is_left_after_interrupting(&book);
    }

    #[test]
    fn nothing_is_left_after_a_time_out() {
        let book = clings("timeout = 0.5 # it clings for ever");
        let mut check = start_check(&book);
        assert_eq!(check.wait().expect("it ends").code(), Some(1));
        nothing_is_left(&book, check.id());
    }

    #[test]
    fn a_program_that_was_stopped_is_no_zombie_while_others_run() {
        let book = clings("timeout = 0.5 # it clings for ever");
        let source = "fn main() {\n    \
                      std::thread::sleep(std::time::Duration::from_secs(2));\n}\n";
        book.listing("long", source, "");
        book.golden("long", "", 2.0);
        let mut check = book.command(&["check", "clings", "long"]);
        let check = check.stdout(Stdio::null()).spawn();
        let mut check = check.expect("the tool starts");
        let started = numbers(&book.path().join("started"));
        let (_, processes) = started.split_last().expect("a port");
        all_is_gone(processes, check.id());
        assert!(check.try_wait().unwrap().is_none(), "the other still runs");
        check.wait().expect("it ends");
    }

    #[test]
    fn nothing_is_left_after_ctrl_c_while_the_pages_are_built() {
        let book = Fixture::new();
        let config = book.read("book.toml");
        let slow = "[preprocessor.slow]\n\
                    command = \"sh -c 'echo 0 > started; sleep 3'\"\n";
        book.write("book.toml", &format!("{config}{slow}"));
        let mut build = book.command(&["build"]);
        build.stdout(Stdio::null()).stderr(Stdio::null());
        let mut build = build.spawn().expect("the tool starts");
        let start = Instant::now();
        while !book.path().join("started").exists() {
            assert!(start.elapsed() < Duration::from_secs(30), "no build");
            std::thread::sleep(Duration::from_millis(10));
        }
        let folders = || -> Vec<PathBuf> {
            let all = std::fs::read_dir(book.path()).expect("a folder");
            let all = all.map(|entry| entry.unwrap().path());
            all.filter(|path| path.display().to_string().contains("/.book-"))
                .collect()
        };
        assert_eq!(folders().len(), 1, "it builds into a folder of its own");
        interrupt(build.id());
        assert_eq!(build.wait().expect("it ends").code(), Some(130));
        assert!(folders().is_empty(), "{:?} is left", folders());
    }

    #[test]
    fn nothing_is_left_after_ctrl_c_while_the_book_is_served() {
        let book = Fixture::new();
        std::fs::create_dir(temporary(&book)).expect("a folder");
        let mut serve = book.command(&["serve", "--port", "0"]);
        serve.env("TMPDIR", temporary(&book)).stdout(Stdio::piped());
        let mut serve = serve.spawn().expect("the tool starts");
        let lines =
            BufReader::new(serve.stdout.take().expect("a pipe")).lines();
        let mut lines = lines.map(|line| line.expect("text"));
        let line = lines.find(|line| line.contains("http://127.0.0.1:"));
        let line = line.expect("it says where");
        let port = line.split("127.0.0.1:").nth(1).expect("a port");
        let port: String =
            port.chars().take_while(char::is_ascii_digit).collect();
        assert!(std::fs::read_dir(temporary(&book)).unwrap().count() > 0);
        interrupt(serve.id());
        serve.wait().expect("it ends");
        assert_eq!(std::fs::read_dir(temporary(&book)).unwrap().count(), 0);
        let port: u16 = port.parse().expect("a number");
        TcpListener::bind(("127.0.0.1", port)).expect("a free port");
    }

    #[test]
    fn nothing_is_left_after_a_panic() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut command = Command::new("sh");
        let script =
            "sleep 1000 & echo $$ $! > new; mv new started; echo; wait";
        command.args(["-c", script]).current_dir(folder.path());
        let run = || {
            process::run_and_tell(command, "", Seconds(30.0), |_| {
                panic!("whoever listens panics")
            })
        };
        assert!(catch_unwind(AssertUnwindSafe(run)).is_err());
        let processes: Vec<u32> = {
            let text = std::fs::read_to_string(folder.path().join("started"));
            let text = text.expect("it started");
            text.split_whitespace()
                .map(|n| n.parse().unwrap())
                .collect()
        };
        all_is_gone(&processes, std::process::id());
    }
}
