//! `POST /plans/{code}/cells`, `/locks`: single months of children.

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use dacheng_app::Error;
use dacheng_app::allocation::{
    self, CellConflict, CellEdit, Difference, EditCells, Edited, LockCells, Owner,
};
use dacheng_domain::calendar::Month;
use dacheng_text::date;

use super::attempt::{Attempt, Form};
use super::grid_view::cell_id;
use super::seen::{Asked, Seen, seen};
use super::totals::{REFUSED, conflict};
use super::view::again;
use crate::components::{ConflictRow, Tone};
use crate::http::{Posted, Reply, Visitor, Web};
use crate::respond;

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
        let request = EditCells {
            plan: code.clone(),
            metric: seen.amount.metric,
            edits,
            difference,
            averages: Vec::new(),
        };
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
