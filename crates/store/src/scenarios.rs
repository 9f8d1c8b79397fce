//! What surrounds a plan as a scenario: one row a plan at most, with an optimistic version. Plans themselves are in `plans`.

use crate::words::{of_word, word};
use crate::{Read, Result, Row, Write};
use dacheng_domain::planning::State;
use dacheng_domain::planning::scenario::PayAssumption;

/// What surrounds a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scenario {
    /// The plan's number.
    pub plan: i64,
    /// The plan it was copied from.
    pub source: Option<i64>,
    /// What the copy did, as JSON.
    pub copied: Option<String>,
    /// What is assumed about pay.
    pub pay: Option<PayAssumption>,
    /// The state in which it was archived.
    pub archived_from: Option<State>,
    /// UTC milliseconds.
    pub changed_at: i64,
    /// Who changed it.
    pub actor: String,
    /// Counts its changes, from 1.
    pub version: i64,
}

const COLUMNS: &str =
    "plan_id, source_plan, copied, pay_rate, pay_beyond, archived_from, changed_at, actor, version";

fn scenario(row: &Row<'_>) -> Result<Scenario> {
    let pay = row.maybe_int(3)?.zip(row.maybe_int(4)?);
    Ok(Scenario {
        plan: row.int(0)?,
        source: row.maybe_int(1)?,
        copied: row.maybe_text(2)?,
        pay: pay.and_then(|(rate, beyond)| PayAssumption::new(rate, beyond)),
        archived_from: row.maybe_text(5)?.as_deref().map(of_word).transpose()?,
        changed_at: row.int(6)?,
        actor: row.text(7)?,
        version: row.int(8)?,
    })
}

/// What surrounds a plan, if anything does.
pub fn of_plan(tx: &mut Read, plan: i64) -> Result<Option<Scenario>> {
    tx.first(&format!("select {COLUMNS} from scenario where plan_id = $1"), &[plan.into()], |row| {
        scenario(&row)
    })
}

/// What surrounds each plan, in the order of their numbers. Plans are few.
pub fn all(tx: &mut Read) -> Result<Vec<Scenario>> {
    tx.all(&format!("select {COLUMNS} from scenario order by plan_id"), &[], |row| scenario(&row))
}

/// Keeps what surrounds a plan with the next version. Answers `false` where it is not at `seen`, 0 for none yet.
pub fn save(tx: &mut Write, new: &Scenario, seen: i64) -> Result<bool> {
    let touched = tx.change(
        &format!(
            "insert into scenario ({COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, 1)
             on conflict (plan_id) do update set source_plan = $2, copied = $3, pay_rate = $4, pay_beyond = $5,
               archived_from = $6, changed_at = $7, actor = $8, version = scenario.version + 1
             where scenario.version = $9"
        ),
        &[
            new.plan.into(),
            new.source.into(),
            new.copied.as_deref().into(),
            new.pay.map(PayAssumption::rate).into(),
            new.pay.map(PayAssumption::beyond).into(),
            new.archived_from.map(|state| word(&state)).transpose()?.as_deref().into(),
            new.changed_at.into(),
            (&new.actor).into(),
            seen.into(),
        ],
    )?;
    Ok(touched == 1)
}
