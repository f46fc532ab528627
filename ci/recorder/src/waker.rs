//! A waker that tells when it is kept and when it wakes.

use std::sync::Arc;
use std::task::{RawWaker, RawWakerVTable, Waker};

use crate::{LaneId, Maybe, TURNS, current, event};

/// The waker that a lane's future is polled with.
struct LaneWaker {
    lane: LaneId,
    inner: Waker,
}

/// Wraps the waker that a lane is polled with.
pub fn waker(lane: LaneId, inner: Waker) -> Waker {
    let data = Arc::into_raw(Arc::new(LaneWaker { lane, inner }));
    // SAFETY: the functions of the table treat the pointer as what it is, an owned
    // `Arc<LaneWaker>`, and `LaneWaker` is `Send` and `Sync`.
    unsafe { Waker::new(data.cast(), &TABLE) }
}

static TABLE: RawWakerVTable =
    RawWakerVTable::new(clone, wake, wake_by_ref, drop);

fn clone(data: *const ()) -> RawWaker {
    let data = data.cast::<LaneWaker>();
    // SAFETY: the pointer comes from `Arc::into_raw`, and whoever clones a waker has
    // it, so it is alive.
    let lane = unsafe {
        Arc::increment_strong_count(data);
        (*data).lane
    };
    begins_to_wait(lane);
    RawWaker::new(data.cast(), &TABLE)
}

fn wake(data: *const ()) {
    // SAFETY: `wake` takes the ownership that `waker` or `clone` gave.
    let waker = unsafe { Arc::from_raw(data.cast::<LaneWaker>()) };
    woken(waker.lane);
    waker.inner.wake_by_ref();
}

fn wake_by_ref(data: *const ()) {
    // SAFETY: the pointer comes from `Arc::into_raw`, and its owner calls this.
    let waker = unsafe { &*data.cast::<LaneWaker>() };
    woken(waker.lane);
    waker.inner.wake_by_ref();
}

fn drop(data: *const ()) {
    // SAFETY: `drop` takes the ownership that `waker` or `clone` gave.
    std::mem::drop(unsafe { Arc::from_raw(data.cast::<LaneWaker>()) });
}

/// Who keeps a waker will use it.
fn begins_to_wait(lane: LaneId) {
    TURNS.with_borrow_mut(|turns| {
        let mut turns = turns.iter_mut().rev();
        if let Some(turn) = turns.find(|turn| turn.lane == lane) {
            turn.waits.begin(lane);
        }
    });
}

fn woken(lane: LaneId) {
    let by = current().filter(|_| TURNS.with_borrow(|turns| !turns.is_empty()));
    event(format_args!("wake\t{lane}\t{}", Maybe(by)));
}
