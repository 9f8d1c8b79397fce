//! For machines that watch the server: whether it lives, whether it can answer, what it counts. None of it asks who comes.

use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use dacheng_app::health;

use super::{MetricsPlace, Routes, Web};

/// How long the database may take to say that it is there.
const PATIENCE: Duration = Duration::from_secs(3);
/// The text format of `OpenMetrics`, which Prometheus reads.
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// The addresses of this file.
pub(super) fn routes(routes: Routes) -> Routes {
    routes.bare("/healthz", alive).bare("/readyz", ready).bare("/metrics", metrics_here)
}

/// `/metrics` alone, for an address of its own.
pub fn metrics_router(web: Web) -> Router {
    Router::new().route("/metrics", get(metrics)).with_state(web)
}

/// The process lives.
async fn alive() -> &'static str {
    "ok\n"
}

/// Whether requests should come here.
async fn ready(State(web): State<Web>) -> Response {
    if web.site.running.is_stopping() {
        return unavailable("stopping");
    }
    let app = web.app.clone();
    let asked = tokio::task::spawn_blocking(move || health::ready(&app));
    match tokio::time::timeout(PATIENCE, asked).await {
        Ok(Ok(Ok(()))) => "ready\n".into_response(),
        Ok(Ok(Err(error))) => {
            tracing::warn!(cause = error.causes(), "not ready");
            unavailable("the database does not answer or is not at the newest migration")
        }
        Ok(Err(_)) | Err(_) => unavailable("the database does not answer in time"),
    }
}

fn unavailable(reason: &str) -> Response {
    (StatusCode::SERVICE_UNAVAILABLE, format!("{reason}\n")).into_response()
}

async fn metrics_here(state: State<Web>) -> Response {
    match state.site.running.metrics {
        MetricsPlace::Here => metrics(state).await,
        MetricsPlace::Elsewhere => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn metrics(State(web): State<Web>) -> Response {
    let app = web.app.clone();
    let asked = tokio::task::spawn_blocking(move || health::jobs_by_state(&app));
    // Without the database the other figures are told all the more.
    if let Ok(Ok(Ok(jobs))) = tokio::time::timeout(PATIENCE, asked).await {
        web.site.running.meters.jobs(&jobs);
    }
    let text = web.site.running.meters.text(&health::holdings(&web.app), web.site.uploads.under_way());
    ([(header::CONTENT_TYPE, OPEN_METRICS), (header::CACHE_CONTROL, "no-store")], text).into_response()
}
