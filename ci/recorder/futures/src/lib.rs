//! Stands in for `futures` while a listing is recorded: the same crate, in which every
//! branch of `join_all`, of a buffer and their like has a lane.

pub use futures::*;

pub mod stream;

/// `futures::future`, in which every branch of `join_all` and its like has a lane.
pub mod future {
    use std::panic::Location;

    use recorder::{Kind, Lane};

    pub use futures::future::*;

    /// [`futures::future::join_all`]
    #[track_caller]
    pub fn join_all<I>(futures: I) -> JoinAll<Lane<I::Item>>
    where
        I: IntoIterator,
        I::Item: Future,
    {
        futures::future::join_all(branches(futures, Location::caller()))
    }

    /// [`futures::future::try_join_all`]
    #[track_caller]
    pub fn try_join_all<I, T, E>(futures: I) -> TryJoinAll<Lane<I::Item>>
    where
        I: IntoIterator,
        I::Item: Future<Output = Result<T, E>>,
    {
        futures::future::try_join_all(branches(futures, Location::caller()))
    }

    /// [`futures::future::select_all`]
    #[track_caller]
    pub fn select_all<I>(futures: I) -> SelectAll<Lane<I::Item>>
    where
        I: IntoIterator,
        I::Item: Future + Unpin,
    {
        futures::future::select_all(branches(futures, Location::caller()))
    }

    /// [`futures::future::select_ok`]
    #[track_caller]
    pub fn select_ok<I, T, E>(futures: I) -> SelectOk<Lane<I::Item>>
    where
        I: IntoIterator,
        I::Item: Future<Output = Result<T, E>> + Unpin,
    {
        futures::future::select_ok(branches(futures, Location::caller()))
    }

    fn branches<I: IntoIterator>(
        futures: I,
        at: &'static Location<'static>,
    ) -> Vec<Lane<I::Item>>
    where
        I::Item: Future,
    {
        let numbered = futures.into_iter().zip(1..);
        numbered
            .map(|(future, number)| Lane::new(future, Kind::Branch, number, at))
            .collect()
    }
}

/// `futures::executor`, which writes down what the main function waits for.
pub mod executor {
    use recorder::Lane;

    pub use futures::executor::*;

    /// [`futures::executor::block_on`]
    pub fn block_on<F: Future>(future: F) -> F::Output {
        recorder::start();
        futures::executor::block_on(Lane::of_this_thread(future))
    }
}
