//! Notes about the market by versions. What a note may be lives in `domain::planning`.

use jiff::civil::Date;

use crate::words::day;
use crate::{Read, Result, Row, Value, Write};

/// One version of a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Its external key.
    pub code: String,
    /// From 1.
    pub version: i64,
    /// The day of its source.
    pub day: Date,
    /// What it is about, in the word of `domain`.
    pub kind: String,
    /// In a few words.
    pub subject: String,
    /// The year its growth is of.
    pub year: Option<i64>,
    /// The region it is about.
    pub region: Option<String>,
    /// The product line it is about.
    pub product_line: Option<String>,
    /// Growth in hundredths of a per cent.
    pub growth: Option<i64>,
    /// Who says so.
    pub source: String,
    /// More about it.
    pub body: String,
    /// Whether this version takes the note away.
    pub withdrawn: bool,
    /// UTC milliseconds.
    pub recorded_at: i64,
    /// Who wrote the version.
    pub actor: String,
}

const COLUMNS: &str =
    "n.code, n.version, n.day, n.kind, n.subject, n.year, n.region, n.product_line, n.growth, n.source,
    n.body, n.withdrawn, n.recorded_at, n.actor";

fn note(row: &Row<'_>) -> Result<Note> {
    Ok(Note {
        code: row.text(0)?,
        version: row.int(1)?,
        day: day(row.str(2)?)?,
        kind: row.text(3)?,
        subject: row.text(4)?,
        year: row.maybe_int(5)?,
        region: row.maybe_text(6)?,
        product_line: row.maybe_text(7)?,
        growth: row.maybe_int(8)?,
        source: row.text(9)?,
        body: row.text(10)?,
        withdrawn: row.int(11)? != 0,
        recorded_at: row.int(12)?,
        actor: row.text(13)?,
    })
}

/// Adds a version behind the one before it. Answers `false` where there is one of that number, or none before it.
pub fn append(tx: &mut Write, note: &Note) -> Result<bool> {
    let touched = tx.change(
        "insert into market_note (code, version, day, kind, subject, year, region, product_line, growth, source, body,
           withdrawn, recorded_at, actor)
         select cast($1 as text), cast($2 as bigint), cast($3 as text), cast($4 as text), cast($5 as text),
           cast($6 as bigint), cast($7 as text), cast($8 as text), cast($9 as bigint), cast($10 as text),
           cast($11 as text), cast($12 as bigint), cast($13 as bigint), cast($14 as text)
         where (select count(*) from market_note where code = $1) = $2 - 1
         on conflict (code, version) do nothing",
        &[
            (&note.code).into(),
            note.version.into(),
            (&note.day.to_string()).into(),
            (&note.kind).into(),
            (&note.subject).into(),
            note.year.into(),
            note.region.as_deref().into(),
            note.product_line.as_deref().into(),
            note.growth.into(),
            (&note.source).into(),
            (&note.body).into(),
            Value::Int(i64::from(note.withdrawn)),
            note.recorded_at.into(),
            (&note.actor).into(),
        ],
    )?;
    Ok(touched == 1)
}

/// The newest version of every note that is not withdrawn, the youngest day first.
pub fn current(tx: &mut Read) -> Result<Vec<Note>> {
    tx.all(
        &format!(
            "select {COLUMNS} from market_note n where n.withdrawn = 0
               and not exists (select 1 from market_note m where m.code = n.code and m.version > n.version)
             order by n.day desc, n.code"
        ),
        &[],
        |row| note(&row),
    )
}

/// Every version of a note, the newest first.
pub fn versions(tx: &mut Read, code: &str) -> Result<Vec<Note>> {
    tx.all(
        &format!("select {COLUMNS} from market_note n where n.code = $1 order by n.version desc"),
        &[code.into()],
        |row| note(&row),
    )
}

/// The newest versions of some notes, withdrawn ones too, in the order of their codes.
pub fn newest<'k>(tx: &mut Read, codes: impl IntoIterator<Item = &'k str>) -> Result<Vec<Note>> {
    let listed = crate::bulk::list(codes);
    let from = format!("{} k cross join market_note n", crate::bulk::first_keys(tx));
    tx.all(
        &format!(
            "select {COLUMNS} from {from} where n.code = k.value
               and not exists (select 1 from market_note m where m.code = n.code and m.version > n.version)
             order by n.code"
        ),
        &[Value::Text(&listed)],
        |row| note(&row),
    )
}
