//! Closes of months, and the figures their alerts, pay and awards use. Who may close is decided in `domain`.

use dacheng_domain::access::Role;
use dacheng_domain::tracking::close::{CloseState, ControlTotal, MonthStanding};
use jiff::civil::Date;

use crate::targets::OwnerKind;
use crate::words::{day, json, of_json, of_word, word};
use crate::{Read, Result, Row, Write, bulk};

/// The close of a month as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Close {
    /// Year × 100 + month.
    pub month: i64,
    /// Where it stands.
    pub state: CloseState,
    /// How it counts where only closed months do.
    pub standing: MonthStanding,
    /// The log-in name of whoever proposed it.
    pub proposed_by: Option<String>,
    /// The name of whoever closed it last.
    pub closed_by: Option<String>,
    /// The day its last close was recorded.
    pub recorded_on: Option<Date>,
    /// The change sequence of its last close.
    pub sequence: Option<i64>,
    /// The first of the two who reopen it, and their role.
    pub reopening: Option<(String, Role)>,
    /// Control totals given with the proposal. `signed_off_by` counts, not the number in it.
    pub controls: Vec<ControlTotal>,
    /// Counts its changes, from 1.
    pub version: i64,
}

/// A figure as booked at the close of its month, in the metric's smallest unit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Figure {
    /// Whose.
    pub owner_kind: OwnerKind,
    /// The owner's code.
    pub owner: String,
    /// Year × 100 + month.
    pub month: i64,
    /// What was achieved.
    pub actual: i64,
    /// What was to be achieved, where there was a target.
    pub target: Option<i64>,
}

const COLUMNS: &str = "month, state, standing, proposed_by, closed_by, recorded_on, sequence, reopening_by, \
    reopening_role, controls, version";

fn close(row: &Row<'_>) -> Result<Close> {
    let role = row.maybe_str(8)?.map(of_word).transpose()?;
    Ok(Close {
        month: row.int(0)?,
        state: of_word(row.str(1)?)?,
        standing: of_word(row.str(2)?)?,
        proposed_by: row.maybe_text(3)?,
        closed_by: row.maybe_text(4)?,
        recorded_on: row.maybe_str(5)?.map(day).transpose()?,
        sequence: row.maybe_int(6)?,
        reopening: row.maybe_text(7)?.zip(role),
        controls: row.maybe_str(9)?.map(of_json).transpose()?.unwrap_or_default(),
        version: row.int(10)?,
    })
}

/// The close of one month, if anybody ever began it.
pub fn by_month(tx: &mut Read, month: i64) -> Result<Option<Close>> {
    tx.first(&format!("select {COLUMNS} from month_close where month = $1"), &[month.into()], |row| {
        close(&row)
    })
}

/// Every close anybody ever began, oldest first.
pub fn all(tx: &mut Read) -> Result<Vec<Close>> {
    tx.all(&format!("select {COLUMNS} from month_close order by month"), &[], |row| close(&row))
}

/// Saves a close with the version after the one it carries (0: it is new). Answers `false` where somebody else
/// saved meanwhile.
pub fn save(tx: &mut Write, changed: &Close) -> Result<bool> {
    let (state, standing) = (word(&changed.state)?, word(&changed.standing)?);
    let recorded_on = changed.recorded_on.map(|on| on.to_string());
    let role = changed.reopening.as_ref().map(|(_, role)| word(role)).transpose()?;
    let controls = json(&changed.controls)?;
    let values = [
        changed.month.into(),
        (&state).into(),
        (&standing).into(),
        changed.proposed_by.as_deref().into(),
        changed.closed_by.as_deref().into(),
        recorded_on.as_deref().into(),
        changed.sequence.into(),
        changed.reopening.as_ref().map(|(by, _)| by.as_str()).into(),
        role.as_deref().into(),
        (&controls).into(),
        changed.version.into(),
    ];
    let touched = if changed.version == 0 {
        tx.change(
            &format!(
                "insert into month_close ({COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11 + 1)
                 on conflict (month) do nothing"
            ),
            &values,
        )?
    } else {
        tx.change(
            "update month_close set state = $2, standing = $3, proposed_by = $4, closed_by = $5,
               recorded_on = $6, sequence = $7, reopening_by = $8, reopening_role = $9, controls = $10,
               version = version + 1
             where month = $1 and version = $11",
            &values,
        )?
    };
    Ok(touched == 1)
}

/// The first month with a fact.
pub fn first_month_with_facts(tx: &mut Read) -> Result<Option<i64>> {
    Ok(tx.first("select min(month) from rollup_block", &[], |row| row.maybe_int(0))?.flatten())
}

/// Books the figures of a metric and month, in place of those of an earlier close.
pub fn book(tx: &mut Write, metric: &str, month: i64, figures: &[Figure]) -> Result<()> {
    tx.change("delete from closed_figure where month = $1 and metric = $2", &[month.into(), metric.into()])?;
    let columns = ["month", "metric", "owner_kind", "owner", "actual", "target"];
    bulk::append(tx, "closed_figure", &columns, figures, |figure, values| {
        values.extend_from_slice(&[
            month.into(),
            metric.into(),
            figure.owner_kind.number().into(),
            (&figure.owner).into(),
            figure.actual.into(),
            figure.target.into(),
        ]);
    })
}

/// The booked figures of a metric in some months, both included, by owner and month.
pub fn figures(tx: &mut Read, metric: &str, months: (i64, i64)) -> Result<Vec<Figure>> {
    tx.all(
        "select owner_kind, owner, month, actual, target from closed_figure
         where metric = $1 and month between $2 and $3 order by owner_kind, owner, month",
        &[metric.into(), months.0.into(), months.1.into()],
        |row| {
            Ok(Figure {
                owner_kind: OwnerKind::of(row.int(0)?)?,
                owner: row.text(1)?,
                month: row.int(2)?,
                actual: row.int(3)?,
                target: row.maybe_int(4)?,
            })
        },
    )
}

/// What an owner had achieved in each month as booked at its close, by month.
pub fn booked(tx: &mut Read, metric: &str, kind: OwnerKind, owner: &str) -> Result<Vec<(i64, i64)>> {
    tx.all(
        "select f.month, f.actual from month_close c join closed_figure f on f.month = c.month
         where f.metric = $1 and f.owner_kind = $2 and f.owner = $3 and c.standing = 'closed' order by f.month",
        &[metric.into(), kind.number().into(), owner.into()],
        |row| Ok((row.int(0)?, row.int(1)?)),
    )
}

/// The names of all whose imports that count brought a fact dated in these days (since 1970-01-01, both
/// included): an order with its lines and shares, a return, a payment. Walks the days, not the imports.
pub fn authors(tx: &mut Read, days: (i32, i32)) -> Result<Vec<String>> {
    tx.all(
        "select distinct i.actor from import i join (
           select import_id from fact_order where day between $1 and $2
           union select import_id from fact_return where day between $1 and $2
           union select import_id from fact_receivable where day between $1 and $2
           union select import_id from fact_payment where day between $1 and $2
           union select import_id from fact_complaint where day between $1 and $2
           union select import_id from fact_opportunity where opened between $1 and $2 or closed between $1 and $2
           union select import_id from fact_visit where day between $1 and $2
           union select import_id from fact_survey where day between $1 and $2
           union select import_id from fact_training where due between $1 and $2
           union select import_id from fact_score where day between $1 and $2
           union select import_id from fact_summary where day between $1 and $2
           union select l.import_id from fact_order o join fact_order_line l on l.order_code = o.code
             where o.day between $1 and $2
           union select s.import_id from fact_order o join fact_order_share s on s.order_code = o.code
             where o.day between $1 and $2) f on f.import_id = i.id
         where i.state = 'committed' order by i.actor",
        &[i64::from(days.0).into(), i64::from(days.1).into()],
        |row| row.text(0),
    )
}
