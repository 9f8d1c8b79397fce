//! Responsibility letters: one a plan and member, with all their versions. What a version says and which steps there are is
//! decided in `domain::allocation::letter`.

mod promises;
mod signatures;
mod versions;

pub use promises::{Delivery, Promised, deliver, deliveries, promise, promised, promised_by, put_promises};
pub use signatures::{Signature, sign, signatures};
pub use versions::{
    Head, Waiting, append, change, given_back, head, issue, newest, newest_texts, overdue, pending, save,
    supersede, text, unclaimed, versions, waiting,
};

use crate::{Read, Result, Row, Write, bulk, counter};

/// The counter that numbers letters.
pub const LETTER: &str = "letter";

/// A letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Its number in the database.
    pub id: i64,
    /// Its number on paper: `ZR-2027-0138`.
    pub number: String,
    /// The plan's number.
    pub plan_id: i64,
    /// The member's code.
    pub member: String,
    /// Its newest version.
    pub newest: i64,
    /// The version in force.
    pub in_force: Option<i64>,
}

const COLUMNS: &str = "id, number, plan_id, member, newest, in_force";

fn letter(row: &Row<'_>) -> Result<Letter> {
    Ok(Letter {
        id: row.int(0)?,
        number: row.text(1)?,
        plan_id: row.int(2)?,
        member: row.text(3)?,
        newest: row.int(4)?,
        in_force: row.maybe_int(5)?,
    })
}

/// The first of the numbers for so many new letters.
pub fn reserve(tx: &mut Write, count: i64) -> Result<i64> {
    counter::reserve(tx, LETTER, count)
}

/// Appends letters; each has its number already, and there is none of its plan and member.
pub fn insert(tx: &mut Write, letters: &[Letter]) -> Result<()> {
    let columns = ["id", "number", "plan_id", "member", "newest", "in_force"];
    bulk::append(tx, "letter", &columns, letters, |own, values| {
        values.extend_from_slice(&[
            own.id.into(),
            (&own.number).into(),
            own.plan_id.into(),
            (&own.member).into(),
            own.newest.into(),
            own.in_force.into(),
        ]);
    })
}

/// One letter by its number on paper.
pub fn by_number(tx: &mut Read, number: &str) -> Result<Option<Letter>> {
    tx.first(&format!("select {COLUMNS} from letter where number = $1"), &[number.into()], |row| letter(&row))
}

/// One letter by its number in the database.
pub fn by_id(tx: &mut Read, id: i64) -> Result<Option<Letter>> {
    tx.first(&format!("select {COLUMNS} from letter where id = $1"), &[id.into()], |row| letter(&row))
}

/// The letters of a plan, by member.
pub fn of_plan(tx: &mut Read, plan: i64) -> Result<Vec<Letter>> {
    let statement = format!("select {COLUMNS} from letter where plan_id = $1 order by member");
    tx.all(&statement, &[plan.into()], |row| letter(&row))
}

/// The letters of a member, newest first.
pub fn of_member(tx: &mut Read, member: &str) -> Result<Vec<Letter>> {
    let statement = format!("select {COLUMNS} from letter where member = $1 order by id desc");
    tx.all(&statement, &[member.into()], |row| letter(&row))
}

/// Saves which versions of a letter are the newest and in force.
pub fn point(tx: &mut Write, letter: &Letter) -> Result<()> {
    tx.change(
        "update letter set newest = $2, in_force = $3 where id = $1",
        &[letter.id.into(), letter.newest.into(), letter.in_force.into()],
    )?;
    Ok(())
}

/// Holds a letter until the end of the transaction, so that nobody takes a step on it meanwhile.
pub fn hold(tx: &mut Write, id: i64) -> Result<()> {
    tx.change("update letter set newest = newest where id = $1", &[id.into()])?;
    Ok(())
}
