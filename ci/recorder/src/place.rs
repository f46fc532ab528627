//! Places in a program: where the compiler says that a call stands, or lines that a
//! program knows by itself, since another text than its own is shown.

use std::cell::RefCell;
use std::panic::Location;
use std::pin::Pin;
use std::task::{Context, Poll};

use pin_project_lite::pin_project;

use crate::lines;

/// Something that stands at a line of the program that is shown.
pub trait Place {
    /// The line; 0 for another file.
    fn line(&self) -> u32;

    /// Whether it stands in another file of the program, which isn't drawn.
    fn is_scenery(&self) -> bool {
        false
    }
}

impl Place for &Location<'_> {
    fn line(&self) -> u32 {
        match lines::is_listing(self.file()) {
            true => Location::line(self),
            false => 0,
        }
    }

    fn is_scenery(&self) -> bool {
        lines::is_scenery(self.file())
    }
}

/// A line of the program that is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line(pub u32);

impl Place for Line {
    fn line(&self) -> u32 {
        self.0
    }
}

thread_local! {
    /// The lines that are awaiting on this thread: each awaits the next.
    static AWAITING: RefCell<Vec<u32>> = const { RefCell::new(Vec::new()) };
}

/// The lines that are awaiting now, the outermost first; none if nobody said where it
/// awaits.
pub(crate) fn awaiting() -> Vec<u32> {
    AWAITING.with_borrow(Vec::clone)
}

/// A future that is awaited at this line.
pub fn at<F>(line: Line, future: F) -> At<F> {
    At { future, line }
}

pin_project! {
    /// A future that is awaited at a known line.
    pub struct At<F> {
        #[pin]
        future: F,
        line: Line,
    }
}

impl<F: Future> Future for At<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let this = self.project();
        AWAITING.with_borrow_mut(|lines| lines.push(this.line.0));
        // A panic leaves the line as well.
        let _left = Left;
        this.future.poll(cx)
    }
}

/// Goes back to the line before.
struct Left;

impl Drop for Left {
    fn drop(&mut self) {
        AWAITING.with_borrow_mut(|lines| lines.pop());
    }
}
