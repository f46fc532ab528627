//! `tokio::runtime`, whose runtimes write down what the main function waits for.

use std::ops::{Deref, DerefMut};
use std::panic::Location;

use recorder::{Kind, Lane, Thread};
use tokio::task::JoinHandle;

pub use tokio::runtime::*;

/// [`tokio::runtime::Builder`]
#[derive(Debug)]
pub struct Builder(tokio::runtime::Builder);

impl Builder {
    /// [`tokio::runtime::Builder::new_current_thread`]
    pub fn new_current_thread() -> Builder {
        Builder(tokio::runtime::Builder::new_current_thread())
    }

    /// [`tokio::runtime::Builder::enable_all`]
    pub fn enable_all(&mut self) -> &mut Builder {
        self.0.enable_all();
        self
    }

    /// [`tokio::runtime::Builder::enable_time`]
    pub fn enable_time(&mut self) -> &mut Builder {
        self.0.enable_time();
        self
    }

    /// [`tokio::runtime::Builder::max_blocking_threads`]
    pub fn max_blocking_threads(&mut self, threads: usize) -> &mut Builder {
        self.0.max_blocking_threads(threads);
        self
    }

    /// [`tokio::runtime::Builder::build`]
    ///
    /// # Errors
    /// Those of the real one.
    pub fn build(&mut self) -> std::io::Result<Runtime> {
        recorder::start();
        self.0.build().map(Runtime)
    }
}

/// What there is where a program can have several threads and sockets.
#[cfg(not(target_os = "wasi"))]
impl Builder {
    /// [`tokio::runtime::Builder::new_multi_thread`]
    pub fn new_multi_thread() -> Builder {
        Builder(tokio::runtime::Builder::new_multi_thread())
    }

    /// [`tokio::runtime::Builder::worker_threads`]
    pub fn worker_threads(&mut self, threads: usize) -> &mut Builder {
        self.0.worker_threads(threads);
        self
    }

    /// [`tokio::runtime::Builder::enable_io`]
    pub fn enable_io(&mut self) -> &mut Builder {
        self.0.enable_io();
        self
    }
}

/// [`tokio::runtime::Runtime`]
#[derive(Debug)]
pub struct Runtime(tokio::runtime::Runtime);

impl Runtime {
    /// [`tokio::runtime::Runtime::block_on`]
    #[track_caller]
    pub fn block_on<F: Future>(&self, future: F) -> F::Output {
        self.0.block_on(Lane::of_this_thread(future))
    }

    /// [`tokio::runtime::Runtime::spawn`]
    #[track_caller]
    pub fn spawn<F>(&self, future: F) -> JoinHandle<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        self.0
            .spawn(Lane::new(future, Kind::Task, "", Location::caller()))
    }

    /// [`tokio::runtime::Runtime::spawn_blocking`]
    #[track_caller]
    pub fn spawn_blocking<F, R>(&self, work: F) -> JoinHandle<R>
    where
        F: FnOnce() -> R + Send + 'static,
        R: Send + 'static,
    {
        let thread = Thread::new("", Location::caller());
        self.0.spawn_blocking(move || thread.run(work))
    }

    /// [`tokio::runtime::Runtime::shutdown_timeout`]
    pub fn shutdown_timeout(self, duration: std::time::Duration) {
        self.0.shutdown_timeout(duration);
    }

    /// [`tokio::runtime::Runtime::shutdown_background`]
    pub fn shutdown_background(self) {
        self.0.shutdown_background();
    }
}

#[cfg(not(target_os = "wasi"))]
impl Runtime {
    /// [`tokio::runtime::Runtime::new`]
    ///
    /// # Errors
    /// Those of the real one.
    pub fn new() -> std::io::Result<Runtime> {
        Builder::new_multi_thread().enable_all().build()
    }
}

impl Deref for Runtime {
    type Target = tokio::runtime::Runtime;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl DerefMut for Runtime {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}
