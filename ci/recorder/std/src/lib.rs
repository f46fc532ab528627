//! Stands in for `std` while a listing is recorded: the standard library, in which
//! stopping a thread, spawning one, and printing are written down.
//!
//! A dependency of the name `std` takes the place of the standard library in the crate
//! that depends on it, prelude and macros included; all other crates keep the real one.

pub use ::std::*;

#[doc(hidden)]
pub use ::recorder as __recorder;
#[doc(hidden)]
pub use ::std as __std;

/// `std::thread`, in which sleeping, parking and spawning are written down.
pub mod thread {
    use ::std::panic::Location;
    use ::std::time::Duration;

    pub use ::std::thread::*;

    /// [`::std::thread::sleep`]
    #[track_caller]
    pub fn sleep(duration: Duration) {
        recorder::block(Location::caller(), || ::std::thread::sleep(duration));
    }

    /// [`::std::thread::park`]
    #[track_caller]
    pub fn park() {
        recorder::block(Location::caller(), ::std::thread::park);
    }

    /// [`::std::thread::park_timeout`]
    #[track_caller]
    pub fn park_timeout(duration: Duration) {
        recorder::block(Location::caller(), || {
            ::std::thread::park_timeout(duration)
        });
    }

    /// [`::std::thread::spawn`]
    #[track_caller]
    pub fn spawn<F, T>(work: F) -> JoinHandle<T>
    where
        F: FnOnce() -> T + Send + 'static,
        T: Send + 'static,
    {
        let thread = recorder::Thread::new("", Location::caller());
        ::std::thread::spawn(move || thread.run(work))
    }
}

/// `std::prelude`, whose macros for printing are those below.
pub mod prelude {
    pub use ::std::prelude::*;

    /// The prelude of the edition in which listings are written.
    pub mod rust_2024 {
        pub use crate::{eprint, eprintln, print, println};
        pub use ::std::prelude::rust_2024::*;
    }
}

/// [`::std::println`]
#[macro_export]
macro_rules! println {
    ($($argument:tt)*) => {{
        $crate::__recorder::print($crate::__std::panic::Location::caller());
        $crate::__std::println!($($argument)*);
    }};
}

/// [`::std::print`]
#[macro_export]
macro_rules! print {
    ($($argument:tt)*) => {{
        $crate::__recorder::print($crate::__std::panic::Location::caller());
        $crate::__std::print!($($argument)*);
    }};
}

/// [`::std::eprintln`]
#[macro_export]
macro_rules! eprintln {
    ($($argument:tt)*) => {{
        $crate::__recorder::print($crate::__std::panic::Location::caller());
        $crate::__std::eprintln!($($argument)*);
    }};
}

/// [`::std::eprint`]
#[macro_export]
macro_rules! eprint {
    ($($argument:tt)*) => {{
        $crate::__recorder::print($crate::__std::panic::Location::caller());
        $crate::__std::eprint!($($argument)*);
    }};
}
