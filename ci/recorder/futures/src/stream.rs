//! `futures::stream`, in which every branch of a buffer and of `FuturesUnordered` has a
//! lane.

use std::cell::Cell;
use std::ops::Deref;
use std::panic::Location;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures::StreamExt as _;
use pin_project_lite::pin_project;
use recorder::{Kind, Lane};

pub use futures::stream::*;

/// [`futures::stream::iter`]
pub fn iter<I: IntoIterator>(items: I) -> Recorded<Iter<I::IntoIter>> {
    Recorded {
        stream: futures::stream::iter(items),
    }
}

pin_project! {
    /// A stream whose own methods come before those of `StreamExt`: what they return is
    /// recorded. With any other method it is an ordinary stream.
    #[derive(Debug, Clone)]
    pub struct Recorded<S> {
        #[pin]
        stream: S,
    }
}

impl<S: Stream> Recorded<S> {
    /// [`futures::StreamExt::map`]
    pub fn map<T, F: FnMut(S::Item) -> T>(
        self,
        function: F,
    ) -> Recorded<Map<S, F>> {
        Recorded {
            stream: self.stream.map(function),
        }
    }
}

impl<S: Stream> Recorded<S>
where
    S::Item: Future,
{
    /// [`futures::StreamExt::buffered`]
    #[track_caller]
    pub fn buffered(
        self,
        at_most: usize,
    ) -> Buffered<impl Stream<Item = Lane<S::Item>>> {
        self.lanes(Location::caller()).buffered(at_most)
    }

    /// [`futures::StreamExt::buffer_unordered`]
    #[track_caller]
    pub fn buffer_unordered(
        self,
        at_most: usize,
    ) -> BufferUnordered<impl Stream<Item = Lane<S::Item>>> {
        self.lanes(Location::caller()).buffer_unordered(at_most)
    }

    /// The same futures, each with a lane from when it is asked for.
    fn lanes(
        self,
        at: &'static Location<'static>,
    ) -> impl Stream<Item = Lane<S::Item>> {
        let mut number = 0;
        self.stream.map(move |future| {
            number += 1;
            Lane::new(future, Kind::Branch, number, at)
        })
    }
}

impl<S: Stream> Stream for Recorded<S> {
    type Item = S::Item;

    fn poll_next(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<S::Item>> {
        self.project().stream.poll_next(cx)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.stream.size_hint()
    }
}

/// [`futures::stream::FuturesUnordered`]
#[derive(Debug)]
pub struct FuturesUnordered<F> {
    futures: futures::stream::FuturesUnordered<Lane<F>>,
    pushed: Cell<u32>,
}

impl<F> FuturesUnordered<F> {
    /// [`futures::stream::FuturesUnordered::new`]
    pub fn new() -> FuturesUnordered<F> {
        FuturesUnordered {
            futures: futures::stream::FuturesUnordered::new(),
            pushed: Cell::new(0),
        }
    }

    /// [`futures::stream::FuturesUnordered::push`]
    #[track_caller]
    pub fn push(&self, future: F) {
        self.pushed.update(|pushed| pushed + 1);
        let (number, at) = (self.pushed.get(), Location::caller());
        self.futures
            .push(Lane::new(future, Kind::Branch, number, at));
    }
}

impl<F> Default for FuturesUnordered<F> {
    fn default() -> Self {
        FuturesUnordered::new()
    }
}

impl<F> Deref for FuturesUnordered<F> {
    type Target = futures::stream::FuturesUnordered<Lane<F>>;

    fn deref(&self) -> &Self::Target {
        &self.futures
    }
}

impl<F> FromIterator<F> for FuturesUnordered<F> {
    #[track_caller]
    fn from_iter<I: IntoIterator<Item = F>>(futures: I) -> Self {
        let all = FuturesUnordered::new();
        for future in futures {
            all.push(future);
        }
        all
    }
}

impl<F: Future> Stream for FuturesUnordered<F> {
    type Item = F::Output;

    fn poll_next(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<F::Output>> {
        Pin::new(&mut self.futures).poll_next(cx)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.futures.size_hint()
    }
}
