//! Who may have programs compiled and run: the book's own pages in a browser on this
//! machine, and nobody else.
//!
//! A page of another site can send requests here, too. It is told apart by four things:
//! it doesn't know the token that stands in the book's pages; the browser says in
//! `Origin` and `Sec-Fetch-Site` where a request comes from; and in `Host` stands the name
//! by which the server was called, which is another if somebody has made a name of theirs
//! lead here. With such a name the pages could be read, and the token with them, so they
//! are refused as well.

use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_TYPE, HOST, HeaderName, ORIGIN,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use crate::message;

/// The header with the token.
pub const TOKEN: HeaderName = HeaderName::from_static("waiting-well-token");

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
const RESOURCE_POLICY: HeaderName =
    HeaderName::from_static("cross-origin-resource-policy");

/// Why something is refused.
#[derive(Debug)]
pub struct Refusal {
    /// What the browser is told.
    pub status: StatusCode,
    /// What the reader is told.
    pub why: String,
}

impl Refusal {
    /// For this reason.
    pub fn new(status: StatusCode, why: impl Into<String>) -> Refusal {
        let why = why.into();
        Refusal { status, why }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let said = serde_json::json!({ "error": self.why }).to_string();
        let kind = [
            (CONTENT_TYPE, HeaderValue::from_static("application/json")),
            (CACHE_CONTROL, HeaderValue::from_static("no-store")),
        ];
        (self.status, kind, said).into_response()
    }
}

/// What the book's own pages know, and where they come from.
pub struct Guard {
    token: String,
    hosts: Vec<String>,
}

impl Guard {
    /// For a server on this port, with a token that nobody can guess.
    ///
    /// # Errors
    /// If the system has no random numbers.
    pub fn new(port: u16) -> Result<Guard, getrandom::Error> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes)?;
        let names = ["127.0.0.1", "localhost"];
        let mut hosts: Vec<String> =
            names.iter().map(|name| format!("{name}:{port}")).collect();
        // Browsers leave out the port that is usual.
        if port == 80 {
            hosts.extend(names.map(str::to_owned));
        }
        Ok(Guard {
            token: bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
            hosts,
        })
    }

    /// The secret of this server's pages.
    pub fn token(&self) -> &str {
        &self.token
    }

    /// Whether a request calls the server by its own name; if so, by which.
    fn own_name<'a>(&self, request: &'a Request) -> Option<&'a str> {
        let host = only(request.headers(), &HOST)?;
        // A request may name a server in its first line, too.
        let named = request.uri().authority().map(|a| a.as_str());
        let agree = named.is_none_or(|named| named == host);
        (agree && self.hosts.iter().any(|own| own == host)).then_some(host)
    }

    /// Whether a request to have something done comes from one of the book's pages.
    ///
    /// # Errors
    /// If it doesn't, or can't be shown to.
    pub fn admit(&self, request: &Request) -> Result<(), Refusal> {
        let foreign =
            || Refusal::new(StatusCode::FORBIDDEN, message::foreign_request());
        let headers = request.headers();
        let host = self.own_name(request).ok_or_else(foreign)?;
        let origin = only(headers, &ORIGIN).ok_or_else(foreign)?;
        if origin.strip_prefix("http://") != Some(host) {
            return Err(foreign());
        }
        if headers.contains_key(SEC_FETCH_SITE)
            && only(headers, &SEC_FETCH_SITE) != Some("same-origin")
        {
            return Err(foreign());
        }
        let token = only(headers, &TOKEN).unwrap_or_default();
        // Of their hashes nothing can be learned from how long comparing them takes.
        if Sha256::digest(token) != Sha256::digest(&self.token) {
            return Err(Refusal::new(
                StatusCode::FORBIDDEN,
                message::old_page(),
            ));
        }
        Ok(())
    }
}

/// The value of a header that is there once.
fn only<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(value)
}

/// Serves those only who call the server by its own name, and lets no other page show or
/// use what they get.
pub async fn own_name_only(
    State(guard): State<std::sync::Arc<Guard>>,
    request: Request,
    next: Next,
) -> Response {
    if guard.own_name(&request).is_none() {
        let why = message::foreign_host(guard.hosts.first().map_or("", |h| h));
        return (StatusCode::MISDIRECTED_REQUEST, why).into_response();
    }
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in [
        (X_FRAME_OPTIONS, "DENY"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (RESOURCE_POLICY, "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}
