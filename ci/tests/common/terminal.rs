//! Somebody at a terminal: a program in a pseudo-terminal, what it shows, and keys.

use std::fs::File;
use std::io::{ErrorKind, Read, Write};
use std::os::fd::OwnedFd;
use std::process::{Child, Command, ExitStatus};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use rustix::fs::{Mode, OFlags};
use rustix::io::{FdFlags, fcntl_setfd};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{LocalModes, Winsize, tcgetattr, tcsetwinsize};

/// How long something may take to be shown: the machine may have much to do, and another
/// cargo hold a lock.
const PATIENCE: Duration = Duration::from_secs(180);

/// A program in a terminal, ended when dropped.
pub struct Terminal {
    /// The program.
    pub child: Child,
    /// The end of the terminal at which the person sits.
    person: Option<File>,
    /// Reads what is shown there.
    reader: Option<JoinHandle<()>>,
    /// The program's end, kept to see how the program leaves it.
    program: OwnedFd,
    shown: Arc<Shown>,
    /// How much of it has been looked at.
    seen: usize,
}

#[derive(Default)]
struct Shown {
    bytes: Mutex<Vec<u8>>,
    more: Condvar,
    /// Whether nobody looks anymore.
    gone: AtomicBool,
}

impl Shown {
    /// Reads until nobody looks, or nobody shows anything anymore.
    fn read(&self, mut person: File) {
        let mut bytes = [0; 4096];
        while !self.gone.load(Ordering::Relaxed) {
            match person.read(&mut bytes) {
                Ok(count @ 1..) => {
                    let mut all = self.bytes.lock().expect("no panic");
                    all.extend_from_slice(&bytes[..count]);
                    self.more.notify_all();
                }
                Err(why) if why.kind() == ErrorKind::WouldBlock => {
                    thread::sleep(Duration::from_millis(2));
                }
                _ => break,
            }
        }
    }
}

impl Terminal {
    /// Starts a program in a terminal of 100 by 40 characters.
    pub fn start(mut command: Command) -> Terminal {
        let flags = OpenptFlags::RDWR | OpenptFlags::NOCTTY;
        // No program that is started here may hold on to it.
        #[cfg(target_os = "linux")]
        let flags = flags | OpenptFlags::CLOEXEC;
        let person = openpt(flags).expect("a pseudo-terminal");
        fcntl_setfd(&person, FdFlags::CLOEXEC).expect("a flag");
        grantpt(&person).expect("it is granted");
        unlockpt(&person).expect("it is unlocked");
        // Who reads it must be able to go away.
        rustix::fs::fcntl_setfl(&person, OFlags::NONBLOCK).expect("a flag");
        let name = ptsname(&person, Vec::new()).expect("a name");
        let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC;
        let program = rustix::fs::open(name.as_c_str(), flags, Mode::empty())
            .expect("its other end");
        let size = Winsize {
            ws_row: 40,
            ws_col: 100,
            ws_xpixel: 0,
            ws_ypixel: 0,
        };
        tcsetwinsize(&program, size).expect("a size");
        let end = || program.try_clone().expect("another handle");
        command.stdin(end()).stdout(end()).stderr(end());
        command.env("TERM", "xterm-256color");
        let child = command.spawn().expect("the program starts");
        let person = File::from(person);
        let shown: Arc<Shown> = Arc::default();
        let reader = thread::spawn({
            let person = person.try_clone().expect("another handle");
            let shown = shown.clone();
            move || shown.read(person)
        });
        Terminal {
            child,
            person: Some(person),
            reader: Some(reader),
            program,
            shown,
            seen: 0,
        }
    }

    /// Waits until this is shown, below what was waited for before.
    pub fn wait_for(&mut self, text: &str) -> &mut Terminal {
        let start = Instant::now();
        let mut bytes = self.shown.bytes.lock().expect("no panic");
        loop {
            let plain = plain(&bytes);
            let new = plain.get(self.seen..).unwrap_or_default();
            if let Some(at) = new.find(text) {
                self.seen += at + text.len();
                break;
            }
            let left = PATIENCE.saturating_sub(start.elapsed());
            assert!(
                !left.is_zero(),
                "this was not shown:\n{text}\n--- but this:\n{new}"
            );
            bytes = self
                .shown
                .more
                .wait_timeout(bytes, left)
                .expect("no panic")
                .0;
        }
        drop(bytes);
        self
    }

    /// Whether this was shown, ever.
    pub fn has_shown(&self, text: &str) -> bool {
        plain(&self.shown.bytes.lock().expect("no panic")).contains(text)
    }

    /// All that was shown, with its colors.
    pub fn raw(&self) -> String {
        let bytes = self.shown.bytes.lock().expect("no panic");
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// Presses keys.
    pub fn press(&mut self, keys: &str) -> &mut Terminal {
        let person = self.person.as_mut().expect("somebody is there");
        person.write_all(keys.as_bytes()).expect("keys are sent");
        self
    }

    /// Takes the terminal away, as closing its window does.
    pub fn hang_up(&mut self) {
        self.shown.gone.store(true, Ordering::Relaxed);
        // Whoever reads it has it as well.
        let reader = self.reader.take().expect("somebody reads");
        reader.join().expect("no panic");
        self.person = None;
    }

    /// Waits for the end of the program.
    pub fn wait_for_end(&mut self) -> ExitStatus {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().expect("a process") {
                return status;
            }
            assert!(start.elapsed() < PATIENCE, "it did not end");
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// Whether lines are edited and keys shown, as in a terminal that nobody has taken.
    pub fn is_usual(&self) -> bool {
        let modes = tcgetattr(&self.program).expect("a terminal").local_modes;
        modes.contains(LocalModes::ICANON | LocalModes::ECHO | LocalModes::ISIG)
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // It has ended, if nothing has failed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What a terminal shows, without colors.
fn plain(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let plain = anstream::adapter::strip_str(&text).to_string();
    plain.replace('\r', "")
}
