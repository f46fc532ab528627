//! A keyboard at which nobody sits, for when there is none.

use std::io;

/// Puts a pipe into which nobody ever writes in the place of a standard
/// input that isn't a keyboard. At a terminal, your own keyboard stays.
#[cfg(unix)]
pub fn attach() -> io::Result<()> {
    use std::io::IsTerminal;

    if !io::stdin().is_terminal() {
        let (reader, writer) = io::pipe()?;
        rustix::stdio::dup2_stdin(reader)?;
        // The pipe would end with it.
        std::mem::forget(writer);
    }
    Ok(())
}

/// Elsewhere, standard input stays what it is.
#[cfg(not(unix))]
pub fn attach() -> io::Result<()> {
    Ok(())
}
