//! What people say a running period will come to, and what leaders say beside it: every version kept. What may be said
//! is decided in `domain::tracking::statement`.

use dacheng_domain::tracking::statement::{Reach, Said};

use crate::{Error, Read, Result, Row, Value, Write, bulk};

/// A version of somebody's word of a week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The metric's code.
    pub metric: String,
    /// The Monday of the week, in days since 1970-01-01.
    pub week: i64,
    /// Whose, by code.
    pub member: String,
    /// Counts the versions of a week, from 1.
    pub version: i64,
    /// The month it speaks of, year × 100 + month.
    pub month: i64,
    /// The first month of the quarter it speaks of.
    pub quarter: i64,
    /// Of the month, in minor units.
    pub of_month: Said,
    /// Of the quarter, in minor units.
    pub of_quarter: Said,
    /// A remark, perhaps empty.
    pub note: String,
    /// UTC milliseconds.
    pub recorded_at: i64,
    /// Who wrote it.
    pub actor: String,
}

impl Statement {
    /// What it says of the month or the quarter.
    pub const fn said(&self, reach: Reach) -> Said {
        match reach {
            Reach::Month => self.of_month,
            Reach::Quarter => self.of_quarter,
        }
    }
}

/// A version of what a leader says beside somebody's word of a week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// The metric's code.
    pub metric: String,
    /// The Monday of the week, in days since 1970-01-01.
    pub week: i64,
    /// About whom, by code.
    pub member: String,
    /// Of the month or the quarter.
    pub reach: Reach,
    /// Counts the versions of a week, from 1.
    pub version: i64,
    /// The first month of the period, year × 100 + month.
    pub first_month: i64,
    /// What it comes to, in minor units; `None` takes an earlier one back.
    pub amount: Option<i64>,
    /// Why.
    pub reason: String,
    /// UTC milliseconds.
    pub recorded_at: i64,
    /// Who wrote it.
    pub actor: String,
}

const COLUMNS: &[&str] = &[
    "metric",
    "week",
    "member",
    "version",
    "month",
    "quarter",
    "month_commit",
    "month_best",
    "quarter_commit",
    "quarter_best",
    "note",
    "recorded_at",
    "actor",
];
const JUDGED: &[&str] = &[
    "metric",
    "week",
    "member",
    "span",
    "version",
    "first_month",
    "amount",
    "reason",
    "recorded_at",
    "actor",
];

fn statement(row: &Row<'_>) -> Result<Statement> {
    let said = |commit, best| Ok::<Said, Error>(Said { commit: row.int(commit)?, best: row.int(best)? });
    Ok(Statement {
        metric: row.text(0)?,
        week: row.int(1)?,
        member: row.text(2)?,
        version: row.int(3)?,
        month: row.int(4)?,
        quarter: row.int(5)?,
        of_month: said(6, 7)?,
        of_quarter: said(8, 9)?,
        note: row.text(10)?,
        recorded_at: row.int(11)?,
        actor: row.text(12)?,
    })
}

fn judgement(row: &Row<'_>) -> Result<Judgement> {
    let span = row.str(3)?;
    Ok(Judgement {
        metric: row.text(0)?,
        week: row.int(1)?,
        member: row.text(2)?,
        reach: Reach::of(span).ok_or_else(|| Error::Stored(format!("span {span}")))?,
        version: row.int(4)?,
        first_month: row.int(5)?,
        amount: row.maybe_int(6)?,
        reason: row.text(7)?,
        recorded_at: row.int(8)?,
        actor: row.text(9)?,
    })
}

/// The column of the period that is spoken of.
const fn period_of(reach: Reach) -> &'static str {
    match reach {
        Reach::Month => "month",
        Reach::Quarter => "quarter",
    }
}

fn values(own: &Statement) -> [Value<'_>; 13] {
    [
        (&own.metric).into(),
        own.week.into(),
        (&own.member).into(),
        own.version.into(),
        own.month.into(),
        own.quarter.into(),
        own.of_month.commit.into(),
        own.of_month.best.into(),
        own.of_quarter.commit.into(),
        own.of_quarter.best.into(),
        (&own.note).into(),
        own.recorded_at.into(),
        (&own.actor).into(),
    ]
}

fn judged_values(own: &Judgement) -> [Value<'_>; 10] {
    [
        (&own.metric).into(),
        own.week.into(),
        (&own.member).into(),
        own.reach.code().into(),
        own.version.into(),
        own.first_month.into(),
        own.amount.into(),
        (&own.reason).into(),
        own.recorded_at.into(),
        (&own.actor).into(),
    ]
}

/// Adds a version. Answers `false` where somebody else added it first.
pub fn append(tx: &mut Write, new: &Statement) -> Result<bool> {
    let statement = format!(
        "insert into statement ({}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
         on conflict (metric, week, member, version) do nothing",
        COLUMNS.join(", ")
    );
    Ok(tx.change(&statement, &values(new))? == 1)
}

/// Adds many versions, none of which is there.
pub fn append_all(tx: &mut Write, new: &[Statement]) -> Result<()> {
    bulk::append(tx, "statement", COLUMNS, new, |own, all| all.extend(values(own)))
}

/// Adds a version of what a leader says. Answers `false` where somebody else added it first.
pub fn judge(tx: &mut Write, new: &Judgement) -> Result<bool> {
    let statement = format!(
        "insert into judgement ({}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         on conflict (metric, week, member, span, version) do nothing",
        JUDGED.join(", ")
    );
    Ok(tx.change(&statement, &judged_values(new))? == 1)
}

/// Adds many versions of what leaders say, none of which is there.
pub fn judge_all(tx: &mut Write, new: &[Judgement]) -> Result<()> {
    bulk::append(tx, "judgement", JUDGED, new, |own, all| all.extend(judged_values(own)))
}

/// The newest version of each week in which anybody spoke of a period, through a week; by member, then week. As many as
/// people × weeks of the period, however long the history is.
pub fn of_period(
    tx: &mut Read,
    metric: &str,
    (reach, first_month): (Reach, i64),
    through: i64,
) -> Result<Vec<Statement>> {
    let period = period_of(reach);
    let statement_of = format!(
        "select {} from statement where metric = $1 and {period} = $2 and week <= $3
         order by member, week, version",
        COLUMNS.join(", ")
    );
    let found =
        tx.all(&statement_of, &[metric.into(), first_month.into(), through.into()], |row| statement(&row))?;
    Ok(newest(found))
}

/// The newest version of each week from one through another of some members; by member, then week.
pub fn of_members(
    tx: &mut Read,
    metric: &str,
    (first, last): (i64, i64),
    members: &[&str],
) -> Result<Vec<Statement>> {
    let members = bulk::list(members.iter().copied());
    let statement_of = format!(
        "select {} from statement where metric = $1 and week between $2 and $3
           and member in (select value from {})
         order by member, week, version",
        COLUMNS.join(", "),
        bulk::keys(tx)
    );
    let values = [metric.into(), first.into(), last.into(), members.as_str().into()];
    Ok(newest(tx.all(&statement_of, &values, |row| statement(&row))?))
}

/// Every version of somebody's weeks from one through another, by week and version.
pub fn versions(
    tx: &mut Read,
    metric: &str,
    (first, last): (i64, i64),
    member: &str,
) -> Result<Vec<Statement>> {
    let statement_of = format!(
        "select {} from statement where metric = $1 and week between $2 and $3 and member = $4
         order by week, version",
        COLUMNS.join(", ")
    );
    let values = [metric.into(), first.into(), last.into(), member.into()];
    tx.all(&statement_of, &values, |row| statement(&row))
}

/// The UTC millisecond at which each member first spoke in a week.
pub fn first_said(tx: &mut Read, metric: &str, week: i64) -> Result<Vec<(String, i64)>> {
    tx.all(
        "select member, min(recorded_at) from statement where metric = $1 and week = $2
         group by member order by member",
        &[metric.into(), week.into()],
        |row| Ok((row.text(0)?, row.int(1)?)),
    )
}

/// Of versions in order, the last of each member and week.
fn newest(found: Vec<Statement>) -> Vec<Statement> {
    let mut kept: Vec<Statement> = Vec::with_capacity(found.len());
    for own in found {
        match kept.last_mut() {
            Some(last) if (&last.member, last.week) == (&own.member, own.week) => *last = own,
            Some(_) | None => kept.push(own),
        }
    }
    kept
}

/// What leaders say of a period through a week: every version, by member, week and version.
pub fn judgements(
    tx: &mut Read,
    metric: &str,
    (reach, first_month): (Reach, i64),
    through: i64,
) -> Result<Vec<Judgement>> {
    let judged = format!(
        "select {} from judgement where metric = $1 and span = $2 and first_month = $3 and week <= $4
         order by member, week, version",
        JUDGED.join(", ")
    );
    let values = [metric.into(), reach.code().into(), first_month.into(), through.into()];
    tx.all(&judged, &values, |row| judgement(&row))
}
