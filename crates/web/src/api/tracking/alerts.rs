//! `GET /api/v1/alerts`: alerts of the caller's scope.

use axum::Extension;
use axum::extract::{Path, Query, State};
use dacheng_app::tracking::alerts::{AlertRow, Evidence, Filter, alerts, case};
use dacheng_app::tracking::improvement::PlanLine;
use dacheng_app::{Error, Result};
use dacheng_domain::calendar::{Deadline, Month};
use dacheng_domain::metrics::Metric;
use dacheng_domain::tracking::alert::Level;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{amount, word};
use crate::api::listing::{Listing, Paging};
use crate::http::{Reply, Visitor, Web};
use crate::respond;

/// Which alerts are asked for; nothing given means all.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Asked {
    /// `open`, `closed`, `replaced` or `withdrawn`.
    state: Option<String>,
    /// `yellow` or `red`.
    level: Option<String>,
    /// `revenue`, `collections`…
    metric: Option<String>,
    /// `2026-10`.
    month: Option<String>,
}

impl Asked {
    fn filter(&self) -> Result<Filter> {
        let wrong = |name: &str, given: &str| Error::Usage(format!("{name}: {given}"));
        let state = self.state.as_deref().map(|own| own.parse().map_err(|_| wrong("state", own)));
        let level = self.level.as_deref().map(|own| match own {
            "yellow" => Ok(Level::Yellow),
            "red" => Ok(Level::Red),
            _ => Err(wrong("level", own)),
        });
        let metric =
            self.metric.as_deref().map(|own| own.parse::<Metric>().map_err(|_| wrong("metric", own)));
        let month = self.month.as_deref().map(|own| own.parse::<Month>().map_err(|_| wrong("month", own)));
        let month = month.transpose()?;
        Ok(Filter {
            state: state.transpose()?,
            level: level.transpose()?,
            metric: metric.transpose()?,
            months: month.map(|month| (month, month)),
            owner: None,
        })
    }
}

/// An alert on a closed month.
#[derive(Debug, Serialize, ToSchema)]
pub struct AlertBody {
    /// Its number.
    pub id: i64,
    /// `unit:CODE` or `member:CODE`.
    pub owner: String,
    /// The owner's name.
    pub name: String,
    /// The metric's code.
    pub metric: String,
    /// `yellow` or `red`.
    pub level: String,
    /// `improvement_plan` or `coaching`.
    pub remedy: String,
    /// `open`, `closed`, `replaced` or `withdrawn`.
    pub state: String,
    /// Whether the `month` or its `quarter` was judged.
    pub judged: String,
    /// The month, or the last of the quarter.
    #[schema(example = "2026-10")]
    pub month: String,
    /// What was achieved.
    #[schema(example = "75000.00")]
    pub actual: String,
    /// What was to be achieved.
    #[schema(example = "100000.00")]
    pub target: String,
    /// Their ratio.
    #[schema(example = "0.7500")]
    pub attainment: Option<String>,
    /// The month or quarter before.
    pub before: Option<EvidenceBody>,
    /// By which version of the metric's rule.
    pub rule_version: i64,
    /// The threshold it fell below.
    #[schema(example = "0.8000")]
    pub threshold: String,
    /// The day it is dated.
    pub raised_on: String,
    /// The day it ceased to be open.
    pub ended_on: Option<String>,
    /// Its plan.
    pub plan: Option<PlanLineBody>,
}

/// A figure an alert was judged by.
#[derive(Debug, Serialize, ToSchema)]
pub struct EvidenceBody {
    /// The month, or the last of the quarter.
    pub month: String,
    /// What was achieved.
    pub actual: String,
    /// What was to be achieved.
    pub target: String,
    /// Their ratio.
    pub attainment: Option<String>,
}

/// Where an improvement plan stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlanLineBody {
    /// Its number.
    pub id: i64,
    /// `open`, `submitted`, `returned`, `accepted`, `running`, `recovered`, `not_recovered` or `withdrawn`.
    pub state: String,
    /// `red` while one of its alerts is.
    pub level: String,
    /// What is due next.
    pub deadline: Option<String>,
    /// The calendar year that a deadline waits for.
    pub pending_year: Option<i16>,
    /// Whether what is due next is overdue.
    pub overdue: bool,
    /// Who writes it, by name.
    pub responsible: Option<String>,
    /// Who checks it, by name.
    pub checker: Option<String>,
}

impl AlertBody {
    /// The alert as JSON.
    pub fn of(row: &AlertRow) -> Self {
        let evidence = |found: &Evidence| EvidenceBody {
            month: found.month.to_string(),
            actual: amount(row.metric, found.actual),
            target: amount(row.metric, found.target),
            attainment: found.attainment.map(|rate| rate.to_string()),
        };
        let EvidenceBody { month, actual, target, attainment } = evidence(&row.figure);
        Self {
            id: row.id,
            owner: row.owner.to_string(),
            name: row.owner_name.clone(),
            metric: row.metric.code().to_owned(),
            level: word(&row.level),
            remedy: word(&row.remedy),
            state: word(&row.state),
            judged: word(&row.judged),
            month,
            actual,
            target,
            attainment,
            before: row.before.as_ref().map(evidence),
            rule_version: row.rule_version,
            threshold: row.threshold().to_string(),
            raised_on: row.raised_on.to_string(),
            ended_on: row.ended_on.map(|day| day.to_string()),
            plan: row.plan.as_ref().map(PlanLineBody::of),
        }
    }
}

impl PlanLineBody {
    /// The line of a plan as JSON.
    pub fn of(line: &PlanLine) -> Self {
        let pending = match line.deadline {
            Some(Deadline::Pending(pending)) => Some(pending.year),
            Some(Deadline::Due(_)) | None => None,
        };
        Self {
            id: line.id,
            state: word(&line.state),
            level: word(&line.level),
            deadline: line.deadline.and_then(Deadline::date).map(|day| day.to_string()),
            pending_year: pending,
            overdue: line.is_overdue(),
            responsible: line.responsible.clone(),
            checker: line.checker.clone(),
        }
    }
}

/// Alerts of the caller's scope, red first, then the newest month.
#[utoipa::path(get, path = "/api/v1/alerts", tag = "tracking", params(Asked, Paging), responses((status = 200, body = Listing<AlertBody>)))]
pub async fn list(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
    Query(paging): Query<Paging>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let rows = alerts(desk.app, &desk.context, &asked.filter()?)?;
        let Listing { items, next } = paging.part(rows, |row| row.id.to_string())?;
        Ok(respond::json(&Listing { items: items.iter().map(AlertBody::of).collect(), next }))
    })
    .await
}

/// One alert of the caller's scope.
#[utoipa::path(get, path = "/api/v1/alerts/{id}", tag = "tracking", params(("id" = i64, Path)), responses((status = 200, body = AlertBody)))]
pub async fn one(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<i64>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let case = case(desk.app, &desk.context, id)?;
        Ok(respond::json(&AlertBody::of(&case.alert)))
    })
    .await
}
