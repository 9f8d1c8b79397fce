//! Strategic objectives and the targets that serve them. What an objective may be lives in `domain::planning`.

use crate::{Read, Result, Row, Write, counter};

/// An objective as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objective {
    /// Its number.
    pub id: i64,
    /// Its code, unique.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What it means.
    pub description: String,
    /// The fiscal year.
    pub year: i64,
    /// The member who answers for it, by code.
    pub owner: String,
    /// UTC milliseconds.
    pub created_at: i64,
    /// Who made it.
    pub actor: String,
    /// Counts its changes, from 1; linking is one.
    pub version: i64,
}

/// A target that serves an objective.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The objective's code.
    pub objective: String,
    /// The objective's name.
    pub name: String,
    /// The plan's number.
    pub plan_id: i64,
    /// The plan's code.
    pub plan: String,
    /// The metric.
    pub metric: String,
    /// The unit's code; empty for the company.
    pub unit: String,
}

const COLUMNS: &str = "id, code, name, description, year, owner, created_at, actor, version";

fn objective(row: &Row<'_>) -> Result<Objective> {
    Ok(Objective {
        id: row.int(0)?,
        code: row.text(1)?,
        name: row.text(2)?,
        description: row.text(3)?,
        year: row.int(4)?,
        owner: row.text(5)?,
        created_at: row.int(6)?,
        actor: row.text(7)?,
        version: row.int(8)?,
    })
}

/// Adds an objective with the next number, which is the answer; `None` where its code is taken.
pub fn insert(tx: &mut Write, new: &Objective) -> Result<Option<i64>> {
    let id = counter::next(tx, "objective")?;
    let touched = tx.change(
        &format!(
            "insert into objective ({COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
             on conflict (code) do nothing"
        ),
        &[
            id.into(),
            (&new.code).into(),
            (&new.name).into(),
            (&new.description).into(),
            new.year.into(),
            (&new.owner).into(),
            new.created_at.into(),
            (&new.actor).into(),
            new.version.into(),
        ],
    )?;
    Ok((touched == 1).then_some(id))
}

/// Saves name, description, year and owner with the next version. Answers `false` where it is not at `seen`.
pub fn update(tx: &mut Write, changed: &Objective, seen: i64) -> Result<bool> {
    let touched = tx.change(
        "update objective set name = $3, description = $4, year = $5, owner = $6, version = version + 1
         where id = $1 and version = $2",
        &[
            changed.id.into(),
            seen.into(),
            (&changed.name).into(),
            (&changed.description).into(),
            changed.year.into(),
            (&changed.owner).into(),
        ],
    )?;
    Ok(touched == 1)
}

/// One objective by its code.
pub fn by_code(tx: &mut Read, code: &str) -> Result<Option<Objective>> {
    tx.first(&format!("select {COLUMNS} from objective where code = $1"), &[code.into()], |row| {
        objective(&row)
    })
}

/// Every objective, newest year first.
pub fn all(tx: &mut Read) -> Result<Vec<Objective>> {
    tx.all(&format!("select {COLUMNS} from objective order by year desc, code"), &[], |row| objective(&row))
}

/// Says that a target serves an objective. Answers `false` where that was said already.
pub fn link(
    tx: &mut Write,
    objective: i64,
    (plan, metric, unit): (i64, &str, &str),
    at: i64,
    actor: &str,
) -> Result<bool> {
    let touched = tx.change(
        "insert into objective_target (objective_id, plan_id, metric, unit, created_at, actor)
         values ($1, $2, $3, $4, $5, $6) on conflict (objective_id, plan_id, metric, unit) do nothing",
        &[objective.into(), plan.into(), metric.into(), unit.into(), at.into(), actor.into()],
    )?;
    Ok(touched == 1)
}

/// Says the same of another plan's targets, for objectives of a year; says of how many.
pub fn copy_links(tx: &mut Write, (from, to): (i64, i64), year: i64, at: i64, actor: &str) -> Result<u64> {
    tx.change(
        "insert into objective_target (objective_id, plan_id, metric, unit, created_at, actor)
         select t.objective_id, cast($2 as bigint), t.metric, t.unit, cast($4 as bigint), cast($5 as text)
         from objective_target t join objective o on o.id = t.objective_id
         where t.plan_id = $1 and o.year = $3
         on conflict (objective_id, plan_id, metric, unit) do nothing",
        &[from.into(), to.into(), year.into(), at.into(), actor.into()],
    )
}

/// Takes that back. Answers `false` where it was not said.
pub fn unlink(tx: &mut Write, objective: i64, (plan, metric, unit): (i64, &str, &str)) -> Result<bool> {
    let touched = tx.change(
        "delete from objective_target
         where objective_id = $1 and plan_id = $2 and metric = $3 and unit = $4",
        &[objective.into(), plan.into(), metric.into(), unit.into()],
    )?;
    Ok(touched == 1)
}

/// Which targets serve which objectives: of one plan, or of all that are not archived.
pub fn links(tx: &mut Read, plan: Option<i64>) -> Result<Vec<Link>> {
    tx.all(
        "select o.code, o.name, p.id, p.code, t.metric, t.unit
         from objective_target t join objective o on o.id = t.objective_id join plan p on p.id = t.plan_id
         where (t.plan_id = $1 or ($1 = 0 and p.state <> 'archived'))
         order by p.year desc, p.code, t.metric, t.unit, o.code",
        &[plan.unwrap_or(0).into()],
        |row| {
            Ok(Link {
                objective: row.text(0)?,
                name: row.text(1)?,
                plan_id: row.int(2)?,
                plan: row.text(3)?,
                metric: row.text(4)?,
                unit: row.text(5)?,
            })
        },
    )
}

/// What a unit carries of a metric in a plan over all its months.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    /// The plan's number.
    pub plan_id: i64,
    /// The metric.
    pub metric: String,
    /// The unit's code.
    pub unit: String,
    /// The sum of its months, in the metric's smallest unit.
    pub amount: i64,
    /// What each of its months has, where all have the same.
    pub each: Option<i64>,
}

/// The whole targets of units in the plans that are not archived, in one query.
pub fn carried(tx: &mut Read) -> Result<Vec<Carried>> {
    tx.all(
        "select t.plan_id, t.metric, t.owner, cast(sum(t.amount) as bigint),
           case when min(t.amount) = max(t.amount) then min(t.amount) end
         from target_cell t join plan p on p.id = t.plan_id
         where p.state <> 'archived' and t.until is null and t.owner_kind = 1
           and t.product_line = '' and t.customer_type = ''
         group by t.plan_id, t.metric, t.owner order by t.plan_id, t.metric, t.owner",
        &[],
        |row| {
            Ok(Carried {
                plan_id: row.int(0)?,
                metric: row.text(1)?,
                unit: row.text(2)?,
                amount: row.int(3)?,
                each: row.maybe_int(4)?,
            })
        },
    )
}
