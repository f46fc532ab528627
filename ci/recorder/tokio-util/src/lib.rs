//! Stands in for `tokio-util` while a listing is recorded: the same crate, in which every
//! task of a `TaskTracker` has a lane.

pub use tokio_util::*;

/// `tokio_util::task`, in which every task of a `TaskTracker` has a lane.
pub mod task {
    use std::ops::Deref;
    use std::panic::Location;

    #[cfg(not(target_os = "wasi"))]
    use recorder::Thread;
    use recorder::{Kind, Lane};
    use recorder_tokio::task::JoinHandle;

    pub use tokio_util::task::*;

    /// [`tokio_util::task::TaskTracker`]
    #[derive(Debug, Clone, Default)]
    pub struct TaskTracker(tokio_util::task::TaskTracker);

    impl TaskTracker {
        /// [`tokio_util::task::TaskTracker::new`]
        pub fn new() -> TaskTracker {
            TaskTracker::default()
        }

        /// [`tokio_util::task::TaskTracker::spawn`]
        #[track_caller]
        pub fn spawn<F>(&self, future: F) -> JoinHandle<F::Output>
        where
            F: Future + Send + 'static,
            F::Output: Send + 'static,
        {
            let at = Location::caller();
            self.0.spawn(Lane::new(future, Kind::Task, "", at))
        }

        /// [`tokio_util::task::TaskTracker::spawn_local`]
        #[track_caller]
        pub fn spawn_local<F>(&self, future: F) -> JoinHandle<F::Output>
        where
            F: Future + 'static,
            F::Output: 'static,
        {
            let at = Location::caller();
            self.0.spawn_local(Lane::new(future, Kind::Task, "", at))
        }

        /// [`tokio_util::task::TaskTracker::spawn_blocking`]
        #[cfg(not(target_os = "wasi"))]
        #[track_caller]
        pub fn spawn_blocking<F, R>(&self, work: F) -> JoinHandle<R>
        where
            F: FnOnce() -> R + Send + 'static,
            R: Send + 'static,
        {
            let thread = Thread::new("", Location::caller());
            self.0.spawn_blocking(move || thread.run(work))
        }
    }

    impl Deref for TaskTracker {
        type Target = tokio_util::task::TaskTracker;

        fn deref(&self) -> &Self::Target {
            &self.0
        }
    }
}
