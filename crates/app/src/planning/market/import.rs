//! Importing a file of notes (`note,date,kind,subject,year,region,product_line,growth,source,text`): all of it or nothing. A
//! row whose note says the same already changes nothing; else it is the note's next version.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use dacheng_domain::facts::kind::Need;
use dacheng_domain::planning::{MarketNote, WrittenNote};
use dacheng_sheets::{ChildCommand, ReadOptions, Record, Sheet};
use dacheng_store::imports::{self, Counts, State};
use dacheng_store::market_notes::{self, Note};
use dacheng_store::{Read, uploads};
use dacheng_text::Lang;
use serde_json::json;

use super::{kept, may_write, problem, read};
use crate::facts::import::{Begun, Effect, Outcome, file_sha256, text_of};
use crate::facts::problems::{MOST, RowProblem, bad_rows};
use crate::facts::source::refused;
use crate::facts::subject::Subject;
use crate::facts::sums::Sums;
use crate::{App, Context, Error, Result, audit};

/// Notes of a file at most: they are read by people, and held whole while they are compared.
const MOST_NOTES: usize = 10_000;

/// A file of notes.
pub struct File<'f> {
    /// Where it is.
    pub path: &'f Path,
    /// Its name as the person who sent it knows it.
    pub name: &'f str,
    /// The program that reads workbooks.
    pub workbooks: &'f ChildCommand,
}

/// Imports a file of notes.
pub fn import(app: &App, context: &Context, file: &File<'_>, effect: Effect) -> Result<Outcome> {
    take_in(app, context, file, effect, Begun::Now)
}

/// As [`import`], for a row that may be there already.
pub(crate) fn take_in(
    app: &App,
    context: &Context,
    file: &File<'_>,
    effect: Effect,
    begun: Begun,
) -> Result<Outcome> {
    let ground = app.memory.ground(&mut app.store.read()?)?;
    may_write(context, &ground.organisation)?;
    let columns = open(file.path, file.name, file.workbooks, context.lang)?;
    let import = match (effect, begun) {
        (Effect::Write, Begun::Now) => Some(begin(app, context, file)?),
        (Effect::Write, Begun::Before(import)) => Some(import),
        (Effect::DryRun, _) => None,
    };
    let (notes, problems) = columns.read(context.lang)?;
    let (versions, counts) = compare(&mut app.store.read()?, context, &notes, problems.len())?;
    let outcome = Outcome { import, counts, sums: sums_of(&notes), problems };
    let Some(import) = import else { return Ok(outcome) };
    if outcome.problems.is_empty() {
        write(app, context, file, (import, &counts, &outcome.sums), &versions)?;
    } else {
        refuse(app, import, &outcome)?;
    }
    Ok(outcome)
}

fn begin(app: &App, context: &Context, file: &File<'_>) -> Result<i64> {
    let bytes = std::fs::metadata(file.path).map_or(0, |file| i64::try_from(file.len()).unwrap_or(i64::MAX));
    let (now, actor) = (context.now.as_millisecond(), context.actor.name());
    let mut tx = app.store.write()?;
    let import = imports::begin(&mut tx, Subject::MarketNotes.name(), file.name, None, actor, now, bytes)?;
    tx.commit()?;
    Ok(import)
}

/// The next versions of the notes that say something else than before, and how many there are of each sort.
fn compare(
    tx: &mut Read,
    context: &Context,
    notes: &[MarketNote],
    bad: usize,
) -> Result<(Vec<Note>, Counts)> {
    let found = market_notes::newest(tx, notes.iter().map(|note| note.code.as_str()))?;
    let found: HashMap<&str, &Note> = found.iter().map(|note| (note.code.as_str(), note)).collect();
    let mut counts = Counts { read: rows(notes.len() + bad), ..Counts::default() };
    let mut versions = Vec::new();
    for note in notes {
        let before = found.get(note.code.as_str());
        match before {
            None => counts.added += 1,
            Some(before) if !before.withdrawn && read(before)? == *note => {
                counts.unchanged += 1;
                continue;
            }
            Some(_) => counts.changed += 1,
        }
        versions.push(kept(note, before.map_or(0, |before| before.version) + 1, context));
    }
    Ok((versions, counts))
}

fn write(
    app: &App,
    context: &Context,
    file: &File<'_>,
    (import, counts, sums): (i64, &Counts, &Sums),
    versions: &[Note],
) -> Result<()> {
    let sha256 = file_sha256(file.path)?;
    let sums = text_of(sums)?;
    let mut tx = app.store.write()?;
    for version in versions {
        if !market_notes::append(&mut tx, version)? {
            // Somebody wrote the note since it was compared: nothing of the file is taken.
            return Err(Error::Stale { seen: version.version - 1, found: version.version });
        }
    }
    imports::progress(&mut tx, import, counts)?;
    if !imports::settled(&mut tx, import, &sha256, app.clock.now().as_millisecond())? {
        return Err(Error::refused(context.lang.problems().cancelled()));
    }
    uploads::note(&mut tx, import, &uploads::Findings { sums: Some(&sums), ..Default::default() })?;
    let codes: Vec<&str> = versions.iter().map(|version| version.code.as_str()).collect();
    let detail =
        json!({ "kind": Subject::MarketNotes.name(), "file": file.name, "sha256": sha256, "notes": codes });
    audit::record(app, &mut tx, context, "import.commit", &format!("import/{import}"), &detail)?;
    Ok(tx.commit()?)
}

fn refuse(app: &App, import: i64, outcome: &Outcome) -> Result<()> {
    let (listed, sums) = (text_of(&outcome.problems)?, text_of(&outcome.sums)?);
    let mut tx = app.store.write()?;
    let now = app.clock.now().as_millisecond();
    if imports::end(&mut tx, import, State::Refused, Some(&listed), now)? {
        let (counts, bad) = (outcome.counts, bad_rows(&outcome.problems));
        let (problems, sums) = (Some(listed.as_str()), Some(sums.as_str()));
        uploads::note(&mut tx, import, &uploads::Findings { counts, bad, problems, sums })?;
    }
    Ok(tx.commit()?)
}

fn rows(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn sums_of(notes: &[MarketNote]) -> Sums {
    let days = || notes.iter().map(|note| note.date);
    Sums { first: days().min(), last: days().max(), ..Sums::default() }
}

/// A file of notes with its columns found.
pub struct Columns {
    sheet: Sheet,
    places: BTreeMap<&'static str, usize>,
}

/// Opens a file of notes. Refused where it cannot be read, or lacks a column.
pub(crate) fn open(path: &Path, name: &str, workbooks: &ChildCommand, lang: Lang) -> Result<Columns> {
    let mut options = ReadOptions::new(workbooks.clone());
    options.name = Some(name.to_owned());
    let sheet = dacheng_sheets::open(path, &options).map_err(|refusal| refused(&refusal, lang))?;
    let mut places = BTreeMap::new();
    for field in Subject::MarketNotes.fields() {
        match sheet.header().iter().position(|column| column.trim() == field.name) {
            Some(place) => {
                places.insert(field.name, place);
            }
            None if matches!(field.need, Need::Optional) => {}
            None => {
                let problem = lang.refusals().column_missing(field.name);
                let said = lang.refusals().said(name, problem);
                return Err(Error::refused(lang.problems().unfit(Subject::MarketNotes.name(), said)));
            }
        }
    }
    Ok(Columns { sheet, places })
}

impl Columns {
    fn read(mut self, lang: Lang) -> Result<(Vec<MarketNote>, Vec<RowProblem>)> {
        let (mut notes, mut problems) = (Vec::new(), Vec::new());
        let mut first: HashMap<String, u64> = HashMap::new();
        let mut record = Record::new();
        while self.sheet.next(&mut record).map_err(|refusal| refused(&refusal, lang))? {
            let written = self.written(&record);
            match MarketNote::read(&written) {
                Err(flaws) => problems.extend(flaws.into_iter().map(|(field, wrong)| RowProblem {
                    row: Some(record.row()),
                    column: Some(field.to_owned()),
                    value: self.field(&record, field).chars().take(80).collect(),
                    reason: problem(lang, wrong),
                })),
                Ok(note) => match first.insert(note.code.to_string(), record.row()) {
                    None => notes.push(note),
                    Some(other) => problems.push(RowProblem {
                        row: Some(record.row()),
                        column: Some("note".to_owned()),
                        value: written.code,
                        reason: lang.problems().twice(other.to_string()),
                    }),
                },
            }
            if notes.len() > MOST_NOTES {
                problems.push(RowProblem::of_file(lang.market().too_many(MOST_NOTES)));
            }
            if problems.len() >= MOST || notes.len() > MOST_NOTES {
                break;
            }
        }
        Ok((notes, problems))
    }

    fn field<'r>(&self, record: &'r Record, name: &str) -> &'r str {
        self.places.get(name).map_or("", |place| record.field(*place).trim())
    }

    fn written(&self, record: &Record) -> WrittenNote {
        let field = |name: &str| self.field(record, name).to_owned();
        WrittenNote {
            code: field("note"),
            date: field("date"),
            kind: field("kind"),
            subject: field("subject"),
            year: field("year"),
            region: field("region"),
            product_line: field("product_line"),
            growth: field("growth"),
            source: field("source"),
            text: field("text"),
        }
    }
}
