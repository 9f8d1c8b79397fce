//! `GET /api/v1/metrics`: the built-in metrics and the company's own.

use std::borrow::Cow;

use axum::Extension;
use axum::extract::State;
use dacheng_domain::calendar::Month;
use dacheng_domain::metrics::{Definition, Direction, Metric, RollUp, Unit, Window};
use dacheng_text::{Lang, metric};
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::{Reply, Visitor, Web};
use crate::respond;

/// What a metric is.
#[derive(Debug, Serialize, ToSchema)]
pub struct MetricDefinition {
    code: &'static str,
    /// In the caller's language.
    name: &'static str,
    /// In the caller's language.
    #[schema(value_type = String)]
    formula: Cow<'static, str>,
    /// `higher` or `lower`.
    #[schema(value_type = String)]
    better: Direction,
    /// `money` in yuan, `count`, `percent` as a part of 1, `score` in points, `days`.
    #[schema(value_type = String)]
    unit: Unit,
    /// `sum`, `ratio_of_sums`, `each_level`, `owner`.
    #[schema(value_type = String)]
    roll_up: RollUp,
    /// Whether pace and what is needed per working day exist for it.
    has_pace: bool,
    /// The months over which a ratio is judged, the period's last among them; `null` for others.
    window_months: Option<u8>,
    /// The kinds of file whose facts it is made of.
    sources: Vec<&'static str>,
    /// Whether the company defined it (`GET /api/v1/metrics/{code}` has its versions).
    own: bool,
    /// Whether it is retired: still shown, no longer offered.
    retired: bool,
}

/// All of them.
#[derive(Debug, Serialize, ToSchema)]
pub struct MetricDefinitions {
    metrics: Vec<MetricDefinition>,
}

impl MetricDefinition {
    fn of(lang: Lang, of: Metric, month: Month) -> Self {
        let Definition { unit, direction, roll_up } = of.definition();
        let own = of.own();
        Self {
            code: of.code(),
            name: metric::name(lang, of),
            formula: metric::formula(lang, of),
            better: direction,
            unit,
            roll_up,
            has_pace: of.definition().has_pace(),
            window_months: match own.map_or(Window::usual(of), |own| own.window(month)) {
                Some(Window::RollingMonths(months)) => Some(months),
                Some(Window::Period) | None => None,
            },
            sources: of.sources(),
            own: own.is_some(),
            retired: own.is_some_and(|own| own.is_retired(month)),
        }
    }
}

/// The metrics and what each is: formula, unit, direction, roll-up, window, sources.
#[utoipa::path(get, path = "/api/v1/metrics", tag = "metrics", responses((status = 200, body = MetricDefinitions)))]
pub async fn list(State(web): State<Web>, Extension(visitor): Extension<Visitor>) -> Reply {
    web.answer(&visitor, move |desk| {
        let month = Month::of(desk.context.today);
        let metrics = desk.catalogue.all().map(|own| MetricDefinition::of(desk.lang(), own, month)).collect();
        Ok(respond::json(&MetricDefinitions { metrics }))
    })
    .await
}
