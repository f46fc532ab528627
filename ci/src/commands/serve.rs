//! `serve`: the book in the browser, always as it is on disk.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tower_livereload::{LiveReloadLayer, Reloader};

use crate::commands::build;
use crate::files;
use crate::message;
use crate::scratch;
use crate::seconds::Seconds;
use crate::site;

mod edit;
mod guard;
mod live;
mod pages;
mod watch;

use edit::{Allowed, Editing};
use guard::Guard;
use live::Live;
use pages::Pages;

/// The port where readers look for an mdBook.
const PORT: u16 = 3000;

/// How many ports are tried after it.
const MORE_PORTS: u16 = 100;

/// How the book is served.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Options {
    /// The port on 127.0.0.1 [default: 3000, or the next free one]
    #[arg(long, short)]
    port: Option<u16>,
    /// Open the book in the browser
    #[arg(long)]
    open: bool,
    /// Compile the listings for the pages as well, so that they can be run there
    #[arg(long)]
    wasm: bool,
    /// Don't let the pages change programs and run them
    #[arg(long)]
    no_edit: bool,
    /// How long a changed program may run, in seconds
    #[arg(long, hide = true)]
    edit_seconds: Option<f64>,
    /// How long compiling it may take, in seconds
    #[arg(long, hide = true)]
    edit_compile_seconds: Option<f64>,
}

impl Options {
    /// What a changed program may use.
    fn allowed(&self) -> Allowed {
        let usual = Allowed::default();
        Allowed {
            run: self.edit_seconds.map_or(usual.run, Seconds),
            compile: self.edit_compile_seconds.map_or(usual.compile, Seconds),
        }
    }
}

/// Builds the book at `root` and serves it until ctrl-c. A build that fails is shown
/// in terminal and page, and the last good book stays.
///
/// # Errors
/// If no port is free or the files can't be watched.
pub fn serve(root: &Path, options: &Options) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .context("cannot start the runtime")?;
    let result = runtime.block_on(serve_until_ctrl_c(root, options));
    // A page that listens for reloads would keep its connection for ever.
    runtime.shutdown_timeout(Duration::from_millis(100));
    // And it holds on to the folder of the pages.
    files::remove_temporary_folders();
    result
}

async fn serve_until_ctrl_c(root: &Path, options: &Options) -> Result<()> {
    // From here on ctrl-c ends the server; before, it ends the program.
    let interrupted = Arc::new(Notify::new());
    ctrlc::set_handler({
        let interrupted = interrupted.clone();
        move || interrupted.notify_one()
    })
    .context("cannot wait for ctrl-c")?;
    let (listener, port) = listen(options.port).await?;
    let pages = Arc::new(Pages::new()?);
    let editing = match options.no_edit {
        true => None,
        false => {
            let guard = Guard::new(port).context("cannot make a token")?;
            let guard = Arc::new(guard);
            let root = root.to_path_buf();
            let editing = Editing::new(root, guard, options.allowed());
            Some(Arc::new(editing))
        }
    };
    let reloading = LiveReloadLayer::new();
    scratch::remove_left_programs(root);
    let live = Arc::new(Live::new(root.to_path_buf()));
    let builder = Builder {
        root: root.to_path_buf(),
        more: site::More {
            modules: options.wasm && build::modules_can_be_made(),
            live: true,
            ..site::More::default()
        },
        pages: pages.clone(),
        reloader: reloading.reloader(),
        closed: Arc::default(),
    };
    let address = format!("http://127.0.0.1:{port}");
    // Watched before it is read: what changes meanwhile is not missed.
    let _watcher = watch::watch(root, {
        let (builder, live) = (builder.clone(), live.clone());
        move |changed: Vec<PathBuf>| {
            // First: a program takes longer than the pages.
            if changed.iter().any(|path| path.starts_with("listings")) {
                live.look();
            }
            builder.rebuild(&changed);
        }
    })?;
    live.look();
    builder.build_first();
    anstream::println!("Serving it at {address} (ctrl-c ends it)");
    if options.open
        && let Err(why) = open::that(&address)
    {
        anstream::eprintln!("{}", message::no_browser(&address, &why));
    }
    let router = pages::router(root, pages, reloading, &live, editing.clone());
    let served = axum::serve(listener, router);
    let result = tokio::select! {
        ended = served => ended.context("the server ended"),
        () = interrupted.notified() => Ok(()),
    };
    if let Some(editing) = editing {
        editing.close();
    }
    live.close();
    builder.close();
    result
}

/// Listens on the port asked for, or else on the first free one from [`PORT`] on.
async fn listen(wanted: Option<u16>) -> Result<(TcpListener, u16)> {
    let on =
        |port| TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
    if let Some(port) = wanted {
        let listener =
            on(port).await.with_context(|| message::port_taken(port))?;
        let port = listener.local_addr()?.port();
        return Ok((listener, port));
    }
    for port in PORT..=PORT + MORE_PORTS {
        if let Ok(listener) = on(port).await {
            if port != PORT {
                anstream::println!(
                    "Port {PORT} is taken; using {port} instead"
                );
            }
            return Ok((listener, port));
        }
    }
    bail!("{}", message::all_ports_taken(PORT, PORT + MORE_PORTS))
}

/// Builds the book and shows what came of it.
#[derive(Clone)]
struct Builder {
    root: PathBuf,
    more: site::More,
    pages: Arc<Pages>,
    reloader: Reloader,
    /// Held during a build; whether there will be no more.
    closed: Arc<Mutex<bool>>,
}

impl Builder {
    /// Waits for a build that has begun, and lets no other begin: it would bring the folder
    /// of the pages back after it was removed.
    fn close(&self) {
        *self.closed.lock().unwrap_or_else(PoisonError::into_inner) = true;
    }

    fn build_first(&self) {
        if let Some(seconds) = self.build() {
            anstream::println!("Built the book in {seconds:.2} s");
        }
    }

    fn rebuild(&self, changed: &[PathBuf]) {
        if let Some(seconds) = self.build() {
            let names: Vec<String> = changed
                .iter()
                .map(|path| path.display().to_string())
                .collect();
            anstream::println!(
                "Rebuilt it in {seconds:.2} s: {}",
                names.join(", ")
            );
        }
        self.reloader.reload();
    }

    /// How many seconds a good build took.
    fn build(&self) -> Option<f64> {
        let closed = self.closed.lock();
        let closed = closed.unwrap_or_else(PoisonError::into_inner);
        if *closed {
            return None;
        }
        let start = Instant::now();
        let folder = self.pages.next_folder();
        match site::build(&self.root, &folder, &self.more) {
            Ok(()) => {
                self.pages.show(folder);
                Some(start.elapsed().as_secs_f64())
            }
            Err(error) => {
                let said = message::failed(&error);
                anstream::eprintln!(
                    "\n{said}\n\n{}",
                    message::last_good_book()
                );
                self.pages.fail(said);
                None
            }
        }
    }
}
