//! Qualitative targets: what is asked for, its five levels, and the score. Who may score lives in `domain::planning`.

use dacheng_domain::planning::rubric::{LEVELS, Score, State};

use crate::targets::OwnerKind;
use crate::words::{json, of_json, of_word, word};
use crate::{Error, Read, Result, Row, Write, counter};

/// A qualitative target as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rubric {
    /// Its number.
    pub id: i64,
    /// What is asked for.
    pub name: String,
    /// Who carries it: a unit or a member.
    pub owner_kind: OwnerKind,
    /// By code.
    pub owner: String,
    /// The member who scores it, by code.
    pub rater: String,
    /// The first and the last month, year × 100 + month.
    pub months: (i64, i64),
    /// The score to be reached.
    pub target: Score,
    /// What each level means, the lowest first.
    pub levels: [String; LEVELS],
    /// Where it stands.
    pub state: State,
    /// The score, once there is one.
    pub score: Option<Score>,
    /// What the rater says to it.
    pub note: Option<String>,
    /// When it was scored, UTC milliseconds.
    pub rated_at: Option<i64>,
    /// UTC milliseconds.
    pub created_at: i64,
    /// Who set it.
    pub actor: String,
    /// Counts its changes, from 1.
    pub version: i64,
}

const COLUMNS: &str = "id, name, owner_kind, owner, rater, first_month, last_month, target, levels, state, score, note, \
                       rated_at, created_at, actor, version";

fn score(number: i64) -> Result<Score> {
    number.try_into().map_err(|_| Error::Stored(format!("score {number}")))
}

fn rubric(row: &Row<'_>) -> Result<Rubric> {
    Ok(Rubric {
        id: row.int(0)?,
        name: row.text(1)?,
        owner_kind: OwnerKind::of(row.int(2)?)?,
        owner: row.text(3)?,
        rater: row.text(4)?,
        months: (row.int(5)?, row.int(6)?),
        target: score(row.int(7)?)?,
        levels: of_json(row.str(8)?)?,
        state: of_word(row.str(9)?)?,
        score: row.maybe_int(10)?.map(score).transpose()?,
        note: row.maybe_text(11)?,
        rated_at: row.maybe_int(12)?,
        created_at: row.int(13)?,
        actor: row.text(14)?,
        version: row.int(15)?,
    })
}

/// Adds a qualitative target with the next number, which is the answer.
pub fn insert(tx: &mut Write, new: &Rubric) -> Result<i64> {
    let id = counter::next(tx, "rubric")?;
    let (levels, state) = (json(&new.levels)?, word(&new.state)?);
    tx.change(
        &format!(
            "insert into rubric ({COLUMNS})
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)"
        ),
        &[
            id.into(),
            (&new.name).into(),
            new.owner_kind.number().into(),
            (&new.owner).into(),
            (&new.rater).into(),
            new.months.0.into(),
            new.months.1.into(),
            new.target.number().into(),
            (&levels).into(),
            (&state).into(),
            new.score.map(Score::number).into(),
            new.note.as_deref().into(),
            new.rated_at.into(),
            new.created_at.into(),
            (&new.actor).into(),
            new.version.into(),
        ],
    )?;
    Ok(id)
}

/// Keeps the score of a target that is at `seen`. Answers `false` where it is not.
pub fn rate(
    tx: &mut Write,
    (id, seen): (i64, i64),
    score: Score,
    note: Option<&str>,
    at: i64,
) -> Result<bool> {
    let touched = tx.change(
        "update rubric set state = $3, score = $4, note = $5, rated_at = $6, version = version + 1
         where id = $1 and version = $2",
        &[
            id.into(),
            seen.into(),
            (&word(&State::Rated)?).into(),
            score.number().into(),
            note.into(),
            at.into(),
        ],
    )?;
    Ok(touched == 1)
}

/// One of them.
pub fn by_id(tx: &mut Read, id: i64) -> Result<Option<Rubric>> {
    tx.first(&format!("select {COLUMNS} from rubric where id = $1"), &[id.into()], |row| rubric(&row))
}

/// A part of all of them, the newest first: those below a number.
pub fn part(tx: &mut Read, below: i64, limit: i64) -> Result<Vec<Rubric>> {
    tx.all(
        &format!("select {COLUMNS} from rubric where id < $1 order by id desc limit $2"),
        &[below.into(), limit.into()],
        |row| rubric(&row),
    )
}

/// Those that wait for a rater's score and have begun by a month (year × 100 + month).
pub fn waiting(tx: &mut Read, rater: &str, month: i64) -> Result<Vec<Rubric>> {
    tx.all(
        &format!(
            "select {COLUMNS} from rubric where rater = $1 and state = $2 and first_month <= $3 order by last_month, id"
        ),
        &[rater.into(), (&word(&State::Set)?).into(), month.into()],
        |row| rubric(&row),
    )
}

/// Those of some months (year × 100 + month, both included) or a part of them, in the order of their numbers.
pub fn within(tx: &mut Read, (first, last): (i64, i64)) -> Result<Vec<Rubric>> {
    tx.all(
        &format!("select {COLUMNS} from rubric where first_month <= $2 and last_month >= $1 order by id"),
        &[first.into(), last.into()],
        |row| rubric(&row),
    )
}

/// Whether there is any.
pub fn any(tx: &mut Read) -> Result<bool> {
    Ok(tx.first("select id from rubric order by id limit 1", &[], |row| row.int(0))?.is_some())
}
