//! Judges `order`, by what two orders at once write to the log. The clock is paused:
//! when everybody waits, it jumps ahead.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use super::order;

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Serves two rooms at once, and returns what is written to the log.
async fn serve() -> String {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_target(false)
        .without_time()
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    tokio::join!(biased; order(12, "4417"), order(34, "8025"));
    let bytes = log.0.lock().unwrap().clone();
    String::from_utf8(bytes).expect("the log is text")
}

#[tokio::test(start_paused = true)]
async fn each_line_says_its_room() {
    let log = serve().await;
    for line in log.lines() {
        let orders = line.matches("order{").count();
        assert!(
            orders <= 1,
            "this line is in {orders} orders at once: a span was still entered while its \
             order waited and the other one was polled\n{line}"
        );
        let rooms = ["order{room=12", "order{room=34"];
        assert!(
            rooms.iter().any(|room| line.contains(room)),
            "this line doesn't say which room's order it is about\n{line}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn each_room_has_its_three_lines() {
    let log = serve().await;
    for room in ["order{room=12", "order{room=34"] {
        let lines = log.lines().filter(|line| line.contains(room));
        let said = lines.filter_map(|line| line.rsplit(' ').next());
        let said: Vec<&str> = said.collect();
        assert_eq!(
            said,
            ["climbing", "paying", "served"],
            "on the left is what those lines say that have `{room}` in them"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn no_card_is_in_the_log() {
    let log = serve().await;
    let line = log
        .lines()
        .find(|line| ["4417", "8025"].iter().any(|card| line.contains(card)));
    assert_eq!(
        line, None,
        "the number of a card stands in this line: all arguments become fields, unless \
         they are left out"
    );
}
