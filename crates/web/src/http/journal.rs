//! The log of requests: each has a number, which is on every line that is logged meanwhile, in the answer's header, and on
//! the page of a fault. A line says what was asked by its pattern, never by its address, and who by a number.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument;

use super::Web;

/// The header that carries the number, both ways.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// The longest number that is taken from a proxy.
const LONGEST: usize = 64;
/// What is asked again and again by machines.
const BY_MACHINES: [&str; 3] = ["/healthz", "/readyz", "/metrics"];

/// The number of a request.
#[derive(Debug, Clone, Default)]
pub(super) struct RequestNumber(pub String);

/// The network address of whoever asks, behind the proxies that are believed.
#[derive(Debug, Clone, Copy)]
pub(super) struct CallerAddress(pub IpAddr);

/// The account that asked, by its number: set by the guard on the answer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asker(pub i64);

/// The middleware around everything.
pub(super) async fn observe(State(web): State<Web>, mut request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let believed = peer.is_some_and(|peer| web.site.running.trusts(peer));
    let number = if believed { given(request.headers()) } else { None };
    let number = number.unwrap_or_else(|| new_number(&web));
    let address = if believed { forwarded(&web, request.headers()) } else { None };
    let address = address.or(peer).unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    let method = method(request.method().as_str());
    let span = tracing::info_span!("request", request = %number, method, route);
    request.extensions_mut().insert(RequestNumber(number.clone()));
    request.extensions_mut().insert(CallerAddress(address));
    let mut response = next.run(request).instrument(span.clone()).await;
    let (status, took) = (response.status().as_u16(), begun.elapsed());
    web.site.running.meters.answered(method, &route, status, took);
    let asker = response.extensions().get::<Asker>().map(|asker| asker.0);
    let milliseconds = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    span.in_scope(|| {
        if BY_MACHINES.contains(&route.as_str()) {
            tracing::debug!(status, milliseconds, "answered");
        } else {
            tracing::info!(status, milliseconds, account = asker, "answered");
        }
    });
    if let Ok(number) = HeaderValue::from_str(&number) {
        response.headers_mut().insert(REQUEST_ID, number);
    }
    response
}

/// Methods there are; somebody's own word is none.
fn method(name: &str) -> &'static str {
    let known = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
    known.into_iter().find(|known| *known == name).unwrap_or("other")
}

/// The number that a proxy gave, if it is one.
fn given(headers: &HeaderMap) -> Option<String> {
    let number = headers.get(REQUEST_ID)?.to_str().ok()?;
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    (!number.is_empty() && number.len() <= LONGEST && number.bytes().all(fits)).then(|| number.to_owned())
}

/// The caller behind the proxies: the last address that none of them has.
fn forwarded(web: &Web, headers: &HeaderMap) -> Option<IpAddr> {
    let lines = headers.get_all("x-forwarded-for").into_iter().filter_map(|line| line.to_str().ok());
    let named: Vec<&str> = lines.flat_map(|line| line.split(',')).map(str::trim).collect();
    let mut named = named.into_iter().rev().map_while(|address| address.parse::<IpAddr>().ok());
    named.find(|address| !web.site.running.trusts(*address))
}

/// A new number: when it came, which program took it, and the how-manieth it is there.
fn new_number(web: &Web) -> String {
    static PROGRAM: LazyLock<u64> = LazyLock::new(|| RandomState::new().build_hasher().finish() & 0xffff);
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    format!("{:x}-{:04x}-{count:x}", web.app.clock.now().as_second(), *PROGRAM)
}
