//! Targets for programs: listed, set, broken down, edited cell by cell.

use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use dacheng_app::allocation::{self, Edited as Outcome, Owner};
use dacheng_app::figures::{read_owner, read_period};
use dacheng_app::planning::{self, ByMonth, More, SetTotal, TargetsAsked, Total, set_total, written};
use dacheng_app::{Error, Result};
use dacheng_domain::allocation::Exact;
use dacheng_domain::calendar::Month;
use dacheng_domain::metrics::Metric;
use dacheng_text::Lang;
use serde::Deserialize;
use serde_json::json;
use utoipa::IntoParams;

use super::body::{
    Breakdown, Difference, Edited, Edits, NewBreakdown, NewTotal, Target, TotalSet, amount, maybe, metric,
    versioned,
};
use crate::api::listing::{Cursor, Listing};
use crate::http::{Body, Desk, Reply, Seen, Visitor, Web};
use crate::respond;

/// Targets of an answer where no number is asked for, and at most.
const USUAL: usize = 100;
const MOST: usize = 1_000;

/// Which targets.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Asked {
    /// The plan's code; the plan in force of the period where absent.
    plan: Option<String>,
    /// The metric.
    #[param(example = "revenue")]
    metric: String,
    /// `unit:CODE` or `member:CODE`; everybody whom the caller sees where absent.
    owner: Option<String>,
    /// `2027`, `2027-Q1` or `2027-03`; the whole year where absent.
    period: Option<String>,
    /// How many, 1 to 1000; 100 where absent.
    limit: Option<usize>,
    /// `next` of the answer before.
    #[param(value_type = Option<String>)]
    cursor: Option<Cursor>,
}

impl Asked {
    fn request(&self, desk: &Desk<'_>) -> Result<TargetsAsked> {
        let owner = self.owner.as_deref().map(|owner| match read_owner(&desk.ground, owner)? {
            dacheng_rollup::Owner::Unit(code) => Ok(Owner::unit(code)),
            dacheng_rollup::Owner::Member(code) => Ok(Owner::member(code)),
            dacheng_rollup::Owner::Company => Err(Error::Usage(format!("owner: {owner}"))),
        });
        let start = desk.company.fiscal_start;
        Ok(TargetsAsked {
            plan: self.plan.clone(),
            metric: metric(desk, &self.metric)?,
            owner: owner.transpose()?,
            period: self.period.as_deref().map(|period| read_period(period, start)).transpose()?,
            after: self.cursor.as_ref().map(read_cursor).transpose()?,
            limit: self.limit.unwrap_or(USUAL).clamp(1, MOST),
        })
    }
}

fn read_cursor(cursor: &Cursor) -> Result<(Owner, Month)> {
    let wrong = || Error::Usage("cursor".to_owned());
    let (owner, month) = cursor.0.rsplit_once('/').ok_or_else(wrong)?;
    Ok((owner.parse().map_err(|_| wrong())?, month.parse().map_err(|_| wrong())?))
}

/// Targets by month in the order of owner and month, within what the caller sees.
#[utoipa::path(get, path = "/api/v1/targets", tag = "planning", params(Asked), responses((status = 200, body = Listing<Target>), (status = 404)))]
pub async fn list(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let request = asked.request(desk)?;
        let found = planning::targets(desk.app, &desk.context, &request)?;
        let of = request.metric;
        let last = found.cells.last().filter(|_| found.more == More::Yes);
        let next = last.map(|cell| Cursor(format!("{}/{}", cell.owner, cell.month)));
        let items = found.cells.iter().map(|cell| Target {
            plan: found.plan.clone(),
            metric: of.code(),
            owner: cell.owner.to_string(),
            name: cell.name.clone(),
            period: cell.month.to_string(),
            floor: cell.marks.floor.map(|floor| written(of, floor)),
            target: written(of, cell.marks.target),
            stretch: cell.marks.stretch.map(|stretch| written(of, stretch)),
        });
        Ok(respond::json(&Listing { items: items.collect(), next }))
    })
    .await
}

/// Sets the company's total of a metric; what is broken down already follows in proportion.
#[utoipa::path(put, path = "/api/v1/plans/{code}/targets", tag = "planning", params(("code" = String, Path, description = "The plan's code"), ("If-Match" = Option<String>, Header, description = "The version seen")), request_body = NewTotal, responses((status = 200, body = TotalSet), (status = 409), (status = 412), (status = 422)))]
pub async fn replace(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
    seen: Seen,
    Body(new): Body<NewTotal>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let of = metric(desk, &new.metric)?;
        let total = total(of, &new, desk.lang())?;
        let request = SetTotal { plan: code, metric: of, total, seen: seen.or(new.version)? };
        let set = set_total(desk.app, &desk.context, &request)?;
        let months = set.months.iter().map(|marks| written(of, marks.target)).collect();
        Ok(versioned(&TotalSet { months, version: set.version }, set.version))
    })
    .await
}

fn total(of: Metric, new: &NewTotal, lang: Lang) -> Result<Total> {
    let target = amount(of, &new.target, "target", lang)?;
    let by = match (&new.months, new.by.as_deref()) {
        (Some(months), None) => {
            let months: Vec<i64> =
                months.iter().map(|month| amount(of, month, "months", lang)).collect::<Result<_>>()?;
            let sum: i64 = months.iter().fold(0, |sum: i64, month| sum.saturating_add(*month));
            if sum != target {
                let say = lang.plans();
                return Err(Error::refused(say.months_sum(written(of, sum), written(of, target))));
            }
            let weights: [Exact; 12] = months
                .iter()
                .map(|month| Exact::from(month.unsigned_abs()))
                .collect::<Vec<_>>()
                .try_into()
                .map_err(|_| Error::Usage("months: 12".to_owned()))?;
            ByMonth::Own(Box::new(weights))
        }
        (None, Some("season")) => ByMonth::Season,
        (None, Some("even")) => ByMonth::Even,
        (None, Some("working_days") | None) => ByMonth::WorkingDays,
        (None, Some(other)) => return Err(Error::Usage(format!("by: {other}"))),
        (Some(_), Some(_)) => return Err(Error::Usage("by, months".to_owned())),
    };
    Ok(Total::Year {
        target,
        floor: maybe(of, new.floor.as_deref(), "floor", lang)?,
        stretch: maybe(of, new.stretch.as_deref(), "stretch", lang)?,
        by,
        rounding: maybe(of, new.rounding.as_deref(), "rounding", lang)?.unwrap_or(1),
    })
}

/// Changes single cells, all or none. Each is compared with what the caller saw; 409 names those that somebody else
/// changed.
#[utoipa::path(patch, path = "/api/v1/plans/{code}/targets", tag = "planning", params(("code" = String, Path, description = "The plan's code")), request_body = Edits, responses((status = 200, body = Edited), (status = 409), (status = 422)))]
pub async fn change(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
    Body(edits): Body<Edits>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let of = metric(desk, &edits.metric)?;
        let cell = |cell: &super::body::CellEdit| {
            Ok(allocation::CellEdit {
                owner: cell.owner.parse()?,
                month: cell.month.parse().map_err(|_| Error::Usage(format!("month: {}", cell.month)))?,
                old: amount(of, &cell.old, "old", desk.lang())?,
                new: amount(of, &cell.new, "new", desk.lang())?,
            })
        };
        let request = allocation::EditCells {
            plan: code,
            metric: of,
            edits: edits.cells.iter().map(cell).collect::<Result<_>>()?,
            difference: match edits.difference {
                Difference::Refuse => allocation::Difference::Refuse,
                Difference::Declare => allocation::Difference::Declare,
            },
            averages: Vec::new(),
        };
        match allocation::edit_cells(desk.app, &desk.context, &request)? {
            Outcome::Saved { cells } => Ok(respond::json(&Edited { cells })),
            Outcome::Conflicts(conflicts) => Ok(conflicting(desk.lang(), of, &request.edits, &conflicts)),
        }
    })
    .await
}

/// 409 with a pointer to each cell that is not as the caller saw it.
fn conflicting(
    lang: Lang,
    of: Metric,
    edits: &[allocation::CellEdit],
    conflicts: &[allocation::CellConflict],
) -> Response {
    let error = |found: &allocation::CellConflict| {
        let place = edits.iter().position(|edit| edit.owner == found.owner && edit.month == found.month);
        json!({
            "pointer": format!("/cells/{}/old", place.unwrap_or_default()),
            "reason": lang.failures().stale(), "stored": found.stored.map(|stored| written(of, stored)),
        })
    };
    let problem = json!({
        "type": "about:blank", "title": "Conflict", "status": 409, "detail": lang.failures().stale(),
        "errors": conflicts.iter().map(error).collect::<Vec<_>>(),
    });
    let kind = [(header::CONTENT_TYPE, "application/problem+json")];
    (StatusCode::CONFLICT, kind, Json(problem).into_response().into_body()).into_response()
}

/// What a breakdown would give; nothing is written.
#[utoipa::path(post, path = "/api/v1/plans/{code}/breakdown:preview", tag = "planning", params(("code" = String, Path, description = "The plan's code")), request_body = NewBreakdown, responses((status = 200, body = Breakdown), (status = 422)))]
pub async fn preview(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
    Body(new): Body<NewBreakdown>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let request = new.request(desk, &code)?;
        let proposal = allocation::propose(desk.app, &desk.context, &request)?;
        Ok(versioned(&Breakdown::of(request.metric, &proposal), proposal.version))
    })
    .await
}

/// Breaks a unit down; what is below follows.
#[utoipa::path(post, path = "/api/v1/plans/{code}/breakdown", tag = "planning", params(("code" = String, Path, description = "The plan's code"), ("If-Match" = Option<String>, Header, description = "The version seen")), request_body = NewBreakdown, responses((status = 200, body = Breakdown), (status = 409), (status = 412), (status = 422)))]
pub async fn break_down(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
    seen: Seen,
    Body(new): Body<NewBreakdown>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let request = new.request(desk, &code)?;
        let proposal = allocation::apply(desk.app, &desk.context, &request, seen.or(new.version)?)?;
        Ok(versioned(&Breakdown::of(request.metric, &proposal), proposal.version))
    })
    .await
}
