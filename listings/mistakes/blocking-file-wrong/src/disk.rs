//! A disk that is slow to answer. It stands for one that is reached over a
//! network.

use std::io;
use std::path::PathBuf;
use std::time::Duration;

const SLOW: Duration = Duration::from_millis(800);

/// The path of a file on it. What is really there is the reading end of a
/// pipe, and nothing comes out before a thread writes into the other end.
#[cfg(unix)]
pub fn file() -> io::Result<PathBuf> {
    use std::io::Write;
    use std::os::fd::IntoRawFd;

    let (reader, mut writer) = io::pipe()?;
    std::thread::spawn(move || {
        std::thread::sleep(SLOW);
        writer.write_all(b"The first line.\nThe second line.\n")
    });
    Ok(PathBuf::from(format!("/dev/fd/{}", reader.into_raw_fd())))
}

/// Elsewhere a pipe has no path in a folder.
#[cfg(not(unix))]
pub fn file() -> io::Result<PathBuf> {
    let _ = SLOW;
    Err(io::Error::other("the slow disk needs Linux or macOS"))
}
