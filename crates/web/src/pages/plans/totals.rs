//! `POST /plans/{code}/targets`, `/below`: the company's total, and breaking everything below a unit down.

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use dacheng_app::Error;
use dacheng_app::allocation::{self, Below, Method};
use dacheng_app::planning::{SetTotal, Total, set_total};

use super::attempt::{Attempt, Form};
use super::balance::own_line;
use super::seen::{Asked, Seen, seen};
use super::total_form;
use super::view::again;
use crate::components::{Conflict, ConflictRow, Tone};
use crate::http::{Posted, Reply, Visitor, Web};
use crate::respond;

/// A form that a rule refuses.
pub(super) const REFUSED: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

/// `POST /plans/{code}/targets`.
pub async fn targets(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
    form: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let asked = Asked::of(&form);
        let seen = seen(desk, &code, &asked)?;
        let mut attempt = Attempt::new(Form::Total, &form);
        let Some(request) = total_form::read(&seen, &form, &mut attempt) else {
            return again(desk, &code, &asked, REFUSED, &attempt);
        };
        match set_total(desk.app, &desk.context, &request) {
            Ok(set) => {
                let year: i64 = set.months.iter().map(|marks| marks.target).sum();
                let said = desk.lang().plans().total_saved(seen.amount.said(year));
                Ok(respond::done(&seen.here(), Tone::Ok, &said))
            }
            Err(Error::Refused(sentences)) => {
                attempt.problems = sentences;
                again(desk, &code, &asked, REFUSED, &attempt)
            }
            Err(Error::Stale { found, .. }) => {
                attempt.conflict = Some(conflict(&seen, found, vec![total_row(&seen, &request)]));
                again(desk, &code, &asked, StatusCode::CONFLICT, &attempt)
            }
            Err(other) => Err(other),
        }
    })
    .await
}

/// The panel of a form whose version somebody else has passed.
pub(super) fn conflict(seen: &Seen<'_>, found: i64, rows: Vec<ConflictRow>) -> Conflict {
    let saved_by = seen.desk.lang().plans().somebody().to_owned();
    Conflict { saved_by, rows, version: found.to_string(), discard: seen.here() }
}

fn total_row(seen: &Seen<'_>, request: &SetTotal) -> ConflictRow {
    let mine = match &request.total {
        Total::Year { target, .. } => *target,
        Total::Months(months) => months.iter().map(|marks| marks.target).sum(),
    };
    ConflictRow {
        field: seen.desk.lang().plans().target_value().to_owned(),
        mine: seen.amount.said(mine),
        theirs: own_line(seen).map_or_else(|| "—".to_owned(), |line| seen.amount.said(line.sums.year)),
    }
}

/// `POST /plans/{code}/below`.
pub async fn below(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
    form: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let asked = Asked::of(&form);
        let seen = seen(desk, &code, &asked)?;
        let mut attempt = Attempt::new(Form::Below, &form);
        let rounding = match seen.amount.read(form.value("below-unit")) {
            Ok(None) => 1,
            Ok(Some(unit)) if unit > 0 => unit,
            Ok(Some(_)) => {
                attempt.fields.push(("below-unit".to_owned(), desk.lang().plans().positive().to_owned()));
                return again(desk, &code, &asked, REFUSED, &attempt);
            }
            Err(wrong) => {
                attempt.fields.push(("below-unit".to_owned(), wrong));
                return again(desk, &code, &asked, REFUSED, &attempt);
            }
        };
        let request = Below {
            plan: code.clone(),
            metric: seen.amount.metric,
            unit: seen.at.clone(),
            method: match form.value("below-method") {
                "last_year" => Method::LastYear,
                "last_twelve_months" => Method::LastTwelveMonths,
                "capacity" => Method::Capacity(Vec::new()),
                _ => Method::Even,
            },
            rounding,
            leaders: Vec::new(),
            seen: form.number("version").unwrap_or(0),
        };
        match allocation::break_down_below(desk.app, &desk.context, &request) {
            Ok(broken) => {
                let said = desk.lang().plans().below_saved(broken.units);
                Ok(respond::done(&seen.here(), Tone::Ok, &said))
            }
            Err(Error::Refused(sentences)) => {
                attempt.problems = sentences;
                again(desk, &code, &asked, REFUSED, &attempt)
            }
            Err(Error::Stale { found, .. }) => {
                attempt.conflict = Some(conflict(&seen, found, Vec::new()));
                again(desk, &code, &asked, StatusCode::CONFLICT, &attempt)
            }
            Err(other) => Err(other),
        }
    })
    .await
}
