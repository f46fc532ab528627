//! The calls that a thread is in, as addresses: what is known of the stack at once.

/// Where each call goes on, the innermost first; none where nobody tells.
#[cfg(unix)]
pub fn addresses() -> Option<Vec<usize>> {
    use std::ffi::{c_int, c_void};

    type Visit = extern "C" fn(*mut c_void, *mut c_void) -> c_int;

    // The standard library is linked with whoever provides these.
    unsafe extern "C" {
        fn _Unwind_Backtrace(visit: Visit, argument: *mut c_void) -> c_int;
        fn _Unwind_GetIP(call: *mut c_void) -> usize;
    }

    extern "C" fn visit(call: *mut c_void, addresses: *mut c_void) -> c_int {
        // SAFETY: the argument is the vector below, and nobody else has it now; the
        // call is the one that is being visited.
        unsafe {
            let addresses = &mut *addresses.cast::<Vec<usize>>();
            addresses.push(_Unwind_GetIP(call));
        }
        0
    }

    let mut addresses: Vec<usize> = Vec::with_capacity(128);
    let argument = (&raw mut addresses).cast();
    // SAFETY: `visit` takes its argument for what it is.
    unsafe { _Unwind_Backtrace(visit, argument) };
    Some(addresses)
}

/// Where each call goes on, the innermost first; none where nobody tells.
#[cfg(not(unix))]
pub fn addresses() -> Option<Vec<usize>> {
    None
}
