//! Serves a bundle as a CDN would: compressed variants, response headers from `_headers`, and
//! `index.html` for every address of the app.

mod headers;

pub use headers::HeaderRules;

use anyhow::{Context, Result, anyhow};
use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    response::{IntoResponse as _, Response},
};
use std::{
    collections::HashMap,
    fs,
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
    time::Duration,
};
use tokio::sync::oneshot;
use tower::ServiceExt as _;
use tower_http::services::ServeDir;

/// The API origin that stands in `public/_headers`; [`Options::api_origins`] replaces it.
pub const API: &str = "http://127.0.0.1:8081";

/// What differs from the bundle as it lies on disk.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The port on 127.0.0.1; 0 for any free one.
    pub port: u16,
    /// The text answered for `/config.json` in place of the file.
    pub config: Option<String>,
    /// Origins that stand in the served policy in place of [`API`]; empty: as it is.
    pub api_origins: Vec<String>,
}

/// Starts serving bundles.
#[derive(Debug)]
pub struct Site;

/// A bundle being served, until this is dropped.
#[derive(Debug)]
pub struct Running {
    address: SocketAddr,
    bundle: Arc<Bundle>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<thread::JoinHandle<()>>,
}

#[derive(Debug)]
struct Bundle {
    folder: PathBuf,
    rules: HeaderRules,
    /// What is answered in the place of files, by their paths.
    answers: Mutex<HashMap<String, Answer>>,
    /// For how long answers are held back, by their paths.
    delays: Mutex<HashMap<String, Duration>>,
}

/// What is answered in the place of a file: status, media type, text.
type Answer = (StatusCode, HeaderValue, String);

fn locked<T>(place: &Mutex<T>) -> MutexGuard<'_, T> {
    place.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Site {
    /// Serves a bundle on a thread of its own, with or without a runtime around.
    pub fn start(dist: &Path, options: Options) -> Result<Running> {
        if !dist.join("index.html").is_file() {
            return Err(anyhow!("{} holds no bundle", dist.display()));
        }
        let rules = fs::read_to_string(dist.join("_headers")).unwrap_or_default();
        let mut rules = HeaderRules::parse(&rules).map_err(|error| anyhow!(error))?;
        if !options.api_origins.is_empty() {
            rules.replace_in_policy(API, &options.api_origins.join(" "));
        }
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port))
            .with_context(|| format!("port {} cannot be used", options.port))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let json = HeaderValue::from_static("application/json");
        let config = options.config.map(|text| {
            let path = "/config.json".to_owned();
            (path, (StatusCode::OK, json, text))
        });
        let bundle = Arc::new(Bundle {
            folder: dist.to_path_buf(),
            rules,
            answers: Mutex::new(config.into_iter().collect()),
            delays: Mutex::default(),
        });
        let app = Router::new()
            .fallback(answer)
            .with_state(Arc::clone(&bundle));
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let (stop, stopped) = oneshot::channel::<()>();
        let thread = thread::spawn(move || {
            runtime.block_on(async move {
                let Ok(listener) = tokio::net::TcpListener::from_std(listener) else {
                    return;
                };
                let serve = axum::serve(listener, app).into_future();
                // A browser keeps its connections open: stopping does not wait for them.
                tokio::select! {
                    _ = serve => {}
                    _ = stopped => {}
                }
            });
        });
        Ok(Running {
            address,
            bundle,
            stop: Some(stop),
            thread: Some(thread),
        })
    }
}

impl Running {
    /// Such as `http://127.0.0.1:8080`, without a slash at the end.
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// From now on that path is answered with that status, media type and text.
    pub fn answer(&self, path: &str, status: u16, media_type: &str, text: &str) -> Result<()> {
        let answer = (
            StatusCode::from_u16(status)?,
            HeaderValue::from_str(media_type)?,
            text.to_owned(),
        );
        locked(&self.bundle.answers).insert(path.to_owned(), answer);
        Ok(())
    }

    /// From now on the answers for that path are held back for so long, as on a slow line.
    pub fn slow_down(&self, path: &str, delay: Duration) {
        locked(&self.bundle.delays).insert(path.to_owned(), delay);
    }

    /// Stops serving and waits until it has stopped.
    pub fn stop(mut self) {
        self.shut_down();
    }

    fn shut_down(&mut self) {
        if let Some(stop) = self.stop.take() {
            // It may have ended by itself.
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.shut_down();
    }
}

async fn answer(State(bundle): State<Arc<Bundle>>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    let mut response = bundle.content(&path, request).await;
    // What hosts send for a file about which `_headers` says nothing.
    response
        .headers_mut()
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static(
            "public, max-age=0, must-revalidate",
        ));
    bundle.rules.apply(&path, response.headers_mut());
    if response.status().is_client_error() {
        // A failure is never kept: what is missing now may be there at the next try.
        let never = HeaderValue::from_static("no-store");
        response.headers_mut().insert(header::CACHE_CONTROL, never);
    }
    response
}

impl Bundle {
    async fn content(&self, path: &str, request: Request) -> Response {
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            return StatusCode::METHOD_NOT_ALLOWED.into_response();
        }
        if path == "/_headers" || path == "/_redirects" {
            return StatusCode::NOT_FOUND.into_response();
        }
        let delay = locked(&self.delays).get(path).copied();
        if let Some(delay) = delay {
            tokio::time::sleep(delay).await;
        }
        let answer = locked(&self.answers).get(path).cloned();
        if let Some((status, media_type, text)) = answer {
            return (status, [(header::CONTENT_TYPE, media_type)], text).into_response();
        }
        let headers = request.headers().clone();
        if path == "/" {
            return self.index(&headers).await;
        }
        let found = self.file(request).await;
        if found.status() == StatusCode::NOT_FOUND && is_navigation(path, &headers) {
            return self.index(&headers).await;
        }
        found
    }

    async fn index(&self, headers: &HeaderMap) -> Response {
        let mut request = Request::new(Body::empty());
        *request.uri_mut() = Uri::from_static("/index.html");
        *request.headers_mut() = headers.clone();
        self.file(request).await
    }

    async fn file(&self, request: Request) -> Response {
        let files = ServeDir::new(&self.folder)
            .append_index_html_on_directories(false)
            .precompressed_br()
            .precompressed_gzip();
        match files.oneshot(request).await {
            Ok(response) => response.map(Body::new),
            Err(never) => match never {},
        }
    }
}

/// Whether a browser asks for a page. The path's form says nothing: article numbers hold dots and
/// slashes. But a missing part of a bundle must fail, never be answered with a page.
fn is_navigation(path: &str, headers: &HeaderMap) -> bool {
    let accepts_pages = headers
        .get_all(header::ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .any(|value| value.contains("text/html"));
    let is_module = Path::new(path)
        .extension()
        .is_some_and(|name| name == "wasm");
    accepts_pages && !path.starts_with("/pkg-") && !is_module
}
