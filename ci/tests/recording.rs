//! Small listings are recorded, and their timelines must say what really happened.

mod common;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::LazyLock;
use std::thread;

use book::golden::Golden;
use book::listing::{Listing, Listings, Order};
use book::process::End;
use book::report;
use book::runner::Programs;
use book::timeline::{Event, Timeline, What};
use book::verdict::{Fault, Ran, Tried};
use common::{Fixture, target};

macro_rules! listings {
    ($($name:literal)*) => {
        &[$(($name, include_str!(concat!("recording/", $name, ".rs")))),*]
    };
}

/// The listings, each in a file of `ci/tests/recording`.
const LISTINGS: &[(&str, &str)] = listings! {
    "abort" "buffer" "by-hand" "channel" "child" "condvar" "executor" "join"
    "join-all" "join-set" "mixture" "panics" "scenery" "scope" "select" "threads"
    "tracker" "try-join" "unordered" "workers"
};

/// All of them are compiled once, and run twice at the same time.
static RECORDED: LazyLock<BTreeMap<&str, Recorded>> = LazyLock::new(|| {
    let book = Fixture::kept("recording", include_str!("recording.rs"))
        .sharing_crates();
    for (name, source) in LISTINGS {
        let mut metadata =
            "tolerance = 5.0 # a busy machine is no fault\n".to_owned();
        if matches!(*name, "threads" | "workers") {
            metadata += "order = \"any\" # of several threads\n";
        }
        book.recorded_listing(name, source, &metadata);
    }
    book.write(
        "listings/part/scenery/src/service.rs",
        include_str!("recording/scenery/service.rs"),
    );
    let (found, problems) = Listings::find(book.path());
    problems.or_ok(()).expect("the listings can be read");
    let listings: Vec<&Listing> = LISTINGS
        .iter()
        .map(|(name, _)| found.get(name).expect("it was written"))
        .collect();
    let programs =
        Programs::compile_into(Some(&target()), book.path(), &listings)
            .expect("cargo runs");
    let run = |listing: &Listing| match programs.try_one(book.path(), listing) {
        Ok(Tried::Ran(ran)) => *ran,
        other => panic!("{} was not run: {other:?}", listing.name),
    };
    thread::scope(|scope| {
        let (run, book) = (&run, &book);
        let threads: Vec<_> = LISTINGS
            .iter()
            .zip(&listings)
            .map(|((name, _), listing)| {
                scope.spawn(move || {
                    let recorded = Recorded {
                        listing: (*listing).clone(),
                        source_file: book.path().join(listing.source_file()),
                        first: run(listing),
                        second: run(listing),
                    };
                    (*name, recorded)
                })
            })
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().expect("a run never panics"))
            .collect()
    })
});

/// A listing and what came of running it twice.
struct Recorded {
    listing: Listing,
    source_file: PathBuf,
    first: Ran,
    second: Ran,
}

impl Recorded {
    fn of(name: &str) -> &'static Recorded {
        &RECORDED[name]
    }

    fn timeline(&self) -> &Timeline {
        let timeline = self.first.timeline.as_ref();
        timeline.unwrap_or_else(|said| panic!("it was not recorded: {said}"))
    }

    /// What the first run would have as its golden.
    fn golden(&self) -> Golden {
        Golden {
            clippy: None,
            lints: None,
            tests: None,
            output: self.first.run.text().expect("it prints text"),
            timeline: Timeline {
                seconds: self.first.run.seconds,
                ..self.timeline().clone()
            },
            warnings: None,
            errors: None,
        }
    }

    /// The only line of the listing with this text.
    fn line(&self, text: &str) -> usize {
        let lines: Vec<usize> = self
            .listing
            .source
            .lines()
            .zip(1..)
            .filter_map(|(line, number)| line.contains(text).then_some(number))
            .collect();
        match lines[..] {
            [line] => line,
            _ => panic!("{text} is in lines {lines:?}"),
        }
    }

    /// What the lanes are, in words.
    fn lanes(&self) -> Vec<String> {
        let told = self.timeline().told().into_iter();
        let lanes = told.filter_map(|(_, words)| {
            words
                .strip_prefix("lane ")
                .map(|lane| lane.trim().to_owned())
        });
        lanes.collect()
    }

    /// What a lane does, in words, without the times and without what depends on them:
    /// polls that move nothing, since something else woke the task.
    fn does(&self, lane: &str) -> Vec<String> {
        let mut does: Vec<String> = Vec::new();
        let mut waits = String::new();
        for (_, words) in self.timeline().told() {
            let Some((_, words)) = words.split_once(&format!(" s  {lane}  "))
            else {
                continue;
            };
            let words = words.trim_end().to_owned();
            if words == waits && does.last().is_some_and(|w| w == "is polled") {
                does.pop();
                if does.last().is_some_and(|w| w == "is woken") {
                    does.pop();
                }
                continue;
            }
            if words.starts_with("waits") {
                waits.clone_from(&words);
            }
            if does.last() != Some(&words) || words != "is woken" {
                does.push(words);
            }
        }
        assert!(!does.is_empty(), "no lane {lane} in {:?}", self.lanes());
        does
    }

    /// What is said of the second run if the first one's `timeline.json` is changed at
    /// the last line with the text `at`; and that line's number.
    fn said(
        &self,
        at: &str,
        change: impl Fn(&str) -> String,
    ) -> (usize, String) {
        let golden = self.golden();
        let text = golden.timeline.to_text();
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let index = lines.iter().rposition(|line| line.contains(at));
        let index = index.unwrap_or_else(|| panic!("no {at} in {text}"));
        lines[index] = change(&lines[index]);
        let timeline = Timeline::parse(&lines.join("\n"))
            .expect("it is a timeline all the same");
        let golden = Golden { timeline, ..golden };
        let second = Tried::Ran(Box::new(self.second.clone()));
        let faults = second.faults(&self.listing, &golden);
        let [fault @ Fault::Timeline(_)] = &faults[..] else {
            panic!("not one fault of the timeline: {faults:?}");
        };
        let said = report::fault(&self.listing, fault);
        (index + 1, anstream::adapter::strip_str(&said).to_string())
    }
}

#[test]
fn branches_of_join_wait_in_their_functions_and_main_at_the_macro() {
    let join = Recorded::of("join");
    assert_eq!(
        join.lanes(),
        [
            "main: a main",
            "short(): a branch of main from line 19",
            "long(): a branch of main from line 19",
        ]
    );
    assert_eq!(join.line("tokio::join!"), 19);
    assert_eq!(
        join.does("short()"),
        [
            "is spawned",
            "is polled",
            "waits at line 6",
            "is woken",
            "is polled",
            "prints at line 7: short",
            "is done",
        ]
    );
    // The first sleep is over when it waits for the second.
    assert_eq!(
        join.does("long()"),
        [
            "is spawned",
            "is polled",
            "waits at line 11",
            "is woken",
            "is polled",
            "waits at line 12",
            "is woken",
            "is polled",
            "prints at line 13: long",
            "is done",
        ]
    );
    // And the macro is over when main waits once more.
    assert_eq!(
        join.does("main"),
        [
            "is polled",
            "waits at line 19",
            "is woken",
            "is polled",
            "prints at line 20: both: 7",
            "waits at line 21",
            "is woken",
            "is polled",
            "is done",
        ]
    );
}

#[test]
fn what_another_file_spawns_has_no_lane() {
    let scenery = Recorded::of("scenery");
    let spawns = scenery.line("let nap");
    assert_eq!(
        scenery.lanes(),
        [
            "main: a main".to_owned(),
            format!("task nap: a task of main from line {spawns}"),
        ]
    );
    let asks = scenery.line("answer.await");
    assert_eq!(
        scenery.does("main")[..5],
        [
            "is polled".to_owned(),
            format!("waits at line {asks}"),
            "is woken".to_owned(),
            "is polled".to_owned(),
            format!("prints at line {asks}: answer"),
        ]
    );
}

#[test]
fn a_program_that_it_starts_does_not_write_to_its_recording() {
    let child = Recorded::of("child");
    let waits = child.line("Command::new(&program)");
    assert_eq!(child.lanes(), ["main: a main"]);
    assert_eq!(
        child.does("main"),
        [
            "is polled".to_owned(),
            format!("waits at line {waits}"),
            "is woken".to_owned(),
            "is polled".to_owned(),
            format!("prints at line {}: it said hello", waits + 1),
            format!("prints at line {}: and \"hello\\n\"", waits + 3),
            "is done".to_owned(),
        ]
    );
}

#[test]
fn a_branch_that_loses_a_select_is_dropped() {
    let select = Recorded::of("select");
    assert_eq!(
        select.does("after(20) 1"),
        [
            "is spawned",
            "is polled",
            "waits at line 6",
            "is woken",
            "is polled",
            "is done",
        ]
    );
    // Nobody keeps the waker of a future that is never ready.
    for loser in ["never() 1", "never() 2"] {
        assert_eq!(
            select.does(loser),
            [
                "is spawned",
                "is polled",
                "waits",
                "prints at line 14: never mind",
                "is dropped",
            ]
        );
    }
    assert_eq!(select.does("after(10)"), ["is spawned", "is dropped"]);
    let main = select.does("main");
    for line in [
        format!("waits at line {}", select.line("biased;") - 1),
        format!("prints at line {}: block: 20", select.line("block: ")),
        format!("prints at line {}: else", select.line("else =>") + 2),
    ] {
        assert!(main.contains(&line), "{line} not in {main:?}");
    }
}

#[test]
fn an_error_in_try_join_drops_the_other_branch() {
    let both = Recorded::of("try-join");
    let line = both.line("works(5000)");
    assert_eq!(
        both.lanes()[3..],
        [
            format!("works(5000): a branch of main from line {line}"),
            format!("fails(): a branch of main from line {line}"),
        ]
    );
    assert_eq!(both.does("fails()").last().unwrap(), "is done");
    assert_eq!(
        both.does("works(5000)"),
        ["is spawned", "is polled", "waits at line 11", "is dropped"]
    );
    for done in ["works(20)", "works(70)"] {
        assert_eq!(both.does(done).last().unwrap(), "is done");
    }
}

#[test]
fn the_branches_of_join_all_are_numbered() {
    let all = Recorded::of("join-all");
    let branch =
        |number| format!("branch {number}: a branch of main from line 14");
    assert_eq!(
        all.lanes(),
        ["main: a main".to_owned(), branch(1), branch(2), branch(3)]
    );
    for number in 1..=3 {
        assert_eq!(
            all.does(&format!("branch {number}")),
            [
                "is spawned",
                "is polled",
                "waits at line 8",
                "is woken",
                "is polled",
                "is done",
            ]
        );
    }
}

#[test]
fn a_future_in_a_buffer_has_a_lane_when_there_is_room_for_it() {
    let buffer = Recorded::of("buffer");
    let line = buffer.line("buffer_unordered");
    let branch =
        |number| format!("branch {number}: a branch of main from line {line}");
    assert_eq!(
        buffer.lanes(),
        ["main: a main".to_owned(), branch(1), branch(2), branch(3)]
    );
    let events = &buffer.timeline().events;
    let when = |lane: usize, what: fn(&What) -> bool| {
        let is = |event: &Event| event.lane == lane && what(&event.what);
        let when = events.iter().position(is);
        when.unwrap_or_else(|| panic!("not in lane {lane}: {events:#?}"))
    };
    let done = |lane| when(lane, |what| matches!(what, What::Done));
    let third = when(3, |what| matches!(what, What::Spawn));
    assert!(done(2) < third && third < done(3) && done(3) < done(1));
}

#[test]
fn futures_unordered_has_lanes_for_those_that_are_pushed_later() {
    let unordered = Recorded::of("unordered");
    let of = |from: &str| {
        let line = unordered.line(from);
        format!("a branch of main from line {line}")
    };
    let lanes: Vec<String> = unordered
        .lanes()
        .iter()
        .filter_map(|lane| Some(lane.split_once(": ")?.1.to_owned()))
        .collect();
    let (first, pushed) = (of("from_iter"), of("push("));
    let raced = of("select_ok(");
    let wanted = [&first, &first, &pushed, &raced, &raced];
    assert_eq!(lanes[1..].iter().collect::<Vec<_>>(), wanted);
    let loser = unordered.lanes().pop().expect("there are lanes");
    let loser = loser.split(':').next().unwrap_or_default();
    assert_eq!(unordered.does(loser).last().unwrap(), "is dropped");
}

#[test]
fn what_a_tracker_spawns_has_a_lane() {
    let tracker = Recorded::of("tracker");
    let task = tracker.line("tracker.spawn(");
    let thread = tracker.line("tracker.spawn_blocking");
    assert_eq!(
        tracker.lanes()[1..],
        [
            format!("task: a task of main from line {task}"),
            format!("thread: a thread of main from line {thread}"),
        ]
    );
    let wait = format!("waits at line {}", tracker.line("wait().await"));
    assert_eq!(tracker.does("main")[..2], ["is polled", &wait]);
}

#[test]
fn tasks_that_a_loop_spawns_are_numbered() {
    let set = Recorded::of("join-set");
    let line = set.line("set.spawn");
    let task =
        |number| format!("task {number}: a task of main from line {line}");
    assert_eq!(
        set.lanes(),
        ["main: a main".to_owned(), task(1), task(2), task(3)]
    );
    let waits = format!("waits at line {}", set.line("join_next"));
    assert_eq!(set.does("main")[..2], ["is polled", &waits]);
}

#[test]
fn a_task_panics_in_its_own_lane_and_main_goes_on() {
    let panics = Recorded::of("panics");
    assert_eq!(
        panics.does("task bad"),
        [
            "is spawned",
            "is polled",
            "waits at line 10",
            "is woken",
            "is polled",
            "panics",
        ]
    );
    let main = panics.does("main");
    // The line of the macro, even if its arguments are waited for.
    assert!(main.contains(&"prints at line 13: panicked: true".to_owned()));
    assert_eq!(
        main[main.len() - 2..],
        ["prints at line 15: and on", "is done"]
    );
}

#[test]
fn an_aborted_task_is_dropped_and_its_destructors_are_its_own() {
    assert_eq!(
        Recorded::of("abort").does("task slow"),
        [
            "is spawned",
            "is polled",
            "waits at line 17",
            "prints at line 9: tidied up",
            "is dropped",
        ]
    );
}

#[test]
fn a_receiver_is_woken_by_the_sender() {
    let channel = Recorded::of("channel");
    let receiver = channel.does("task receiver");
    let waits = format!("waits at line {}", channel.line("rx.recv()"));
    assert_eq!(
        receiver[..5],
        [
            "is spawned",
            "is polled",
            &waits,
            "is woken by task sender",
            "is polled",
        ]
    );
    // The timer is the runtime's.
    assert!(channel.does("task sender").contains(&"is woken".to_owned()));
}

#[test]
fn threads_run_block_and_end_each_in_its_lane() {
    let threads = Recorded::of("threads");
    assert_eq!(
        threads.lanes(),
        [
            "main: a main",
            "thread a: a thread of main from line 13",
            "thread b: a thread of main from line 14",
        ]
    );
    for name in ["a", "b"] {
        assert_eq!(
            threads.does(&format!("thread {name}")),
            [
                "is spawned",
                "runs",
                &format!("prints at line 7: {name} begins"),
                "blocks its thread at line 8",
                "goes on",
                &format!("prints at line 9: {name} ends"),
                "is done",
            ]
        );
    }
    assert_eq!(
        threads.does("main"),
        [
            "runs",
            "blocks its thread at line 15",
            "goes on",
            "blocks its thread at line 16",
            "goes on",
            "prints at line 17: both",
            "is done",
        ]
    );
}

#[test]
fn a_thread_that_waits_for_a_condition_is_blocked() {
    let condvar = Recorded::of("condvar");
    let main = condvar.does("main");
    let blocks = |wait| {
        let line = condvar.line(wait);
        format!("blocks its thread at line {line}")
    };
    assert_eq!(
        main[..6],
        [
            "runs",
            &blocks("BELL.wait_timeout_while("),
            "goes on",
            "prints at line 14: nobody rang",
            &blocks("BELL.wait_while("),
            "goes on",
        ]
    );
}

#[test]
fn main_waits_for_the_threads_of_a_scope() {
    let scope = Recorded::of("scope");
    assert_eq!(
        scope.lanes(),
        [
            "main: a main",
            "thread a: a thread of main from line 9",
            "thread: a thread of main from line 13",
        ]
    );
    assert_eq!(
        scope.does("main"),
        [
            "runs",
            "blocks its thread at line 14",
            "goes on",
            "prints at line 14: a ends",
            "blocks its thread at line 8",
            "goes on",
            "prints at line 17: Some(120)",
            "is done",
        ]
    );
}

#[test]
fn an_executor_written_by_hand_is_a_program_like_any_other() {
    let executor = Recorded::of("executor");
    assert_eq!(executor.lanes(), ["main: a main"]);
    let park = executor.line("thread::park()");
    let sleep = executor.line("thread::sleep");
    assert_eq!(
        executor.does("main"),
        [
            "runs",
            "prints at line 22: poll",
            "prints at line 39: pending",
            &format!("blocks its thread at line {park}"),
            "goes on",
            "prints at line 22: poll",
            &format!("prints at line {}: ready", sleep - 1),
            &format!("blocks its thread at line {sleep}"),
            "goes on",
            "is done",
        ]
    );
}

#[test]
fn a_future_written_by_hand_waits_for_all_that_it_polls() {
    let by_hand = Recorded::of("by-hand");
    let main = by_hand.does("main");
    let (a, b) = (by_hand.line("from_millis(70)") - 4, "from_millis(70)");
    let both = format!("waits at lines {a} and {}", by_hand.line(b));
    assert_eq!(main[..2], ["is polled".to_owned(), both]);
    // An interval keeps the waker of its last tick; nobody waits there anymore.
    let last = by_hand.listing.source.lines().count() - 1;
    let waits = main.iter().rfind(|words| words.starts_with("waits"));
    assert_eq!(waits.unwrap(), &format!("waits at line {last}"));
}

#[test]
fn tasks_on_several_threads_have_their_lanes() {
    let workers = Recorded::of("workers");
    assert_eq!(
        workers.lanes(),
        [
            "main: a main",
            "task a: a task of main from line 13",
            "task b: a task of main from line 14",
        ]
    );
    for name in ["a", "b"] {
        assert_eq!(
            workers.does(&format!("task {name}")),
            [
                "is spawned",
                "is polled",
                &format!("prints at line 6: {name} begins"),
                "waits at line 7",
                "is woken",
                "is polled",
                &format!("prints at line 8: {name} ends"),
                "is done",
            ]
        );
    }
}

#[test]
fn each_printed_line_has_the_line_of_its_macro_and_no_other() {
    let mixture = Recorded::of("mixture");
    let main = mixture.does("main");
    for (text, printed) in [
        ("\"two\\nlines", "lines: 1"),
        ("eprintln!", "Point { x: 1, y: 0 }"),
        ("{number:>3}", "  2 two"),
        ("println!();", ""),
        ("the end", "the end"),
    ] {
        let words = format!("prints at line {}: {printed}", mixture.line(text));
        let words = words.trim_end().to_owned();
        assert!(main.contains(&words), "{words} not in {main:?}");
    }
    // `writeln!` knows nothing of the recorder.
    assert!(main.contains(&"prints: 12".to_owned()), "{main:?}");
}

#[test]
fn a_recorded_program_prints_what_the_plain_one_prints() {
    for recorded in RECORDED.values() {
        let Recorded { listing, first, .. } = recorded;
        assert_eq!(first.run.end, End::Exited(0), "{}", listing.name);
        let plain = first.run.text().expect("it prints text");
        let printed = recorded.timeline().printed();
        let sorted = |text: &str| {
            let mut lines: Vec<String> =
                text.lines().map(str::to_owned).collect();
            if listing.metadata.order == Order::Any {
                lines.sort();
            }
            lines
        };
        assert_eq!(sorted(&printed), sorted(&plain), "{}", listing.name);
    }
}

#[test]
fn every_poll_ends_and_nothing_follows_the_end_of_a_lane() {
    for Recorded { listing, first, .. } in RECORDED.values() {
        let timeline = first.timeline.as_ref().expect("it was recorded");
        let times: Vec<f64> = timeline.events.iter().map(|e| e.at.0).collect();
        assert!(times.is_sorted(), "{}: {times:?}", listing.name);
        for (index, lane) in timeline.lanes.iter().enumerate() {
            let who = format!("{} of {}", lane.name, listing.name);
            let (mut in_turn, mut ended) = (false, false);
            let events = timeline.events.iter().filter(|e| e.lane == index);
            for event in events {
                let what = &event.what;
                assert!(!ended, "{who}: {what:?} after its end");
                match what {
                    What::Poll | What::Run => {
                        assert!(!in_turn, "{who}: {what:?} in a poll");
                        in_turn = true;
                    }
                    What::Wait { .. } | What::Done | What::Panic => {
                        assert!(in_turn, "{who}: {what:?} outside of a poll");
                        in_turn = false;
                    }
                    What::Block { .. } | What::Unblock => {
                        assert!(in_turn, "{who}: {what:?} outside of a poll");
                    }
                    _ => {}
                }
                ended = matches!(what, What::Done | What::Panic | What::Drop);
            }
            assert!(ended, "{who} has no end");
        }
    }
}

#[test]
fn a_listing_stays_as_it_is_while_it_is_recorded() {
    for (name, source) in LISTINGS {
        let file = &Recorded::of(name).source_file;
        let now = std::fs::read_to_string(file).expect("it is still there");
        assert_eq!(now, *source, "{name}");
    }
}

#[test]
fn two_recordings_of_a_listing_agree() {
    // In the others, a busy machine lets two timers fire at once, or `select!` polls
    // another branch first.
    for name in [
        "abort", "channel", "executor", "mixture", "panics", "threads",
    ] {
        let recorded = Recorded::of(name);
        let Recorded {
            listing, second, ..
        } = recorded;
        let second = Tried::Ran(Box::new(second.clone()));
        let faults = second.faults(listing, &recorded.golden());
        let said: Vec<String> = faults
            .iter()
            .map(|fault| report::fault(listing, fault))
            .collect();
        assert!(said.is_empty(), "{}", said.join("\n"));
    }
}

#[test]
fn another_wait_is_a_fault_at_its_line() {
    let abort = Recorded::of("abort");
    let (line, said) =
        abort.said("\"lines\":[17]", |event| event.replace("[17]", "[18]"));
    let file = "listings/part/abort/timeline.json";
    for text in [
        format!("`abort` unfolds differently\n  --> {file}:{line}\n"),
        format!("  {line:>3} - "),
        " s  task slow  waits at line 18\n      + ".to_owned(),
        " s  task slow  waits at line 17\n".to_owned(),
    ] {
        assert!(said.contains(&text), "{text} not in {said}");
    }
}

#[test]
fn a_lane_of_another_name_is_a_fault_at_its_line() {
    let abort = Recorded::of("abort");
    let (line, said) = abort.said("\"name\":\"task slow\"", |lane| {
        lane.replace("task slow", "task with a longer name")
    });
    let file = format!("listings/part/abort/timeline.json:{line}\n");
    assert!(said.contains(&file), "{file} not in {said}");
    let lane = "- lane task with a longer name: a task of main from line 15\n";
    assert!(said.contains(lane), "{said}");
}

#[test]
fn a_poll_too_many_is_a_fault_at_its_line() {
    let panics = Recorded::of("panics");
    // A line of its own is all that an event is.
    let poll = "\"lane\":1,\"what\":\"poll\"";
    let (removed, said) = panics.said(poll, |_| String::new());
    // What came after it in the lane has its line now.
    let file = "listings/part/panics/timeline.json";
    for text in [
        format!("`panics` unfolds differently\n  --> {file}:{removed}\n"),
        " s  task bad  is polled\n".to_owned(),
    ] {
        assert!(said.contains(&text), "{text} not in {said}");
    }
}

/// The goldens of this very book.
fn golden(name: &str) -> Timeline {
    let (listings, _) = Listings::find(common::root());
    let listing = listings.get(name).expect("it is a listing of this book");
    let golden = Golden::read(common::root(), listing);
    golden.expect("it has a golden").timeline
}

/// How long each lane is at something that begins with one event and ends with another,
/// and the line of its beginning.
fn stretches(
    timeline: &Timeline,
    begins: impl Fn(&What) -> bool,
    ends: impl Fn(&What) -> bool,
) -> Vec<(f64, What)> {
    let mut stretches = Vec::new();
    for (index, begin) in timeline.events.iter().enumerate() {
        if begins(&begin.what) {
            let end = timeline.events[index..]
                .iter()
                .find(|event| event.lane == begin.lane && ends(&event.what))
                .expect("what begins ends");
            stretches.push((end.at.0 - begin.at.0, begin.what.clone()));
        }
    }
    stretches
}

#[test]
fn a_blocking_sum_stops_its_thread_for_a_second_at_a_time() {
    for name in ["sum-sync", "sum-blocking"] {
        let blocks = stretches(
            &golden(name),
            |what| matches!(what, What::Block { .. }),
            |what| matches!(what, What::Unblock),
        );
        assert_eq!(blocks.len(), 5, "{name}");
        for (seconds, what) in blocks {
            assert!((0.95..=1.05).contains(&seconds), "{name}: {seconds}");
            assert_eq!(what, What::Block { line: Some(10) }, "{name}");
        }
    }
}

#[test]
fn an_async_sum_never_keeps_its_thread_for_long() {
    let sum = golden("sum-async");
    let polls = stretches(
        &sum,
        |what| matches!(what, What::Poll),
        |what| matches!(what, What::Wait { .. } | What::Done),
    );
    assert!(polls.len() > 5, "{polls:?}");
    for (seconds, _) in polls {
        assert!(seconds <= 0.05, "{seconds}");
    }
    let blocks = |event: &Event| matches!(event.what, What::Block { .. });
    assert!(!sum.events.iter().any(blocks));
}
