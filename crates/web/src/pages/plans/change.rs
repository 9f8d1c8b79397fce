//! `POST /plans/{code}/targets`, `/spread`, `/below`, `/cells`, `/locks`: what changes the targets of a draft.

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use dacheng_app::allocation::{
    self, Below, BreakDown, CellConflict, CellEdit, Difference, EditCells, Edited, LockCells, Method, Owner,
    Proposal, Split,
};
use dacheng_app::planning::{SetTotal, Total, set_total};
use dacheng_app::{Error, Result};
use dacheng_domain::Ratio;
use dacheng_domain::calendar::Month;
use dacheng_text::{date, rate};

use super::attempt::{Attempt, Form};
use super::balance::own_line;
use super::grid_view::cell_id;
use super::seen::{Asked, Seen, seen};
use super::view::again;
use super::{SpreadOutcome, SpreadRow, spread_form, total_form};
use crate::components::{Conflict, ConflictRow, Note, Tone};
use crate::http::{Desk, Posted, Reply, Visitor, Web};
use crate::respond;

const REFUSED: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

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

fn conflict(seen: &Seen<'_>, found: i64, rows: Vec<ConflictRow>) -> Conflict {
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

/// `POST /plans/{code}/spread` with `act` = `preview` or `save`.
pub async fn spread(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
    form: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let asked = Asked::of(&form);
        let seen = seen(desk, &code, &asked)?;
        let mut attempt = Attempt::new(Form::Spread, &form);
        let Some(request) = spread_form::read(&seen, &form, &mut attempt) else {
            return again(desk, &code, &asked, REFUSED, &attempt);
        };
        let version = form.number("version").unwrap_or(0);
        if form.value("act") != "save" {
            let status = preview(&seen, &request, None, &mut attempt)?;
            return again(desk, &code, &asked, status, &attempt);
        }
        match allocation::apply(desk.app, &desk.context, &request, version) {
            Ok(proposal) => {
                let said = desk.lang().plans().spread_saved(seen.unit_name(), proposal.children.len());
                Ok(respond::done(&seen.here(), Tone::Ok, &said))
            }
            Err(Error::Stale { found, .. }) => {
                preview(&seen, &request, Some(found), &mut attempt)?;
                again(desk, &code, &asked, StatusCode::CONFLICT, &attempt)
            }
            Err(Error::Refused(sentences)) => {
                attempt.outcome = Some(infeasible(desk, &sentences));
                again(desk, &code, &asked, REFUSED, &attempt)
            }
            Err(other) => Err(other),
        }
    })
    .await
}

fn infeasible(desk: &Desk<'_>, sentences: &[String]) -> SpreadOutcome {
    let problem = sentences.join(desk.lang().overview().comma());
    SpreadOutcome::Infeasible(Note::new(Tone::Bad, desk.lang().plans().infeasible(problem)))
}

/// Works out what a method would give; `stale` is the version that somebody else saved first.
fn preview(
    seen: &Seen<'_>,
    request: &BreakDown,
    stale: Option<i64>,
    attempt: &mut Attempt<'_>,
) -> Result<StatusCode> {
    match allocation::propose(seen.desk.app, &seen.desk.context, request) {
        Ok(proposal) => {
            attempt.outcome = Some(outcome(seen, request, &proposal, stale, attempt.posted));
            Ok(StatusCode::OK)
        }
        Err(Error::Refused(sentences)) => {
            attempt.outcome = Some(infeasible(seen.desk, &sentences));
            Ok(REFUSED)
        }
        Err(other) => Err(other),
    }
}

fn outcome(
    seen: &Seen<'_>,
    request: &BreakDown,
    proposal: &Proposal,
    stale: Option<i64>,
    form: &Posted,
) -> SpreadOutcome {
    let say = seen.desk.lang().plans();
    let history = |months: &[i64; 12]| months.iter().sum::<i64>();
    let all: i64 = proposal.children.iter().filter_map(|child| child.last_year.as_ref()).map(history).sum();
    let rows: Vec<SpreadRow> = proposal
        .children
        .iter()
        .map(|child| {
            let share = child.last_year.as_ref().and_then(|months| Ratio::new(history(months), all));
            let carries = child.current.iter().any(Option::is_some);
            SpreadRow {
                name: child.name.clone(),
                weight: share.map_or_else(String::new, |share| say.share_of(rate::percent(share))),
                before: carries.then(|| child.current.iter().flatten().sum()),
                after: child.year(),
                bound: bound(seen, request, &child.owner),
            }
        })
        .collect();
    let conflict = stale.map(|found| {
        let rows = rows.iter().filter(|row| row.before != Some(row.after)).take(10).map(|row| ConflictRow {
            field: row.name.clone(),
            mine: seen.amount.said(row.after),
            theirs: row.before.map_or_else(|| "—".to_owned(), |before| seen.amount.said(before)),
        });
        conflict(seen, found, rows.collect())
    });
    let name = |owner: &Owner| {
        let child = proposal.children.iter().find(|child| child.owner == *owner);
        child.map_or_else(|| owner.code.clone(), |child| child.name.clone())
    };
    let remainder = proposal.remainder.as_ref();
    SpreadOutcome::Preview {
        amounts: seen
            .amount
            .column(rows.iter().flat_map(|row| [row.after, row.before.unwrap_or(0)]).collect::<Vec<_>>()),
        remainder: remainder.map(|(owner, odd)| say.remainder(seen.amount.exact(*odd), name(owner))),
        again: spread_form::again(form, proposal.children.len() + 1_000),
        rows,
        conflict,
    }
}

/// The bounds of a child and the locks on it, in words.
fn bound(seen: &Seen<'_>, request: &BreakDown, owner: &Owner) -> String {
    let (say, amount) = (seen.desk.lang().plans(), seen.amount);
    let Split::By { bounds, .. } = &request.split else { return String::new() };
    let own = bounds.iter().find(|bound| bound.owner == *owner);
    let mut said = Vec::new();
    said.extend(own.and_then(|own| own.minimum).map(|minimum| say.at_least(amount.said(minimum))));
    said.extend(own.and_then(|own| own.maximum).map(|maximum| say.at_most(amount.said(maximum))));
    let row = seen.grid.as_ref().and_then(|grid| grid.children.iter().find(|row| row.owner == *owner));
    if let Some(row) = row.filter(|row| !row.locks.is_empty()) {
        let is_locked = |place: usize| {
            let month = seen.year.first_month().plus(i32::try_from(place).unwrap_or(0));
            row.locks.iter().any(|lock| lock.month.is_none_or(|own| own == month))
        };
        let sum: i64 =
            (0..12).filter(|place| is_locked(*place)).map(|place| row.line.sums.months[place]).sum();
        said.push(say.lock_stands(amount.said(sum)));
    }
    said.join(seen.desk.lang().overview().comma())
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

/// `POST /plans/{code}/cells`.
pub async fn cells(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
    form: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let asked = Asked::of(&form);
        let seen = seen(desk, &code, &asked)?;
        let mut attempt = Attempt::new(Form::Cells, &form);
        let edits = read_edits(&seen, &form, &mut attempt);
        if !attempt.fields.is_empty() {
            return again(desk, &code, &asked, REFUSED, &attempt);
        }
        if edits.is_empty() {
            return Ok(respond::done(&seen.here(), Tone::Info, desk.lang().plans().nothing_changed()));
        }
        let difference = match form.value("difference") {
            "declare" => Difference::Declare,
            _ => Difference::Refuse,
        };
        let request = EditCells { plan: code.clone(), metric: seen.amount.metric, edits, difference };
        match allocation::edit_cells(desk.app, &desk.context, &request) {
            Ok(Edited::Saved { cells }) => {
                let said = desk.lang().plans().cells_saved(cells);
                Ok(respond::done(&seen.here(), Tone::Ok, &said))
            }
            Ok(Edited::Conflicts(conflicts)) => {
                let rows = conflicts.iter().map(|found| cell_row(&seen, found));
                attempt.conflict = Some(conflict(&seen, 0, rows.collect()));
                again(desk, &code, &asked, StatusCode::CONFLICT, &attempt)
            }
            Err(Error::Refused(sentences)) => {
                attempt.problems = sentences;
                again(desk, &code, &asked, REFUSED, &attempt)
            }
            Err(other) => Err(other),
        }
    })
    .await
}

fn month_at(seen: &Seen<'_>, place: usize) -> Month {
    seen.year.first_month().plus(i32::try_from(place).unwrap_or(0))
}

/// The cells that differ from what their editor saw. A blank field leaves its cell as it is.
fn read_edits(seen: &Seen<'_>, form: &Posted, attempt: &mut Attempt<'_>) -> Vec<CellEdit> {
    let rows = seen.grid.as_ref().map_or(0, |grid| grid.children.len());
    let mut edits = Vec::new();
    for row in 0..rows {
        let Ok(owner) = form.value(&format!("owner-{row}")).parse::<Owner>() else { continue };
        let old = form.value(&format!("old-{row}"));
        for (place, old) in old.split(',').enumerate().take(12) {
            let Ok(old) = old.parse::<i64>() else { continue };
            let name = cell_id(row, place);
            match seen.amount.read(form.value(&name)) {
                Ok(Some(new)) if new != old => {
                    edits.push(CellEdit { owner: owner.clone(), month: month_at(seen, place), old, new });
                }
                Ok(_) => {}
                Err(wrong) => {
                    let label = cell_name(seen, &owner, month_at(seen, place));
                    attempt.fields.push((name, format!("{label}：{wrong}")));
                }
            }
        }
    }
    edits
}

fn cell_name(seen: &Seen<'_>, owner: &Owner, month: Month) -> String {
    let rows = seen.grid.as_ref().map_or(&[][..], |grid| &grid.children);
    let name =
        rows.iter().find(|row| row.owner == *owner).map_or(owner.code.as_str(), |row| row.name.as_str());
    seen.desk.lang().plans().cell_of(name, date::month_name(seen.desk.lang(), month.number()))
}

fn cell_row(seen: &Seen<'_>, found: &CellConflict) -> ConflictRow {
    ConflictRow {
        field: cell_name(seen, &found.owner, found.month),
        mine: seen.amount.said(found.mine),
        theirs: found.stored.map_or_else(|| "—".to_owned(), |stored| seen.amount.said(stored)),
    }
}

/// `POST /plans/{code}/locks`.
pub async fn locks(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
    form: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let (asked, say) = (Asked::of(&form), desk.lang().plans());
        let seen = seen(desk, &code, &asked)?;
        let mut attempt = Attempt::new(Form::Locks, &form);
        let Ok(reason) = form.value("reason").parse() else {
            attempt.fields.push(("reason".to_owned(), say.reason_missing().to_owned()));
            return again(desk, &code, &asked, REFUSED, &attempt);
        };
        let owner: Owner = form.value("owner").parse()?;
        let month = form.value("month");
        let month =
            seen.grid.as_ref().and_then(|grid| grid.months.iter().find(|own| own.to_string() == month));
        let cells = vec![(owner, month.copied())];
        let request = LockCells { plan: code.clone(), metric: seen.amount.metric, cells, reason };
        let is_unlock = form.value("act") == "unlock";
        let done = if is_unlock {
            allocation::unlock_cells(desk.app, &desk.context, &request)
        } else {
            allocation::lock_cells(desk.app, &desk.context, &request)
        };
        match done {
            Ok(()) => {
                let said = if is_unlock { say.unlock_saved() } else { say.lock_saved() };
                Ok(respond::done(&seen.here(), Tone::Ok, said))
            }
            Err(Error::Refused(sentences)) => {
                attempt.problems = sentences;
                again(desk, &code, &asked, REFUSED, &attempt)
            }
            Err(other) => Err(other),
        }
    })
    .await
}
