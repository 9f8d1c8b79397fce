//! What was promised in the letter in force, and what came of it. A newer letter keeps what was delivered under a number.

use dacheng_domain::allocation::letter::{Promise, Promiser};
use jiff::civil::Date;

use crate::words::day;
use crate::{Error, Read, Result, Row, Value, Write, counter};

/// A promise of a letter in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promised {
    /// The letter's number in the database.
    pub letter: i64,
    /// What, how often, by whom, until when.
    pub promise: Promise,
    /// How much of it came.
    pub delivered: i64,
    /// Counts its changes, from 1.
    pub revision: i64,
}

/// A delivery of something promised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Its number; given when it is noted.
    pub number: i64,
    /// How often.
    pub times: i64,
    /// On which day.
    pub day: Date,
    /// What it was.
    pub note: String,
    /// UTC milliseconds.
    pub recorded_at: i64,
    /// Log-in name.
    pub actor: String,
}

const COLUMNS: &str = "letter_id, number, what, times, unit, promised_by, due, delivered, revision";

fn who(by: &Promiser) -> String {
    match by {
        Promiser::Department(role) => format!("department {role}"),
        Promiser::Member(code) => format!("member {code}"),
    }
}

fn of_who(text: &str) -> Result<Promiser> {
    match text.split_once(' ') {
        Some(("department", role)) => Ok(Promiser::Department(role.to_owned())),
        Some(("member", code)) => Ok(Promiser::Member(code.to_owned())),
        Some(_) | None => Err(Error::Stored(format!("promised by {text}"))),
    }
}

fn small(number: i64) -> Result<u32> {
    u32::try_from(number).map_err(|_| Error::Stored(format!("number {number}")))
}

fn read(row: &Row<'_>) -> Result<Promised> {
    Ok(Promised {
        letter: row.int(0)?,
        promise: Promise {
            number: small(row.int(1)?)?,
            what: row.text(2)?,
            times: small(row.int(3)?)?,
            unit: row.text(4)?,
            by: of_who(row.str(5)?)?,
            due: day(row.str(6)?)?,
        },
        delivered: row.int(7)?,
        revision: row.int(8)?,
    })
}

/// Makes these the promises of a letter: those under a number that is there already are changed, what came stays with them;
/// those that are not named any more go, unless something of them came.
pub fn put_promises(tx: &mut Write, letter: i64, promises: &[Promise]) -> Result<()> {
    let kept: Vec<Promised> = promised(tx, letter)?;
    for gone in kept.iter().filter(|own| own.delivered == 0) {
        if promises.iter().all(|new| new.number != gone.promise.number) {
            tx.change(
                "delete from letter_promise where letter_id = $1 and number = $2",
                &[letter.into(), i64::from(gone.promise.number).into()],
            )?;
        }
    }
    for own in promises {
        tx.change(
            "insert into letter_promise
               (letter_id, number, what, times, unit, promised_by, due, delivered, revision)
             values ($1, $2, $3, $4, $5, $6, $7, 0, 1)
             on conflict (letter_id, number) do update set what = excluded.what, times = excluded.times,
               unit = excluded.unit, promised_by = excluded.promised_by, due = excluded.due,
               revision = letter_promise.revision + 1",
            &[
                letter.into(),
                i64::from(own.number).into(),
                (&own.what).into(),
                i64::from(own.times).into(),
                (&own.unit).into(),
                (&who(&own.by)).into(),
                (&own.due.to_string()).into(),
            ],
        )?;
    }
    Ok(())
}

/// The promises of a letter, by number.
pub fn promised(tx: &mut Read, letter: i64) -> Result<Vec<Promised>> {
    let statement = format!("select {COLUMNS} from letter_promise where letter_id = $1 order by number");
    tx.all(&statement, &[letter.into()], |row| read(&row))
}

/// One promise of a letter.
pub fn promise(tx: &mut Read, letter: i64, number: i64) -> Result<Option<Promised>> {
    tx.first(
        &format!("select {COLUMNS} from letter_promise where letter_id = $1 and number = $2"),
        &[letter.into(), number.into()],
        |row| read(&row),
    )
}

/// What somebody promised of which not all came, with the number of the letter and its member, due first at the top.
pub fn promised_by(tx: &mut Read, by: &Promiser) -> Result<Vec<(String, String, Promised)>> {
    let columns: Vec<String> = COLUMNS.split(", ").map(|column| format!("p.{column}")).collect();
    let statement = format!(
        "select {}, l.number, l.member from letter_promise p join letter l on l.id = p.letter_id
         where p.promised_by = $1 and p.delivered < p.times order by p.due, p.letter_id, p.number",
        columns.join(", ")
    );
    tx.all(&statement, &[(&who(by)).into()], |row| Ok((row.text(9)?, row.text(10)?, read(&row)?)))
}

/// Notes a delivery of a promise somebody saw in the revision it carries; answers its number, or `None` where the promise
/// changed meanwhile.
pub fn deliver(tx: &mut Write, to: &Promised, own: &Delivery) -> Result<Option<i64>> {
    let touched = tx.change(
        "update letter_promise set delivered = delivered + $4, revision = revision + 1
         where letter_id = $1 and number = $2 and revision = $3",
        &[to.letter.into(), i64::from(to.promise.number).into(), to.revision.into(), own.times.into()],
    )?;
    if touched != 1 {
        return Ok(None);
    }
    let number = counter::next(tx, "letter_delivery")?;
    tx.change(
        "insert into letter_delivery (letter_id, promise, number, times, day, note, recorded_at, actor)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        &[
            to.letter.into(),
            i64::from(to.promise.number).into(),
            Value::Int(number),
            own.times.into(),
            (&own.day.to_string()).into(),
            (&own.note).into(),
            own.recorded_at.into(),
            (&own.actor).into(),
        ],
    )?;
    Ok(Some(number))
}

/// What came of the promises of a letter, with the promise's number, oldest first.
pub fn deliveries(tx: &mut Read, letter: i64) -> Result<Vec<(i64, Delivery)>> {
    tx.all(
        "select promise, number, times, day, note, recorded_at, actor from letter_delivery
         where letter_id = $1 order by promise, number",
        &[letter.into()],
        |row| {
            let delivery = Delivery {
                number: row.int(1)?,
                times: row.int(2)?,
                day: day(row.str(3)?)?,
                note: row.text(4)?,
                recorded_at: row.int(5)?,
                actor: row.text(6)?,
            };
            Ok((row.int(0)?, delivery))
        },
    )
}
