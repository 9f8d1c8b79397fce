//! Looking at imports: the list, one of them, and whether it can be undone. Only of what the viewer reads.

use dacheng_domain::calendar::Month;
use dacheng_domain::tracking::close::CloseState;
use dacheng_store::imports::{self, Import, State};
use dacheng_store::{Read, closes, uploads as kept};
use jiff::Timestamp;

use super::subject_of;
use crate::facts::ground::Ground;
use crate::facts::problems::RowProblem;
use crate::facts::subject::Subject;
use crate::facts::sums::Sums;
use crate::facts::undo::{UNDONE_WITHIN, month_number};
use crate::{App, Context, Error, Result};

/// Mappings that are offered again.
const MAPPINGS: i64 = 20;

/// A part of the list.
#[derive(Debug, Clone)]
pub struct Listed {
    /// The imports, newest first, without problems and sums.
    pub imports: Vec<Import>,
    /// How many there are in all.
    pub all: i64,
}

/// One import with everything about it.
#[derive(Debug, Clone)]
pub struct Looked {
    /// Its row.
    pub import: Import,
    /// What it is about.
    pub subject: Subject,
    /// What is wrong with it.
    pub problems: Vec<RowProblem>,
    /// What it comes to.
    pub sums: Sums,
    /// Whether it is the viewer's own.
    pub is_own: bool,
    /// Whether the viewer may bring in what it is about.
    pub may_import: bool,
    /// Whether it can be undone.
    pub undo: Undoable,
}

/// Whether an import can be undone by the viewer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Undoable {
    /// Until then. These closed months keep the figures they were closed with.
    Until(Timestamp, Vec<Month>),
    /// Its time is over.
    TooLate,
    /// It is not for the viewer to decide.
    NotAllowed,
    /// The calendar is not undone: its successor replaces it.
    Replaced,
    /// It does not count.
    DoesNotCount,
}

/// Whether somebody sees imports of anything.
pub fn can_look(context: &Context, ground: &Ground) -> Result<()> {
    if !Subject::seen(context, &ground.organisation)?.is_empty() {
        return Ok(());
    }
    Err(Error::Forbidden(context.lang.uploads().not_for_you().to_owned()))
}

/// The imports the viewer sees, newest first, `skip` of them left out.
pub fn list(app: &App, context: &Context, skip: i64, limit: i64) -> Result<Listed> {
    listed(app, context, None, skip, limit)
}

/// The imports the viewer sees before one of them, newest first.
pub fn after(app: &App, context: &Context, before: Option<i64>, limit: i64) -> Result<Listed> {
    listed(app, context, before, 0, limit)
}

fn listed(app: &App, context: &Context, before: Option<i64>, skip: i64, limit: i64) -> Result<Listed> {
    let mut tx = app.store.read()?;
    let ground = app.memory.ground(&mut tx)?;
    can_look(context, &ground)?;
    let seen = Subject::seen(context, &ground.organisation)?;
    let kinds: Vec<&str> = seen.into_iter().map(Subject::name).collect();
    let imports = imports::page(&mut tx, &kinds, before, skip, limit)?;
    let all = imports::count(&mut tx, &kinds)?;
    Ok(Listed { imports, all })
}

/// An import that the viewer may know of, else there is none.
pub(super) fn visible(app: &App, context: &Context, import: i64) -> Result<(Import, Subject)> {
    let mut tx = app.store.read()?;
    let ground = app.memory.ground(&mut tx)?;
    let missing = || Error::missing("import", import);
    let row = imports::by_id(&mut tx, import)?.ok_or_else(missing)?;
    let subject = subject_of(&row)?;
    if subject.is_seen(context, &ground.organisation)? { Ok((row, subject)) } else { Err(missing()) }
}

/// One import.
pub fn look(app: &App, context: &Context, import: i64) -> Result<Looked> {
    let (import, subject) = visible(app, context, import)?;
    let mut tx = app.store.read()?;
    let ground = app.memory.ground(&mut tx)?;
    let may_import = subject.allow(context, &ground.organisation).is_ok();
    let problems = read(import.problems.as_deref())?.unwrap_or_default();
    let sums: Sums = read(import.sums.as_deref())?.unwrap_or_default();
    let undo = undoable(context, &mut tx, &import, subject, &sums, may_import)?;
    Ok(Looked {
        is_own: import.actor == context.actor.name(),
        import,
        subject,
        problems,
        sums,
        may_import,
        undo,
    })
}

fn read<T: serde::de::DeserializeOwned>(text: Option<&str>) -> Result<Option<T>> {
    text.map(|text| serde_json::from_str(text).map_err(|wrong| Error::Internal(wrong.to_string())))
        .transpose()
}

fn undoable(
    context: &Context,
    tx: &mut Read,
    import: &Import,
    subject: Subject,
    sums: &Sums,
    may_import: bool,
) -> Result<Undoable> {
    let (State::Committed, Some(ended)) = (import.state, import.ended_at) else {
        return Ok(Undoable::DoesNotCount);
    };
    if !subject.is_undone() {
        return Ok(Undoable::Replaced);
    }
    if !may_import {
        return Ok(Undoable::NotAllowed);
    }
    let until = ended + UNDONE_WITHIN;
    if context.now.as_millisecond() > until {
        return Ok(Undoable::TooLate);
    }
    let closed: Vec<i64> = closes::all(tx)?
        .into_iter()
        .filter(|close| close.state == CloseState::Closed)
        .map(|close| close.month)
        .collect();
    let months = sums.each_month().filter(|month| closed.contains(&month_number(*month))).collect();
    let until = Timestamp::from_millisecond(until).map_err(|wrong| Error::Internal(wrong.to_string()))?;
    Ok(Undoable::Until(until, months))
}

/// Mappings of earlier imports of a subject, newest first, each once: the import to name, its file and its start.
pub fn mappings(app: &App, context: &Context, subject: Subject) -> Result<Vec<(i64, String, Timestamp)>> {
    let mut tx = app.store.read()?;
    let ground = app.memory.ground(&mut tx)?;
    subject.allow(context, &ground.organisation)?;
    let mut seen = std::collections::HashSet::new();
    let mut found = Vec::new();
    for import in kept::mapped(&mut tx, subject.name(), MAPPINGS)? {
        if seen.insert(import.mapping) {
            let at = Timestamp::from_millisecond(import.started_at).unwrap_or(context.now);
            found.push((import.id, import.source, at));
        }
    }
    Ok(found)
}

/// The text of a mapping that an earlier import of the subject used.
pub fn mapping_of(app: &App, context: &Context, subject: Subject, import: i64) -> Result<String> {
    let (row, found) = visible(app, context, import)?;
    let mapping = row.mapping.filter(|_| found == subject);
    mapping.ok_or_else(|| Error::refused(context.lang.uploads().no_such_mapping()))
}
