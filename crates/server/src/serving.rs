//! The server from its first line to its end: it listens, sweeps, and stops gracefully when it is told to.

use std::future::IntoFuture;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::{Duration, Instant};

use dacheng_app::facts::undo::discard_unfinished;
use dacheng_app::facts::uploads::Uploads;
use dacheng_app::jobs::Places;
use dacheng_app::{App, Error, Result};
use dacheng_domain::access::step_up::Lasting;
use dacheng_domain::files::Limits;
use dacheng_web::http::{FixedDate, MetricsPlace, PlainHttp, Running, Site, Web, metrics_router, router};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::oneshot;

use crate::crew::Crew;
use crate::output;
use crate::program::workbooks;

/// What a file under way has at least to see that the server stops.
const LEAST: Duration = Duration::from_secs(2);

/// How and where the server is reached.
pub struct Address {
    /// Where pages and API are.
    pub listen: SocketAddr,
    /// Where `/metrics` is, if not there.
    pub metrics_listen: Option<SocketAddr>,
    /// Proxies that are believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// Whether cookies may travel without TLS.
    pub plain_http: PlainHttp,
    /// Whether the company date is fixed.
    pub fixed_date: FixedDate,
    /// Where files lie.
    pub places: Places,
    /// How much may hang on a document.
    pub files: Limits,
    /// For how long a password counts for acts that ask for it.
    pub step_up: Lasting,
    /// Seconds from the word to stop to the end.
    pub stop_within: u64,
}

/// Serves until the program is told to stop; requests that have begun are finished. Where it listens is printed as
/// soon as it does, with a free port where 0 was asked for; then comes what `more` prints.
pub fn serve(app: App, address: &Address, more: impl FnOnce(&App) -> Result<()>) -> Result<()> {
    let app = App { clock: app.clock.clone().running(), ..app };
    discard_unfinished(&app, app.clock.now().as_millisecond())?;
    let (pages, metrics) = (bound(address.listen)?, address.metrics_listen.map(bound).transpose()?);
    output::line(&format!("dacheng listens on http://{}", pages.local_addr().map_err(failed)?))?;
    if let Some(metrics) = &metrics {
        output::line(&format!("metrics on http://{}/metrics", metrics.local_addr().map_err(failed)?))?;
    }
    more(&app)?;
    let (web, stop_within) = (web(app, address)?, Duration::from_secs(address.stop_within));
    let crew = Crew::begin(&web.app, &address.places)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(failed)?;
    let told = runtime.block_on(until_stopped(web.clone(), pages, metrics, stop_within))?;
    let left = || stop_within.saturating_sub(told.elapsed()).max(LEAST);
    end_imports(&web, left());
    crew.end(left());
    runtime.shutdown_timeout(LEAST);
    tracing::info!("stopped");
    Ok(())
}

#[expect(clippy::needless_pass_by_value, reason = "what `map_err` hands over")]
fn failed(wrong: std::io::Error) -> Error {
    Error::Internal(wrong.to_string())
}

fn bound(address: SocketAddr) -> Result<TcpListener> {
    let said = |wrong: std::io::Error| Error::Internal(format!("{address}: {wrong}"));
    let bound = TcpListener::bind(address).map_err(said)?;
    bound.set_nonblocking(true).map_err(said)?;
    Ok(bound)
}

fn web(app: App, address: &Address) -> Result<Web> {
    let workbooks = workbooks()?;
    let uploads = Arc::new(Uploads::new(address.places.uploads.clone(), workbooks.clone())?);
    let metrics = if address.metrics_listen.is_some() { MetricsPlace::Elsewhere } else { MetricsPlace::Here };
    let running = Running::new(address.trusted_proxies.clone(), metrics);
    let (plain_http, fixed_date) = (address.plain_http, address.fixed_date);
    let (places, files) = (address.places.clone(), address.files);
    let step_up = address.step_up;
    let site = Site { plain_http, fixed_date, workbooks, places, uploads, files, step_up, running };
    Ok(Web { app, site: Arc::new(site) })
}

/// Answers requests until the word to stop and until those under way have ended, but no longer than that. Says when
/// the word came.
async fn until_stopped(
    web: Web,
    pages: TcpListener,
    metrics: Option<TcpListener>,
    stop_within: Duration,
) -> Result<Instant> {
    let service = router(&web).into_make_service_with_connect_info::<SocketAddr>();
    if let Some(metrics) = metrics {
        let listener = tokio::net::TcpListener::from_std(metrics).map_err(failed)?;
        tokio::spawn(axum::serve(listener, metrics_router(web.clone())).into_future());
    }
    let listener = tokio::net::TcpListener::from_std(pages).map_err(failed)?;
    let (tell, hear) = oneshot::channel();
    let stop = async move {
        stopped().await;
        web.site.running.stop();
        tracing::info!("stopping: no new requests, those under way are finished");
        let _ = tell.send(Instant::now());
    };
    let served = axum::serve(listener, service).with_graceful_shutdown(stop).into_future();
    let late = async {
        match hear.await {
            Ok(told) => {
                tokio::time::sleep(stop_within).await;
                told
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::pin!(late);
    tokio::select! {
        ended = served => ended.map_err(failed).map(|()| Instant::now()),
        told = &mut late => {
            tracing::warn!("requests that are still under way are cut off");
            Ok(told)
        }
    }
}

/// Files that are being read end at their next step; what does not is discarded at the next start.
fn end_imports(web: &Web, within: Duration) {
    let uploads = &web.site.uploads;
    let under_way = uploads.under_way();
    uploads.stop();
    if under_way > 0 && !uploads.wait_for(within) {
        tracing::warn!("imports that are still under way are discarded at the next start");
    }
}

/// Ends with Ctrl C, or with the signal of a service manager.
async fn stopped() {
    let interrupted = async { drop(tokio::signal::ctrl_c().await) };
    let terminated = async {
        match signal(SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        () = interrupted => {}
        () = terminated => {}
    }
}
