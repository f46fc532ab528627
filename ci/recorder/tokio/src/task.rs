//! `tokio::task`, in which every task has a lane.

use std::ops::{Deref, DerefMut};
use std::panic::Location;

use recorder::{Kind, Lane, Thread};

pub use tokio::task::*;

/// [`tokio::spawn`]
#[track_caller]
pub fn spawn<F>(future: F) -> JoinHandle<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    tokio::spawn(Lane::new(future, Kind::Task, "", Location::caller()))
}

/// [`tokio::task::spawn_local`]
#[track_caller]
pub fn spawn_local<F>(future: F) -> JoinHandle<F::Output>
where
    F: Future + 'static,
    F::Output: 'static,
{
    tokio::task::spawn_local(Lane::new(
        future,
        Kind::Task,
        "",
        Location::caller(),
    ))
}

/// [`tokio::task::spawn_blocking`]
#[track_caller]
pub fn spawn_blocking<F, R>(work: F) -> JoinHandle<R>
where
    F: FnOnce() -> R + Send + 'static,
    R: Send + 'static,
{
    let thread = Thread::new("", Location::caller());
    tokio::task::spawn_blocking(move || thread.run(work))
}

/// [`tokio::task::JoinSet`]
#[derive(Debug)]
pub struct JoinSet<T>(tokio::task::JoinSet<T>);

impl<T> JoinSet<T> {
    /// [`tokio::task::JoinSet::new`]
    pub fn new() -> JoinSet<T> {
        JoinSet(tokio::task::JoinSet::new())
    }
}

impl<T: 'static> JoinSet<T> {
    /// [`tokio::task::JoinSet::spawn`]
    #[track_caller]
    pub fn spawn<F>(&mut self, future: F) -> AbortHandle
    where
        F: Future<Output = T> + Send + 'static,
        T: Send,
    {
        self.0
            .spawn(Lane::new(future, Kind::Task, "", Location::caller()))
    }

    /// [`tokio::task::JoinSet::spawn_local`]
    #[track_caller]
    pub fn spawn_local<F>(&mut self, future: F) -> AbortHandle
    where
        F: Future<Output = T> + 'static,
    {
        self.0.spawn_local(Lane::new(
            future,
            Kind::Task,
            "",
            Location::caller(),
        ))
    }

    /// [`tokio::task::JoinSet::join_all`]
    pub async fn join_all(self) -> Vec<T> {
        self.0.join_all().await
    }
}

impl<T> Default for JoinSet<T> {
    fn default() -> Self {
        JoinSet::new()
    }
}

impl<T> Deref for JoinSet<T> {
    type Target = tokio::task::JoinSet<T>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl<T> DerefMut for JoinSet<T> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}

impl<F> FromIterator<F> for JoinSet<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    #[track_caller]
    fn from_iter<I: IntoIterator<Item = F>>(futures: I) -> Self {
        let mut set = JoinSet::new();
        for future in futures {
            set.spawn(future);
        }
        set
    }
}
