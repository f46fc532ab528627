//! The program behind the laboratory: it runs an experiment with Tokio's own `spawn`,
//! `join!`, `timeout` and so on, and tells the recorder at which lines of the program
//! that the page shows all this happens. `theme/program.js` writes that program, and
//! calls this one with the settings and the lines.
//!
//! ```text
//! laboratory 'tasks=2x1,3x1&how=spawn&…' 'step=6&wait=7&task=15,16&await=17,18&…'
//! ```

mod experiment;
mod setup;

use std::time::Instant;

use futures::FutureExt;
use recorder::Lane;
use tokio::runtime::Builder;

use setup::Setup;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, settings, lines] = &arguments[..] else {
        panic!("the settings and the lines are expected");
    };
    // It lives as long as the program, as the text of a program does.
    let setup: &Setup = Box::leak(Box::new(Setup::read(settings, lines)));
    if setup.is_async() {
        recorder::start();
        let mut builder = Builder::new_current_thread();
        let runtime = builder.enable_time().build().expect("a runtime");
        let main = experiment::run(setup, Instant::now());
        runtime.block_on(Lane::of_this_thread(main));
    } else {
        // Nothing in it waits, so it is a function like any other.
        let main = experiment::run(setup, Instant::now());
        main.now_or_never().expect("nothing waits");
    }
}
