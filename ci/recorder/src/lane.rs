//! A future, or a thread, that is recorded.

use std::fmt::Display;
use std::pin::Pin;
use std::task::{Context, Poll};

use pin_project_lite::pin_project;

use crate::waits::Waits;
use crate::{
    LaneId, Maybe, Place, TURNS, Turn, current, event, own, recorder, waker,
};

/// What a lane is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A task that was handed to a runtime.
    Task,
    /// A branch of `join!`, `select!` and the like within a task.
    Branch,
    /// A thread of the operating system.
    Thread,
}

impl Kind {
    fn word(self) -> &'static str {
        match self {
            Kind::Task => "task",
            Kind::Branch => "branch",
            Kind::Thread => "thread",
        }
    }
}

/// A new lane; none for what another file of the listing spawns.
fn spawn(kind: Kind, name: impl Display, at: impl Place) -> Option<LaneId> {
    if at.is_scenery() {
        // It must not be the first to be heard of, on a thread that isn't main's.
        recorder();
        return None;
    }
    let (lane, parent) = (LaneId::next(), Maybe(current()));
    let (kind, line) = (kind.word(), at.line());
    event(format_args!(
        "spawn\t{lane}\t{parent}\t{kind}\t{line}\t{name}"
    ));
    Some(lane)
}

pin_project! {
    /// A future whose polls are written down.
    pub struct Lane<F> {
        // None once it was dropped.
        #[pin]
        future: Option<F>,
        // None if it is not written down.
        lane: Option<LaneId>,
        ended: bool,
    }

    impl<F> PinnedDrop for Lane<F> {
        fn drop(this: Pin<&mut Self>) {
            let mut this = this.project();
            if let (Some(lane), false) = (*this.lane, *this.ended) {
                // What its destructors do is its own doing.
                let turn = InTurn::begin(lane);
                this.future.set(None);
                turn.end();
                event(format_args!("drop\t{lane}"));
            }
        }
    }
}

impl<F> Lane<F> {
    /// A future with a lane of its own.
    pub fn new(
        future: F,
        kind: Kind,
        name: impl Display,
        at: impl Place,
    ) -> Self {
        Lane {
            future: Some(future),
            lane: spawn(kind, name, at),
            ended: false,
        }
    }

    /// The future that the main function, or another thread, waits for: its polls are
    /// those of the thread's own lane.
    pub fn of_this_thread(future: F) -> Self {
        Lane {
            future: Some(future),
            lane: own(),
            ended: false,
        }
    }
}

impl<F: Future> Future for Lane<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let this = self.project();
        let future = this.future.as_pin_mut().expect("it is dropped last");
        let Some(lane) = *this.lane else {
            return future.poll(cx);
        };
        let waker = waker::waker(lane, cx.waker().clone());
        event(format_args!("poll\t{lane}"));
        let turn = InTurn::begin(lane);
        // Unless it is pending; a panic is an end, too.
        *this.ended = true;
        let result = future.poll(&mut Context::from_waker(&waker));
        *this.ended = result.is_ready();
        let waits = turn.end();
        if result.is_ready() {
            event(format_args!("done\t{lane}"));
        } else {
            event(format_args!("wait\t{lane}\t{waits}"));
        }
        result
    }
}

/// The time in which a lane has the thread. A panic ends it, too.
struct InTurn {
    lane: LaneId,
}

impl InTurn {
    fn begin(lane: LaneId) -> InTurn {
        TURNS.with_borrow_mut(|turns| {
            turns.push(Turn {
                lane,
                waits: Waits::default(),
            })
        });
        InTurn { lane }
    }

    /// Where the lane waits now.
    fn end(self) -> Waits {
        std::mem::forget(self);
        let turn = TURNS.with_borrow_mut(Vec::pop);
        turn.map(|turn| turn.waits).unwrap_or_default()
    }
}

impl Drop for InTurn {
    fn drop(&mut self) {
        TURNS.with_borrow_mut(Vec::pop);
        event(format_args!("panic\t{}", self.lane));
    }
}

/// A thread with a lane of its own.
#[derive(Debug)]
pub struct Thread {
    // None if it is not written down.
    lane: Option<LaneId>,
}

impl Thread {
    /// A thread that is about to be spawned.
    pub fn new(name: impl Display, at: impl Place) -> Thread {
        Thread {
            lane: spawn(Kind::Thread, name, at),
        }
    }

    /// What the thread does, on that thread.
    pub fn run<T>(self, work: impl FnOnce() -> T) -> T {
        let Some(lane) = self.lane else { return work() };
        event(format_args!("run\t{lane}"));
        let turn = InTurn::begin(lane);
        let value = work();
        turn.end();
        event(format_args!("done\t{lane}"));
        value
    }
}
