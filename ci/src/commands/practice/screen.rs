//! The terminal of somebody who practices: text that comes below what is there, and at the
//! bottom a line with the keys.

use std::io::{self, Read, Write};

use anstream::AutoStream;
use crossterm::cursor::MoveTo;
use crossterm::queue;
use crossterm::terminal::{self as raw, Clear, ClearType};

use crate::terminal;

/// A terminal that sends each key when it is pressed. As it was before when this is dropped,
/// also by a panic.
#[derive(Debug)]
pub struct Screen {
    /// The line at the bottom.
    keys: String,
}

impl Screen {
    /// Takes the terminal.
    ///
    /// # Errors
    /// If it can't be had.
    pub fn take() -> io::Result<Screen> {
        raw::enable_raw_mode()?;
        // Before the panic is told: otherwise each of its lines would begin where the one
        // before it ends.
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            give_back();
            usual(panic);
        }));
        Ok(Screen {
            keys: String::new(),
        })
    }

    /// Begins with an empty screen.
    ///
    /// # Errors
    /// If the terminal is gone.
    pub fn clear(&mut self) -> io::Result<()> {
        queue!(io::stdout(), Clear(ClearType::All), MoveTo(0, 0))?;
        self.write_keys()
    }

    /// Says something, above the keys.
    ///
    /// # Errors
    /// If the terminal is gone.
    pub fn say(&mut self, text: &str) -> io::Result<()> {
        self.remove_keys()?;
        write(&format!("{text}\n"))?;
        self.write_keys()
    }

    /// Shows these keys from now on.
    ///
    /// # Errors
    /// If the terminal is gone.
    pub fn show_keys(&mut self, keys: String) -> io::Result<()> {
        if keys == self.keys {
            return Ok(());
        }
        self.remove_keys()?;
        self.keys = keys;
        self.write_keys()
    }

    fn remove_keys(&self) -> io::Result<()> {
        let mut out = io::stdout();
        out.write_all(b"\r")?;
        queue!(out, Clear(ClearType::CurrentLine))
    }

    fn write_keys(&self) -> io::Result<()> {
        // A line that is too long would go on in the next one, and not be removed.
        let keys = self.keys.chars().take(terminal::width().saturating_sub(1));
        let quiet = anstyle::Style::new().dimmed();
        write(&format!("{quiet}{}{quiet:#}", keys.collect::<String>()))?;
        io::stdout().flush()
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _ = self.remove_keys();
        give_back();
    }
}

/// Leaves the terminal as it was before.
fn give_back() {
    // There is nobody left to be told.
    let _ = raw::disable_raw_mode();
    let _ = io::stdout().flush();
}

/// Writes text, in color where that is wanted. The terminal doesn't go to the beginning of a
/// line by itself.
fn write(text: &str) -> io::Result<()> {
    let mut out = AutoStream::auto(io::stdout());
    out.write_all(text.replace('\n', "\r\n").as_bytes())
}

/// A key, or that there will be no other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// This letter.
    Letter(char),
    /// Ctrl-c, ctrl-d, or the end of the input.
    Leave,
}

/// Calls `pressed` with each key until the input ends, on the thread that calls this.
pub fn read_keys(mut pressed: impl FnMut(Key)) {
    let mut input = io::stdin().lock();
    let mut bytes = [0; 64];
    loop {
        match input.read(&mut bytes) {
            Ok(count @ 1..) => keys(&bytes[..count]).for_each(&mut pressed),
            Err(why) if why.kind() == io::ErrorKind::Interrupted => {}
            // The terminal may be gone, which is the end as well.
            Ok(0) | Err(_) => return pressed(Key::Leave),
        }
    }
}

/// The keys that a terminal has sent at once. An arrow or the like is several bytes that
/// begin with an escape, and no key here.
fn keys(bytes: &[u8]) -> impl Iterator<Item = Key> {
    let bytes = bytes.iter().take_while(|byte| **byte != 0x1b);
    bytes.filter_map(|byte| match byte {
        0x03 | 0x04 => Some(Key::Leave),
        letter if letter.is_ascii_graphic() => {
            Some(Key::Letter(char::from(letter.to_ascii_lowercase())))
        }
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_are_no_keys_and_control_c_leaves() {
        let read = |bytes: &[u8]| keys(bytes).collect::<Vec<_>>();
        assert_eq!(read(b"hR"), ["h", "r"].map(letter));
        assert_eq!(read(b"\x1b[A"), []);
        assert_eq!(read(b"q\x1bOr"), [letter("q")]);
        assert_eq!(read(b"\x03\r "), [Key::Leave]);
        assert_eq!(read("é".as_bytes()), []);
    }

    fn letter(letter: &str) -> Key {
        Key::Letter(letter.chars().next().expect("a letter"))
    }
}
