//! The component gallery `/_ui` and the sample pages below `/_ui/pages/`, in builds with the feature `gallery`.

use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use dacheng_text::Lang;
use serde::Deserialize;

use crate::samples;
use crate::shell::Theme;

/// `?lang=en&theme=dark`.
#[derive(Debug, Default, Deserialize)]
struct Look {
    lang: Option<String>,
    theme: Option<String>,
}

impl Look {
    fn lang(&self) -> Lang {
        self.lang.as_deref().and_then(|tag| tag.parse().ok()).unwrap_or_default()
    }

    fn theme(&self) -> Theme {
        self.theme.as_deref().map(Theme::of_code).unwrap_or_default()
    }
}

/// `GET /_ui`, `GET /_ui/pages` (the list as JSON) and `GET /_ui/pages/{path}`.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new()
        .route("/_ui", get(components))
        .route("/_ui/pages", get(list))
        .route("/_ui/pages/{*path}", get(page))
}

async fn components(Query(look): Query<Look>) -> Response {
    shown("/_ui", &look)
}

async fn page(Path(path): Path<String>, Query(look): Query<Look>) -> Response {
    shown(&format!("/{path}"), &look)
}

async fn list() -> Json<Vec<&'static str>> {
    Json(samples::pages(Lang::Zh, Theme::System).into_iter().map(|sample| sample.path).collect())
}

fn shown(path: &str, look: &Look) -> Response {
    let pages = samples::pages(look.lang(), look.theme());
    let Some(sample) = pages.into_iter().find(|sample| sample.path == path) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    match sample.page.dyn_render() {
        Ok(html) => Html(html).into_response(),
        Err(wrong) => (StatusCode::INTERNAL_SERVER_ERROR, wrong.to_string()).into_response(),
    }
}
