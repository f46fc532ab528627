//! Judges `ferry-board`, with a real clock, as there are sockets. All ferries are asked once,
//! at the same time, and each test looks at one of them.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use futures::future::join_all;
use reqwest::Client;
use tokio::time::timeout;

use super::{departure, service};

/// What the board shows, and after how many seconds. Nothing if that takes two.
type Shown = Option<(Option<String>, f64)>;

static BOARD: LazyLock<Vec<Shown>> = LazyLock::new(ask);

#[tokio::main(flavor = "current_thread")]
async fn ask() -> Vec<Shown> {
    let service = service::start().await;
    let client = Client::builder().no_proxy().build().unwrap();
    let start = Instant::now();
    let asked = ["Calypso", "Nereid", "Triton", "Proteus"].map(|ferry| {
        let asked = departure(&client, format!("{service}/{ferry}"));
        let timed = async { (asked.await, start.elapsed().as_secs_f64()) };
        timeout(Duration::from_secs(2), timed)
    });
    let shown = join_all(asked).await;
    shown.into_iter().map(Result::ok).collect()
}

#[test]
fn a_good_answer_is_shown() {
    let shown = BOARD[0].as_ref().and_then(|(shown, _)| shown.as_deref());
    assert_eq!(
        shown,
        Some("at ten"),
        "the Calypso's answer is good, and is there after 0.2 seconds: it is lost on the way"
    );
}

#[test]
fn an_error_page_is_not_shown() {
    let shown = BOARD[1].as_ref().and_then(|(shown, _)| shown.as_deref());
    assert_eq!(
        shown, None,
        "the Nereid was answered with status 503, and what came with it is no departure: to \
         `send`, an answer is an answer"
    );
}

#[test]
fn a_late_answer_is_not_waited_for() {
    given_up("Triton", &BOARD[2], "the rest of the answer comes too late");
}

#[test]
fn no_answer_is_not_waited_for() {
    given_up("Proteus", &BOARD[3], "not even its beginning ever comes");
}

/// Nothing is shown for this ferry, and soon.
fn given_up(ferry: &str, shown: &Shown, why: &str) {
    let Some((shown, took)) = shown else {
        panic!(
            "after 2.0 seconds there was still no line for the {ferry}: {why}, and some wait has \
             no bound"
        );
    };
    assert_eq!(*shown, None, "for the {ferry} {why}, so what is this?");
    assert!(
        *took < 1.5,
        "the {ferry} was given up after {took:.1} seconds, and should have been after half a \
         second"
    );
}
