//! Plans: one row each with an optimistic version. Their figures are in `targets`.

use crate::{Read, Result, Row, Value, Write, counter};

/// A plan as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Its number.
    pub id: i64,
    /// Its code, unique.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The fiscal year.
    pub year: i64,
    /// The state's word, as `domain::planning` has it.
    pub state: String,
    /// The revenue basis' word.
    pub basis: String,
    /// Why it came into force with uncovered members.
    pub reason: Option<String>,
    /// UTC milliseconds.
    pub created_at: i64,
    /// Who made it.
    pub actor: String,
    /// Counts its changes, from 1.
    pub version: i64,
}

const COLUMNS: &str = "id, code, name, year, state, basis, reason, created_at, actor, version";

fn plan(row: &Row<'_>) -> Result<Plan> {
    Ok(Plan {
        id: row.int(0)?,
        code: row.text(1)?,
        name: row.text(2)?,
        year: row.int(3)?,
        state: row.text(4)?,
        basis: row.text(5)?,
        reason: row.maybe_text(6)?,
        created_at: row.int(7)?,
        actor: row.text(8)?,
        version: row.int(9)?,
    })
}

/// Adds a plan with the next number. Answers `None` where its code is taken.
pub fn insert(tx: &mut Write, new: &Plan) -> Result<Option<i64>> {
    let id = counter::next(tx, "plan")?;
    let touched = tx.change(
        &format!(
            "insert into plan ({COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
             on conflict (code) do nothing"
        ),
        &[
            id.into(),
            (&new.code).into(),
            (&new.name).into(),
            new.year.into(),
            (&new.state).into(),
            (&new.basis).into(),
            new.reason.as_deref().into(),
            new.created_at.into(),
            (&new.actor).into(),
            new.version.into(),
        ],
    )?;
    Ok((touched == 1).then_some(id))
}

/// Saves a plan's name, state, basis and reason with the next version. Answers `false` where it is not at `seen`.
pub fn update(tx: &mut Write, changed: &Plan, seen: i64) -> Result<bool> {
    let touched = tx.change(
        "update plan set name = $3, state = $4, basis = $5, reason = $6, version = version + 1
         where id = $1 and version = $2",
        &[
            changed.id.into(),
            seen.into(),
            (&changed.name).into(),
            (&changed.state).into(),
            (&changed.basis).into(),
            changed.reason.as_deref().into(),
        ],
    )?;
    Ok(touched == 1)
}

/// Locks a plan against other writers until the commit, and gives it: every change of its targets begins here,
/// so that no two of them can disturb the sum rule.
pub fn lock(tx: &mut Write, id: i64) -> Result<Option<Plan>> {
    // An update that changes nothing takes the row's lock on both engines.
    tx.change("update plan set version = version where id = $1", &[id.into()])?;
    by_id(tx, id)
}

/// One plan by its number.
pub fn by_id(tx: &mut Read, id: i64) -> Result<Option<Plan>> {
    tx.first(&format!("select {COLUMNS} from plan where id = $1"), &[id.into()], |row| plan(&row))
}

/// One plan by its code.
pub fn by_code(tx: &mut Read, code: &str) -> Result<Option<Plan>> {
    tx.first(&format!("select {COLUMNS} from plan where code = $1"), &[code.into()], |row| plan(&row))
}

/// Every plan, newest year first.
pub fn all(tx: &mut Read) -> Result<Vec<Plan>> {
    tx.all(&format!("select {COLUMNS} from plan order by year desc, id desc"), &[], |row| plan(&row))
}

/// The plan of a fiscal year in a state, the newest where there are several.
pub fn of_year(tx: &mut Read, year: i64, state: &str) -> Result<Option<Plan>> {
    tx.first(
        &format!("select {COLUMNS} from plan where year = $1 and state = $2 order by id desc limit 1"),
        &[Value::Int(year), state.into()],
        |row| plan(&row),
    )
}
