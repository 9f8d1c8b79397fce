//! Checking a file that came in: a dry run whose findings stand in its row, for a person to decide on.

use dacheng_domain::notification::ImportResult;
use dacheng_store::imports::{self, Counts, State};
use dacheng_store::uploads::{self as kept, Findings};

use super::folder::Uploads;
use super::subject_of;
use crate::calendar::import as calendar;
use crate::facts::import::{Begun, Effect, Outcome, Request, Told, news, take_in, text_of};
use crate::facts::problems::{RowProblem, bad_rows};
use crate::facts::subject::Subject;
use crate::facts::sums::Sums;
use crate::outbox::announce;
use crate::planning::market;
use crate::{App, Context, Error, Result};

/// Rows between two notes of how far it is.
const STEP: i64 = 10_000;

/// Checks a file; what comes of it stands in its row.
pub(super) fn check(app: &App, context: &Context, uploads: &Uploads, import: i64) {
    let _turn = uploads.checks.take();
    if uploads.is_stopping() {
        return;
    }
    if let Err(error) = try_check(app, context, uploads, import) {
        tracing::error!(import, cause = error.causes(), "an import failed");
    }
}

fn try_check(app: &App, context: &Context, uploads: &Uploads, import: i64) -> Result<()> {
    let Some(row) = imports::by_id(&mut app.store.read()?, import)? else { return Ok(()) };
    let (State::Checking, Some(upload)) = (row.state, &row.upload) else { return Ok(()) };
    let mut noted = Noted::new(|counts| {
        uploads.goes_on(context)?;
        let mut tx = app.store.write()?;
        let goes_on = kept::check_progress(&mut tx, import, counts)?;
        tx.commit()?;
        goes_on.then_some(()).ok_or_else(|| Error::refused(context.lang.problems().cancelled()))
    });
    let outcome = run(app, context, uploads, &row, Effect::DryRun, &mut |counts| noted.hear(counts));
    let (counts, sums, problems) = match outcome {
        Ok(Outcome { counts, sums, problems, .. }) => (counts, sums, problems),
        Err(error) => (row.counts, Sums::default(), problems_of(import, context, error)),
    };
    let state = if problems.is_empty() { State::Checked } else { State::Refused };
    let (listed, sums) = (text_of(&problems)?, text_of(&sums)?);
    let problems_text = (state == State::Refused).then_some(listed.as_str());
    let found = Findings { counts, bad: bad_rows_of(&problems), problems: problems_text, sums: Some(&sums) };
    let mut tx = app.store.write()?;
    kept::found(&mut tx, import, state, &found, app.clock.now().as_millisecond())?;
    if state == State::Refused {
        announce(app, &mut tx, context, &[news(context, ImportResult::Refused, import, &row.source)])?;
    }
    tx.commit()?;
    if state == State::Refused {
        uploads.remove(upload);
    }
    Ok(())
}

fn bad_rows_of(problems: &[RowProblem]) -> i64 {
    if problems.is_empty() { 0 } else { bad_rows(problems) }
}

/// Reads the file of an import as what it is about.
pub(super) fn run(
    app: &App,
    context: &Context,
    uploads: &Uploads,
    row: &imports::Import,
    effect: Effect,
    told: Told<'_>,
) -> Result<Outcome> {
    let path = uploads.path(row.upload.as_deref().unwrap_or_default());
    let begun = Begun::Before(row.id);
    match subject_of(row)? {
        Subject::Facts(kind) => {
            let mapping = row.mapping.as_deref();
            let (name, workbooks) = (row.source.as_str(), &uploads.workbooks);
            let request = Request { kind, path: &path, name, mapping, effect, workbooks };
            take_in(app, context, &request, begun, told)
        }
        Subject::Calendar => {
            let file = calendar::File { path: &path, name: &row.source, workbooks: &uploads.workbooks };
            calendar::take_in(app, context, &file, effect, begun)
        }
        Subject::MarketNotes => {
            let file = market::File { path: &path, name: &row.source, workbooks: &uploads.workbooks };
            market::take_in(app, context, &file, effect, begun)
        }
    }
}

/// What a failure says to whoever looks. A fault of the program is told to the operator.
pub(super) fn problems_of(import: i64, context: &Context, error: Error) -> Vec<RowProblem> {
    match error {
        Error::Refused(sentences) => sentences.into_iter().map(RowProblem::of_file).collect(),
        Error::Forbidden(sentence) | Error::TooLarge(sentence) | Error::Usage(sentence) => {
            vec![RowProblem::of_file(sentence)]
        }
        Error::Missing { .. }
        | Error::NotSignedIn
        | Error::Stale { .. }
        | Error::Store(_)
        | Error::Internal(_) => {
            tracing::error!(import, cause = error.causes(), "an import failed");
            vec![RowProblem::of_file(context.lang.failures().internal().to_owned())]
        }
    }
}

/// Notes how far something is, once in many rows.
pub(super) struct Noted<F> {
    last: i64,
    note: F,
}

impl<F: FnMut(&Counts) -> Result<()>> Noted<F> {
    pub fn new(note: F) -> Self {
        Self { last: 0, note }
    }

    /// Hears of it, and notes it where it is a step further.
    pub fn hear(&mut self, counts: &Counts) -> Result<()> {
        let so_far = counts.read + counts.added + counts.changed + counts.unchanged;
        if so_far < self.last + STEP {
            return Ok(());
        }
        self.last = so_far;
        (self.note)(counts)
    }
}
