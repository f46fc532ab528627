//! `join!`, `try_join!` and `select!`, in which every branch has a lane.

#[doc(hidden)]
#[macro_export]
macro_rules! __branch {
    ($future:expr) => {
        $crate::__recorder::Lane::new(
            ::core::future::IntoFuture::into_future($future),
            $crate::__recorder::Kind::Branch,
            ::core::stringify!($future),
            ::core::panic::Location::caller(),
        )
    };
}

/// [`tokio::join`]
#[macro_export]
macro_rules! join {
    (biased; $($future:expr),+ $(,)?) => {
        $crate::__tokio::join!(biased; $($crate::__branch!($future)),+)
    };
    ($($future:expr),* $(,)?) => {
        $crate::__tokio::join!($($crate::__branch!($future)),*)
    };
}

/// [`tokio::try_join`]
#[macro_export]
macro_rules! try_join {
    (biased; $($future:expr),+ $(,)?) => {
        $crate::__tokio::try_join!(biased; $($crate::__branch!($future)),+)
    };
    ($($future:expr),* $(,)?) => {
        $crate::__tokio::try_join!($($crate::__branch!($future)),*)
    };
}

/// [`tokio::select`]
#[macro_export]
macro_rules! select {
    (biased; $($branches:tt)*) => {
        $crate::__select!({ biased; } $($branches)*)
    };
    ($($branches:tt)*) => {
        $crate::__select!({} $($branches)*)
    };
}

/// Goes through the branches one by one: those in braces have a lane already.
#[doc(hidden)]
#[macro_export]
macro_rules! __select {
    ({ $($done:tt)* }) => {
        $crate::__tokio::select! { $($done)* }
    };
    ({ $($done:tt)* } else => $handler:expr $(,)?) => {
        $crate::__tokio::select! { $($done)* else => $handler, }
    };
    ({ $($done:tt)* } $p:pat = $future:expr, if $c:expr => $handler:block, $($r:tt)*) => {
        $crate::__select!(
            { $($done)* $p = $crate::__branch!($future), if $c => { $handler }, } $($r)*
        )
    };
    ({ $($done:tt)* } $p:pat = $future:expr, if $c:expr => $handler:block $($r:tt)*) => {
        $crate::__select!(
            { $($done)* $p = $crate::__branch!($future), if $c => { $handler }, } $($r)*
        )
    };
    ({ $($done:tt)* } $p:pat = $future:expr, if $c:expr => $handler:expr $(, $($r:tt)*)?) => {
        $crate::__select!(
            { $($done)* $p = $crate::__branch!($future), if $c => { $handler }, } $($($r)*)?
        )
    };
    ({ $($done:tt)* } $p:pat = $future:expr => $handler:block, $($r:tt)*) => {
        $crate::__select!(
            { $($done)* $p = $crate::__branch!($future) => { $handler }, } $($r)*
        )
    };
    ({ $($done:tt)* } $p:pat = $future:expr => $handler:block $($r:tt)*) => {
        $crate::__select!(
            { $($done)* $p = $crate::__branch!($future) => { $handler }, } $($r)*
        )
    };
    ({ $($done:tt)* } $p:pat = $future:expr => $handler:expr $(, $($r:tt)*)?) => {
        $crate::__select!(
            { $($done)* $p = $crate::__branch!($future) => { $handler }, } $($($r)*)?
        )
    };
}
