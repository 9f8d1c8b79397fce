//! The browser's files from `assets/dist`: embedded in a release, read from disk in a debug build.

use std::collections::HashMap;

use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "../../assets/dist/"]
struct Dist;

/// The names of the built files by their plain names: `app.css` is `app.3f2a….css`.
fn manifest() -> HashMap<String, String> {
    let file = Dist::get("manifest.json");
    file.and_then(|file| serde_json::from_slice(&file.data).ok()).unwrap_or_default()
}

/// The address of a file by its plain name, stamped with its content, so that it may be cached for ever.
///
/// ```
/// assert!(dacheng_web::assets::address("app.css").starts_with("/static/app."));
/// ```
pub fn address(name: &str) -> String {
    #[cfg(not(debug_assertions))]
    static MANIFEST: std::sync::LazyLock<HashMap<String, String>> = std::sync::LazyLock::new(manifest);
    #[cfg(not(debug_assertions))]
    let stamped = MANIFEST.get(name);
    // A debug build sees files built since it started.
    #[cfg(debug_assertions)]
    let files = manifest();
    #[cfg(debug_assertions)]
    let stamped = files.get(name);
    format!("/static/{}", stamped.map_or(name, String::as_str))
}

/// `GET /static/{file}`, needed by every page and open to everybody.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/static/{file}", get(serve))
}

async fn serve(Path(name): Path<String>, asked: HeaderMap) -> Response {
    let Some(kind) = content_type(&name) else { return StatusCode::NOT_FOUND.into_response() };
    let accepted = asked.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or("");
    let packed = [("br", "br"), ("gzip", "gz")]
        .into_iter()
        .filter(|(coding, _)| accepts(accepted, coding))
        .find_map(|(coding, ending)| Some((coding, Dist::get(&format!("{name}.{ending}"))?)));
    let (coding, file) = match packed {
        Some((coding, file)) => (Some(coding), file),
        None => match Dist::get(&name) {
            Some(file) => (None, file),
            None => return StatusCode::NOT_FOUND.into_response(),
        },
    };
    let fixed: [(HeaderName, &str); 4] = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::VARY, "accept-encoding"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    let mut response = (fixed, file.data.into_owned()).into_response();
    if let Some(coding) = coding {
        response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    response
}

/// Whether `Accept-Encoding` names the coding without refusing it by `q=0`.
fn accepts(header: &str, coding: &str) -> bool {
    header.split(',').any(|part| {
        let mut words = part.split(';').map(str::trim);
        let refused = |word: &str| {
            word.strip_prefix("q=")
                .is_some_and(|weight| weight.parse().is_ok_and(|weight: f32| weight == 0.0))
        };
        words.next() == Some(coding) && !words.any(refused)
    })
}

/// Only files of the manifest's kinds are served; the manifest itself and the packed forms are not.
fn content_type(name: &str) -> Option<&'static str> {
    match name.rsplit_once('.')?.1 {
        "css" => Some("text/css; charset=utf-8"),
        "js" => Some("text/javascript; charset=utf-8"),
        "svg" => Some("image/svg+xml"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn fetched(name: &str, accept: &'static str) -> Response {
        let mut asked = HeaderMap::new();
        asked.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(accept));
        serve(Path(name.to_owned()), asked).await
    }

    fn stamped(name: &str) -> String {
        address(name).trim_start_matches("/static/").to_owned()
    }

    #[tokio::test]
    async fn a_browser_gets_the_smallest_form_it_understands() {
        let name = stamped("app.css");
        let brotli = fetched(&name, "gzip, deflate, br").await;
        assert_eq!(brotli.headers()[header::CONTENT_ENCODING], "br");
        assert_eq!(brotli.headers()[header::CONTENT_TYPE], "text/css; charset=utf-8");
        let gzip = fetched(&name, "gzip, br;q=0").await;
        assert_eq!(gzip.headers()[header::CONTENT_ENCODING], "gzip");
        let plain = fetched(&name, "identity").await;
        assert!(!plain.headers().contains_key(header::CONTENT_ENCODING));
    }

    #[tokio::test]
    async fn only_built_files_are_served() {
        for name in ["manifest.json", "nothing.css", "../Cargo.toml", ".stamp", "app"] {
            assert_eq!(fetched(name, "").await.status(), StatusCode::NOT_FOUND, "{name}");
        }
        assert_eq!(fetched(&stamped("app.js"), "").await.status(), StatusCode::OK);
    }
}
