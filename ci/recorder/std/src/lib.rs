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

/// `std::thread`, in which sleeping, parking, spawning and joining are written down.
pub mod thread {
    use ::std::ops::Deref;
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
        JoinHandle(::std::thread::spawn(move || thread.run(work)))
    }

    /// [`::std::thread::scope`]
    #[track_caller]
    pub fn scope<'env, F, T>(work: F) -> T
    where
        F: for<'scope> FnOnce(&'scope Scope<'scope, 'env>) -> T,
    {
        let at = Location::caller();
        let mut blocked = None;
        let value = ::std::thread::scope(|scope| {
            // It lives for as long as the real one; a program makes few of them.
            let value = work(Box::leak(Box::new(Scope(scope))));
            // For threads that nobody joined.
            blocked = Some(recorder::Blocked::new(at));
            value
        });
        drop(blocked);
        value
    }

    /// [`::std::thread::Scope`]
    #[derive(Debug)]
    pub struct Scope<'scope, 'env: 'scope>(
        &'scope ::std::thread::Scope<'scope, 'env>,
    );

    impl<'scope> Scope<'scope, '_> {
        /// [`::std::thread::Scope::spawn`]
        #[track_caller]
        pub fn spawn<F, T>(&'scope self, work: F) -> ScopedJoinHandle<'scope, T>
        where
            F: FnOnce() -> T + Send + 'scope,
            T: Send + 'scope,
        {
            let thread = recorder::Thread::new("", Location::caller());
            ScopedJoinHandle(self.0.spawn(move || thread.run(work)))
        }
    }

    /// [`::std::thread::ScopedJoinHandle`]
    #[derive(Debug)]
    pub struct ScopedJoinHandle<'scope, T>(
        ::std::thread::ScopedJoinHandle<'scope, T>,
    );

    impl<T> ScopedJoinHandle<'_, T> {
        /// [`::std::thread::ScopedJoinHandle::join`]
        ///
        /// # Errors
        /// Those of the real one.
        #[track_caller]
        pub fn join(self) -> Result<T> {
            recorder::block(Location::caller(), || self.0.join())
        }
    }

    impl<'scope, T> Deref for ScopedJoinHandle<'scope, T> {
        type Target = ::std::thread::ScopedJoinHandle<'scope, T>;

        fn deref(&self) -> &Self::Target {
            &self.0
        }
    }

    /// [`::std::thread::JoinHandle`]
    #[derive(Debug)]
    pub struct JoinHandle<T>(::std::thread::JoinHandle<T>);

    impl<T> JoinHandle<T> {
        /// [`::std::thread::JoinHandle::join`]
        ///
        /// # Errors
        /// Those of the real one.
        #[track_caller]
        pub fn join(self) -> Result<T> {
            recorder::block(Location::caller(), || self.0.join())
        }
    }

    impl<T> Deref for JoinHandle<T> {
        type Target = ::std::thread::JoinHandle<T>;

        fn deref(&self) -> &Self::Target {
            &self.0
        }
    }
}

/// `std::sync`, in which waiting for a condition variable is written down.
pub mod sync {
    use ::std::panic::Location;
    use ::std::time::Duration;

    pub use ::std::sync::*;

    /// [`::std::sync::Condvar`]
    #[derive(Debug, Default)]
    pub struct Condvar(::std::sync::Condvar);

    impl Condvar {
        /// [`::std::sync::Condvar::new`]
        #[must_use]
        pub const fn new() -> Self {
            Condvar(::std::sync::Condvar::new())
        }

        /// [`::std::sync::Condvar::wait`]
        ///
        /// # Errors
        /// Those of the real one.
        #[track_caller]
        pub fn wait<'a, T>(
            &self,
            guard: MutexGuard<'a, T>,
        ) -> LockResult<MutexGuard<'a, T>> {
            recorder::block(Location::caller(), || self.0.wait(guard))
        }

        /// [`::std::sync::Condvar::wait_while`]
        ///
        /// # Errors
        /// Those of the real one.
        #[track_caller]
        pub fn wait_while<'a, T, F>(
            &self,
            guard: MutexGuard<'a, T>,
            condition: F,
        ) -> LockResult<MutexGuard<'a, T>>
        where
            F: FnMut(&mut T) -> bool,
        {
            recorder::block(Location::caller(), || {
                self.0.wait_while(guard, condition)
            })
        }

        /// [`::std::sync::Condvar::wait_timeout`]
        ///
        /// # Errors
        /// Those of the real one.
        #[track_caller]
        pub fn wait_timeout<'a, T>(
            &self,
            guard: MutexGuard<'a, T>,
            duration: Duration,
        ) -> LockResult<(MutexGuard<'a, T>, WaitTimeoutResult)> {
            recorder::block(Location::caller(), || {
                self.0.wait_timeout(guard, duration)
            })
        }

        /// [`::std::sync::Condvar::wait_timeout_while`]
        ///
        /// # Errors
        /// Those of the real one.
        #[track_caller]
        pub fn wait_timeout_while<'a, T, F>(
            &self,
            guard: MutexGuard<'a, T>,
            duration: Duration,
            condition: F,
        ) -> LockResult<(MutexGuard<'a, T>, WaitTimeoutResult)>
        where
            F: FnMut(&mut T) -> bool,
        {
            recorder::block(Location::caller(), || {
                self.0.wait_timeout_while(guard, duration, condition)
            })
        }

        /// [`::std::sync::Condvar::notify_one`]
        pub fn notify_one(&self) {
            self.0.notify_one();
        }

        /// [`::std::sync::Condvar::notify_all`]
        pub fn notify_all(&self) {
            self.0.notify_all();
        }
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
    () => {
        $crate::println!("")
    };
    ($($argument:tt)*) => {
        $crate::__recorder::print(
            $crate::__std::panic::Location::caller(),
            $crate::__std::format_args!($($argument)*),
            "\n",
        )
    };
}

/// [`::std::print`]
#[macro_export]
macro_rules! print {
    ($($argument:tt)*) => {
        $crate::__recorder::print(
            $crate::__std::panic::Location::caller(),
            $crate::__std::format_args!($($argument)*),
            "",
        )
    };
}

/// [`::std::eprintln`]
#[macro_export]
macro_rules! eprintln {
    () => {
        $crate::eprintln!("")
    };
    ($($argument:tt)*) => {
        $crate::__recorder::eprint(
            $crate::__std::panic::Location::caller(),
            $crate::__std::format_args!($($argument)*),
            "\n",
        )
    };
}

/// [`::std::eprint`]
#[macro_export]
macro_rules! eprint {
    ($($argument:tt)*) => {
        $crate::__recorder::eprint(
            $crate::__std::panic::Location::caller(),
            $crate::__std::format_args!($($argument)*),
            "",
        )
    };
}
