//! `POST /plans/{code}/spread`: what a method would give, and saving it as it was previewed.

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use dacheng_app::allocation::{self, BreakDown, Owner, Proposal, Split};
use dacheng_app::{Error, Result};
use dacheng_domain::Ratio;
use dacheng_text::rate;

use super::attempt::{Attempt, Form};
use super::seen::{Asked, Seen, seen};
use super::totals::{REFUSED, conflict};
use super::view::again;
use super::{SpreadOutcome, SpreadRow, spread_form};
use crate::components::{ConflictRow, Note, Tone};
use crate::http::{Desk, Posted, Reply, Visitor, Web};
use crate::respond;

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
