//! The settings of built-in metrics: `/api/v1/metric-settings`, by versions from a month on.

use axum::Extension;
use axum::extract::State;
use axum::response::Response;
use dacheng_app::figures::settled;
use dacheng_app::{Error, Result};
use dacheng_domain::Ratio;
use dacheng_domain::metrics::{MetricVersion, Window};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::own::month;
use crate::api::planning::versioned;
use crate::http::{Body, Desk, Reply, Seen, Visitor, Web};

/// Everything that was settled.
#[derive(Debug, Serialize, ToSchema)]
pub struct MetricSettingsBody {
    /// The oldest first.
    versions: Vec<SettingBody>,
    /// What a change has to name.
    version: i64,
}

/// What was settled about a metric from a month on.
#[derive(Debug, Serialize, ToSchema)]
pub struct SettingBody {
    metric: &'static str,
    number: u32,
    from: String,
    /// Months over which a ratio is judged; 0 is the period itself.
    window_months: Option<u8>,
    /// The most an attainment can reach where lower is better, as a part of 1.
    lower_at_most: String,
    /// Days without news after which an open opportunity counts as lost; of `conversion_rate` alone.
    silent_days: Option<u16>,
}

/// A new version of a metric's settings.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSetting {
    /// A built-in ratio.
    #[schema(example = "conversion_rate")]
    metric: String,
    /// The first month it holds for.
    #[schema(example = "2026-12")]
    from: String,
    /// Months over which it is judged; 0 is the period itself.
    #[schema(example = 3)]
    window_months: u8,
    /// The most an attainment can reach where lower is better, in whole per cent.
    #[schema(example = 120)]
    lower_at_most_percent: i64,
    /// Days without news after which an open opportunity counts as lost, of `conversion_rate` alone: it holds for those that
    /// were last heard of in that month or later; as it was where absent.
    #[schema(example = 90)]
    silent_days: Option<u16>,
    /// The version that was seen, where no `If-Match` says it.
    version: Option<i64>,
}

fn shown(desk: &Desk<'_>) -> Result<Response> {
    let (settings, version) = settled::current(&mut desk.read()?)?;
    let body = |own: &MetricVersion| SettingBody {
        metric: own.metric.code(),
        number: own.version,
        from: own.valid_from.to_string(),
        window_months: own.window.map(Window::months),
        lower_at_most: own.lower_at_most.to_string(),
        silent_days: own.silent_days,
    };
    let versions = settings.versions().iter().map(body).collect();
    Ok(versioned(&MetricSettingsBody { versions, version }, version))
}

/// What was settled about the built-in metrics; its version is also the `ETag`.
#[utoipa::path(get, path = "/api/v1/metric-settings", tag = "metrics", responses((status = 200, body = MetricSettingsBody)))]
pub async fn list(State(web): State<Web>, Extension(visitor): Extension<Visitor>) -> Reply {
    web.answer(&visitor, shown).await
}

/// Settles a version of a built-in metric from a month on.
#[utoipa::path(post, path = "/api/v1/metric-settings", tag = "metrics", params(("If-Match" = Option<String>, Header, description = "The version seen")), request_body = NewSetting, responses((status = 200, body = MetricSettingsBody), (status = 403), (status = 409), (status = 412), (status = 422)))]
pub async fn settle(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    seen: Seen,
    Body(new): Body<NewSetting>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let seen = seen.or(new.version)?;
        let version = MetricVersion {
            metric: new.metric.parse().map_err(|wrong| Error::Usage(format!("{wrong}")))?,
            version: 0,
            valid_from: month(&new.from)?,
            window: Some(Window::of_months(new.window_months)),
            lower_at_most: Ratio::percent(new.lower_at_most_percent.clamp(0, 1_000)),
            silent_days: new.silent_days,
        };
        settled::settle(desk.app, &desk.context, version, seen)?;
        shown(desk)
    })
    .await
}
