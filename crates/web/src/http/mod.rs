//! The way in: routes with what each needs, sessions, forms, errors. Pages live in [`crate::pages`].

mod blocking;
mod body;
mod desk;
mod failure;
pub mod files;
mod forms;
mod guard;
mod health;
mod journal;
mod meters;
mod once;
mod rejection;
mod routes;
mod running;
mod step_up;
mod surroundings;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use dacheng_app::App;
use dacheng_app::facts::uploads::Uploads;
use dacheng_app::jobs::Places;
use dacheng_domain::access::step_up::Lasting;
use dacheng_domain::files::Limits;
use dacheng_sheets::ChildCommand;

pub use body::{Body, Seen};
pub use desk::{Desk, Older};
pub use failure::{Failure, Reply};
pub use forms::{Attaching, Posted};
pub(crate) use guard::decoded;
pub use guard::{Visitor, encoded, own_path};
pub use health::metrics_router;
pub use routes::{Need, Route, Routes};
pub use running::{MetricsPlace, Running};
pub(crate) use step_up::{ALONE, Asking, BACK, FOR_PROGRAMS, PASSWORD, wrong_with};

/// What every handler works with. Cheap to clone.
#[derive(Clone)]
pub struct Web {
    /// The use cases.
    pub app: App,
    /// What the server was told about itself.
    pub site: Arc<Site>,
}

/// How the site is served.
pub struct Site {
    /// Whether cookies may travel without TLS: on loopback, or by an explicit choice.
    pub plain_http: PlainHttp,
    /// Whether the company date is fixed, as in the demo company.
    pub fixed_date: FixedDate,
    /// The program that reads workbooks.
    pub workbooks: ChildCommand,
    /// Where files lie.
    pub places: Places,
    /// Files on their way in.
    pub uploads: Arc<Uploads>,
    /// How much may hang on a document.
    pub files: Limits,
    /// For how long a password counts for acts that ask for it.
    pub step_up: Lasting,
    /// What it knows about itself while it runs.
    pub running: Running,
}

/// Whether the session cookie may travel over plain HTTP.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlainHttp {
    /// It may; the cookie has another name then.
    Allowed,
    /// Only over TLS.
    Refused,
}

/// Whether the company date moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FixedDate {
    /// It does.
    Moves,
    /// It is the demo company's; every page shows it.
    Shown,
}

/// Bytes of a request's body, files excepted (`trust.md`).
const MOST_BYTES: usize = 1 << 20;

/// Bytes in words: `1.8 MB`; what is smaller than a kilobyte, in bytes.
pub fn said_bytes(bytes: u64) -> String {
    if bytes < 1 << 10 {
        return format!("{bytes} B");
    }
    let (unit, name) = if bytes >= 1 << 20 { (1 << 20, "MB") } else { (1 << 10, "KB") };
    let decimals = u32::from(!bytes.is_multiple_of(unit));
    format!("{} {name}", dacheng_text::number::quotient(i128::from(bytes), unit.into(), decimals))
}

/// Every page and every address of the API, with what each needs.
pub fn routes(web: &Web) -> Routes {
    crate::api::routes(crate::pages::routes(health::routes(Routes::new(web.clone()))))
}

/// The whole site.
pub fn router(web: &Web) -> Router {
    routes(web)
        .into_router()
        .merge(crate::assets::routes())
        .layer(DefaultBodyLimit::max(MOST_BYTES))
        .layer(axum::middleware::from_fn(crate::headers::secure))
        .layer(axum::middleware::from_fn_with_state(web.clone(), journal::observe))
}
