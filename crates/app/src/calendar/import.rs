//! Importing the official days off and moved working days (`date,kind,name`). A list stands for the whole of the
//! years it covers; what waited for one of them gets its date.

use std::path::Path;

use dacheng_domain::calendar::{DayKind, DayProblem, DayRow, Layer, day_problems, years_given};
use dacheng_domain::facts::day::{DateFormat, NotADate};
use dacheng_sheets::{ChildCommand, ReadOptions, Record, Sheet};
use dacheng_store::imports::{self, Counts, State};
use dacheng_store::{Write, uploads};
use dacheng_text::Lang;
use serde_json::json;

use crate::company;
use crate::facts::import::{Begun, Effect, Outcome, file_sha256, text_of};
use crate::facts::problems::{MOST, RowProblem, bad_rows};
use crate::facts::source::refused;
use crate::facts::subject::Subject;
use crate::facts::sums::Sums;
use crate::tracking::improvement::date_pending;
use crate::{App, Context, Error, Result, audit};

/// The longest name of a day, in characters.
const LONGEST_NAME: usize = 200;

/// A file of days.
pub struct File<'f> {
    /// Where it is.
    pub path: &'f Path,
    /// Its name as the person who sent it knows it.
    pub name: &'f str,
    /// The program that reads workbooks.
    pub workbooks: &'f ChildCommand,
}

/// Imports a file of days.
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
    Subject::Calendar.allow(context, &ground.organisation)?;
    let columns = open(file.path, file.name, file.workbooks, context.lang)?;
    let import = match (effect, begun) {
        (Effect::Write, Begun::Now) => Some(begin(app, context, file)?),
        (Effect::Write, Begun::Before(import)) => Some(import),
        (Effect::DryRun, _) => None,
    };
    let (rows, problems) = columns.read(context.lang)?;
    let (company, version) = company::current(&mut app.store.read()?)?;
    let given: Vec<DayRow> = rows.iter().map(|(_, day)| day.clone()).collect();
    let counts = compare(&company.official_days, &given, problems.len());
    let outcome = Outcome { import, counts, sums: sums_of(&given), problems };
    let Some(import) = import else { return Ok(outcome) };
    let sums = text_of(&outcome.sums)?;
    let mut tx = app.store.write()?;
    let now = app.clock.now().as_millisecond();
    if outcome.problems.is_empty() {
        let settled =
            company::Company { official_days: merged(&company.official_days, given), ..company.clone() };
        if settled != company {
            company::save(app, &mut tx, context, &settled, version)?;
        }
        let sha256 = file_sha256(file.path)?;
        imports::progress(&mut tx, import, &counts)?;
        if !imports::settled(&mut tx, import, &sha256, now)? {
            return Err(Error::refused(context.lang.problems().cancelled()));
        }
        uploads::note(&mut tx, import, &uploads::Findings { sums: Some(&sums), ..Default::default() })?;
        record(app, &mut tx, context, file, import, &sha256)?;
        tx.commit()?;
        date_pending(app, context)?;
    } else {
        let listed = text_of(&outcome.problems)?;
        if imports::end(&mut tx, import, State::Refused, Some(&listed), now)? {
            let bad = bad_rows(&outcome.problems);
            let (problems, sums) = (Some(listed.as_str()), Some(sums.as_str()));
            uploads::note(&mut tx, import, &uploads::Findings { counts, bad, problems, sums })?;
        }
        tx.commit()?;
    }
    Ok(outcome)
}

fn begin(app: &App, context: &Context, file: &File<'_>) -> Result<i64> {
    let bytes = std::fs::metadata(file.path).map_or(0, |file| i64::try_from(file.len()).unwrap_or(i64::MAX));
    let (now, actor) = (context.now.as_millisecond(), context.actor.name());
    let mut tx = app.store.write()?;
    let import = imports::begin(&mut tx, Subject::Calendar.name(), file.name, None, actor, now, bytes)?;
    tx.commit()?;
    Ok(import)
}

fn record(
    app: &App,
    tx: &mut Write,
    context: &Context,
    file: &File<'_>,
    import: i64,
    sha256: &str,
) -> Result<()> {
    let detail = json!({ "kind": Subject::Calendar.name(), "file": file.name, "sha256": sha256 });
    audit::record(app, tx, context, "import.commit", &format!("import/{import}"), &detail)
}

/// Days of the years a list covers replace those that were there; other years stay.
fn merged(before: &[DayRow], given: Vec<DayRow>) -> Vec<DayRow> {
    let years = years_given(&given);
    let stays = before.iter().filter(|day| !years.contains(&day.date.year())).cloned();
    let mut days: Vec<DayRow> = stays.collect();
    // An edge day of a neighbouring year, which the list does not cover, is that year's own business.
    days.extend(given.into_iter().filter(|day| years.contains(&day.date.year())));
    days.sort_by_key(|day| day.date);
    days
}

fn compare(before: &[DayRow], given: &[DayRow], bad: usize) -> Counts {
    let rows = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let same = given.iter().filter(|day| before.contains(day)).count();
    let known = given.iter().filter(|day| before.iter().any(|kept| kept.date == day.date)).count();
    Counts {
        read: rows(given.len() + bad),
        added: rows(given.len() - known),
        changed: rows(known - same),
        unchanged: rows(same),
        ..Counts::default()
    }
}

fn sums_of(given: &[DayRow]) -> Sums {
    let days = || given.iter().map(|day| day.date);
    Sums { first: days().min(), last: days().max(), ..Sums::default() }
}

/// A file of days with its columns found.
pub struct Columns {
    sheet: Sheet,
    date: usize,
    kind: usize,
    name: Option<usize>,
}

/// Opens a file of days. Refused where it cannot be read, or lacks a column.
pub(crate) fn open(path: &Path, name: &str, workbooks: &ChildCommand, lang: Lang) -> Result<Columns> {
    let mut options = ReadOptions::new(workbooks.clone());
    options.name = Some(name.to_owned());
    let sheet = dacheng_sheets::open(path, &options).map_err(|refusal| refused(&refusal, lang))?;
    let column = |wanted: &str| sheet.header().iter().position(|column| column.trim() == wanted);
    let needed = |wanted: &str| {
        let missing = || {
            let problem = lang.refusals().column_missing(wanted);
            Error::refused(
                lang.problems().unfit(Subject::Calendar.name(), lang.refusals().said(name, problem)),
            )
        };
        column(wanted).ok_or_else(missing)
    };
    let (date, kind, name) = (needed("date")?, needed("kind")?, column("name"));
    Ok(Columns { sheet, date, kind, name })
}

/// Days with their rows, and what is wrong with others.
type Read = (Vec<(u64, DayRow)>, Vec<RowProblem>);

impl Columns {
    fn read(mut self, lang: Lang) -> Result<Read> {
        let (mut rows, mut problems) = (Vec::new(), Vec::new());
        let mut record = Record::new();
        while self.sheet.next(&mut record).map_err(|refusal| refused(&refusal, lang))? {
            match self.day(&record, lang) {
                Ok(day) => rows.push((record.row(), day)),
                Err(problem) => problems.push(problem),
            }
            if problems.len() >= MOST {
                break;
            }
        }
        let days: Vec<DayRow> = rows.iter().map(|(_, day)| day.clone()).collect();
        let at = |index: usize| rows.get(index).map_or(0, |(row, _)| *row);
        let found = day_problems(&days, Layer::Official).into_iter().map(|(index, problem)| RowProblem {
            row: Some(at(index)),
            column: Some("date".to_owned()),
            value: days[index].date.to_string(),
            reason: match problem {
                DayProblem::Twice { first, .. } => lang.problems().twice(at(first).to_string()),
                DayProblem::WeekdayAlready { .. } => lang.problems().weekday_already().to_owned(),
            },
        });
        problems.extend(found);
        problems.sort_by_key(|problem| problem.row);
        Ok((rows, problems))
    }

    fn day(&self, record: &Record, lang: Lang) -> std::result::Result<DayRow, RowProblem> {
        let say = lang.problems();
        let wrong = |column: &str, value: &str, reason: &str| RowProblem {
            row: Some(record.row()),
            column: Some(column.to_owned()),
            value: value.chars().take(80).collect(),
            reason: reason.to_owned(),
        };
        let (date, kind) = (record.field(self.date).trim(), record.field(self.kind).trim());
        let day = DateFormat::Usual.read(date).map_err(|reason| match reason {
            NotADate::Form => wrong("date", date, say.no_date()),
            NotADate::NoSuchDay => wrong("date", date, say.no_such_day()),
            NotADate::Year => wrong("date", date, say.year()),
        })?;
        let day = day.ok_or_else(|| wrong("date", date, say.blank()))?;
        let kind: DayKind = kind.parse().map_err(|_| wrong("kind", kind, say.day_kind()))?;
        let name = self.name.map_or("", |column| record.field(column).trim());
        if name.chars().count() > LONGEST_NAME {
            return Err(wrong("name", name, &say.too_long(LONGEST_NAME.to_string())));
        }
        Ok(DayRow { date: day, kind, name: name.to_owned() })
    }
}
