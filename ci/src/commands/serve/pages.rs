//! The pages as they are served: the last good ones, with the fault of the last build
//! on top of them.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use anyhow::Result;
use axum::Router;
use axum::body::{self, Body};
use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, IF_MODIFIED_SINCE,
};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use tower::ServiceExt;
use tower_http::compression::CompressionLayer;
use tower_http::services::{ServeDir, ServeFile};
use tower_livereload::LiveReloadLayer;

use super::edit::{self, Editing};
use super::guard::{self, Guard};
use super::live::{self, Live};
use crate::figure::html;
use crate::files::TemporaryFolder;
use crate::message;

/// Where the pages are, and what is wrong with the book.
pub struct Pages {
    /// Each build has a folder of its own in here.
    folder: TemporaryFolder,
    builds: AtomicUsize,
    shown: RwLock<Shown>,
}

#[derive(Clone, Default)]
struct Shown {
    /// The folder of the last good build.
    good: Option<PathBuf>,
    /// What went wrong in a build after it.
    fault: Option<String>,
}

impl Pages {
    /// None yet.
    ///
    /// # Errors
    /// If no temporary folder can be made.
    pub fn new() -> Result<Pages> {
        Ok(Pages {
            folder: TemporaryFolder::new_in(
                &std::env::temp_dir(),
                "waiting-well-",
            )?,
            builds: AtomicUsize::new(0),
            shown: RwLock::default(),
        })
    }

    /// A folder for the next build; it does not exist yet.
    pub fn next_folder(&self) -> PathBuf {
        let number = self.builds.fetch_add(1, Ordering::Relaxed);
        self.folder.path().join(number.to_string())
    }

    /// Serves the pages in this folder from now on.
    pub fn show(&self, good: PathBuf) {
        let mut shown =
            self.shown.write().unwrap_or_else(PoisonError::into_inner);
        let old = std::mem::replace(
            &mut *shown,
            Shown {
                good: Some(good),
                fault: None,
            },
        );
        drop(shown);
        if let Some(old) = old.good {
            // The folder above it is removed in the end, whatever happens here.
            let _ = std::fs::remove_dir_all(old);
        }
    }

    /// Keeps the last good pages and shows on them what went wrong.
    pub fn fail(&self, fault: String) {
        let mut shown =
            self.shown.write().unwrap_or_else(PoisonError::into_inner);
        shown.fault = Some(fault);
    }

    fn shown(&self) -> Shown {
        self.shown
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

/// What the pages need for editing, besides the book's own files: the paths below the root
/// of the book, which are also those in the pages.
const EDITOR: [&str; 5] = [
    "theme/edit.js",
    "theme/edit-run.js",
    "theme/edit-text.js",
    "theme/edit.css",
    "theme/vendor/codemirror.js",
];

/// What they need to show the runs that are not blessed yet.
const LIVE: [&str; 2] = ["theme/live.js", "theme/live.css"];

/// Serves the pages of the book at `root`, compressed, with reloading, with the fault of
/// the last build and with the runs that are not blessed yet; and if there is editing, with
/// that, but under the server's own name only.
pub fn router(
    root: &Path,
    pages: Arc<Pages>,
    reloading: LiveReloadLayer,
    live: &Arc<Live>,
    editing: Option<Arc<Editing>>,
) -> Router {
    let mut router = Router::new().fallback(page);
    let editor = EDITOR.iter().filter(|_| editing.is_some());
    // As they are on disk.
    for path in LIVE.iter().chain(editor) {
        let file = ServeFile::new(root.join(path));
        router = router.route_service(&format!("/{path}"), file);
    }
    router = router
        .layer(middleware::from_fn(with_live))
        .layer(middleware::from_fn_with_state(pages.clone(), with_fault));
    if let Some(editing) = &editing {
        let guard = editing.guard().clone();
        let with_editor = middleware::from_fn_with_state(guard, with_editor);
        router = router.layer(with_editor);
    }
    // Past the compression, which would hold its events back.
    let events = Router::new()
        .route("/live", get(live::listen))
        .with_state(live.clone());
    let router = router
        .layer(reloading)
        .layer(middleware::from_fn(with_reloading))
        .layer(CompressionLayer::new())
        .with_state(pages)
        .merge(events);
    let Some(editing) = editing else {
        return router;
    };
    let guard = editing.guard().clone();
    // Past the compression, which would hold its lines back.
    let run = Router::new()
        .route(RUN, post(edit::answer))
        .with_state(editing);
    router
        .merge(run)
        .layer(middleware::from_fn_with_state(guard, guard::own_name_only))
}

/// Where the pages send their programs.
const RUN: &str = "/edit/run";

/// What a page has that shows a program, and no other.
const PROGRAM: &str = "<figure class=\"listing";

/// Puts the editor into a page that shows a program, and the token that lets it run it.
async fn with_editor(
    State(guard): State<Arc<Guard>>,
    mut request: Request,
    next: Next,
) -> Response {
    // A browser must not take a page that it has for this one: its token may be an old
    // one. In the theme are no pages.
    if !request.uri().path().starts_with("/theme/") {
        request.headers_mut().remove(IF_MODIFIED_SINCE);
    }
    let mut response = next.run(request).await;
    let caching = match is_page(&response) {
        true => "no-store",
        false => "no-cache",
    };
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(caching));
    edited(response, |page| {
        if !page.contains(PROGRAM) {
            return;
        }
        let end = page.find("</head>").unwrap_or(0);
        let editor = format!(
            "<meta name=\"waiting-well-token\" content=\"{}\">\n\
             <link rel=\"stylesheet\" href=\"/theme/edit.css\">\n\
             <script type=\"module\" src=\"/theme/edit.js\"></script>\n",
            guard.token()
        );
        page.insert_str(end, &editor);
    })
    .await
}

/// Puts the script into a page that shows the runs which are not blessed yet.
async fn with_live(mut request: Request, next: Next) -> Response {
    if !request.uri().path().starts_with("/theme/") {
        // A browser may have the page from a server that had no such script.
        request.headers_mut().remove(IF_MODIFIED_SINCE);
    }
    edited(next.run(request).await, |page| {
        let end = page.find("</head>").unwrap_or(0);
        page.insert_str(
            end,
            "<link rel=\"stylesheet\" href=\"/theme/live.css\">\n\
             <script type=\"module\" src=\"/theme/live.js\"></script>\n",
        );
    })
    .await
}

/// A file of the last good pages.
async fn page(State(pages): State<Arc<Pages>>, request: Request) -> Response {
    let Some(good) = pages.shown().good else {
        let page = "<!DOCTYPE html><html lang=\"en\"><title>Not built</title><body></body></html>";
        return (StatusCode::SERVICE_UNAVAILABLE, Html(page)).into_response();
    };
    let not_found = ServeFile::new(good.join("404.html"));
    let files = ServeDir::new(&good).not_found_service(not_found);
    let Ok(mut response) = files
        .oneshot(request)
        .await
        .map(IntoResponse::into_response);
    // A page is never older than the book.
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

/// Puts the fault of the last build on top of a page.
async fn with_fault(
    State(pages): State<Arc<Pages>>,
    mut request: Request,
    next: Next,
) -> Response {
    let fault = pages.shown().fault;
    if fault.is_some() {
        // A browser must not take the page that it has for the one with the fault.
        request.headers_mut().remove(IF_MODIFIED_SINCE);
    }
    let response = next.run(request).await;
    let Some(fault) = fault else {
        return response;
    };
    edited(response, |page| {
        let end = page.rfind("</body>").unwrap_or(page.len());
        page.insert_str(end, &banner(&fault));
    })
    .await
}

/// Lets the script that reloads a page pass the page's own policy. It stands in the page
/// itself, and the policy (`theme/head.hbs`) knows files only; so it gets a name here,
/// and no other script does.
async fn with_reloading(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    edited(response, |page| {
        *page = page
            .replacen(POLICY, &format!("{POLICY} 'nonce-{RELOADING}'"), 1)
            .replace(
                "<script data-event-stream",
                &format!("<script nonce=\"{RELOADING}\" data-event-stream"),
            );
    })
    .await
}

/// The part of a page's policy that says which scripts may run.
const POLICY: &str = "script-src 'self'";

/// The name of the script that reloads. Who serves to this machine alone has no need to
/// keep it secret.
const RELOADING: &str = "reloading";

fn is_page(response: &Response) -> bool {
    let kind = response.headers().get(CONTENT_TYPE);
    kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
}

/// A response whose text is edited if it is a page; all others pass.
async fn edited(
    response: Response,
    edit: impl FnOnce(&mut String),
) -> Response {
    if !is_page(&response) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(page) = body::to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let mut page = String::from_utf8_lossy(&page).into_owned();
    edit(&mut page);
    parts.headers.remove(CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(page))
}

fn banner(fault: &str) -> String {
    format!(
        "<div role=\"alert\" style=\"position:fixed;inset:auto 0 0 0;z-index:1000;\
         max-height:60vh;overflow:auto;padding:1rem;background:#5b0f0f;color:#fff;\
         font:14px/1.5 ui-monospace,monospace\"><pre style=\"margin:0;\
         white-space:pre-wrap\">{}</pre><p>{}</p></div>",
        html(fault),
        message::last_good_book()
    )
}
