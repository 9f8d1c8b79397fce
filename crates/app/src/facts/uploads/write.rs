//! Writing a file that was checked, or stopping it before it counts.

use std::sync::Arc;

use dacheng_store::imports::{self, State};
use dacheng_store::uploads::{self as kept, Findings};
use serde_json::json;

use super::check::{Noted, problems_of, run};
use super::folder::Uploads;
use super::look::visible;
use crate::facts::import::{Effect, text_of};
use crate::facts::problems::bad_rows;
use crate::{App, Context, Error, Result, audit};

/// Says that a checked file may be written; that happens beside the request. Only who brought it may, so that it is
/// known who entered the facts.
pub fn confirm(app: &App, context: &Context, uploads: &Arc<Uploads>, import: i64) -> Result<()> {
    let (row, subject) = visible(app, context, import)?;
    let ground = app.memory.ground(&mut app.store.read()?)?;
    subject.allow(context, &ground.organisation)?;
    let say = context.lang.uploads();
    if row.actor != context.actor.name() {
        return Err(Error::Forbidden(say.only_who_brought_it().to_owned()));
    }
    if row.state != State::Checked {
        return Err(Error::refused(say.not_waiting()));
    }
    if !row.upload.as_deref().is_some_and(|upload| uploads.has(upload)) {
        let mut tx = app.store.write()?;
        imports::stop(&mut tx, import, State::Discarded, context.now.as_millisecond())?;
        tx.commit()?;
        return Err(Error::refused(say.file_gone()));
    }
    let mut tx = app.store.write()?;
    if !imports::step(&mut tx, import, State::Checked, State::Writing)? {
        return Err(Error::refused(say.not_waiting()));
    }
    tx.commit()?;
    let (app, context) = (app.clone(), context.clone());
    uploads.beside(format!("import {import}"), move |own| write(&app, &context, own, import))
}

/// Writes a file within the request.
pub fn write_now(app: &App, context: &Context, uploads: &Uploads, import: i64) {
    write(app, context, uploads, import);
}

/// Writes a file; what comes of it stands in its row.
pub(super) fn write(app: &App, context: &Context, uploads: &Uploads, import: i64) {
    let _turn = uploads.writes.take();
    if uploads.is_stopping() {
        return;
    }
    if let Err(error) = try_write(app, context, uploads, import) {
        tracing::error!(import, cause = error.causes(), "an import failed");
    }
}

fn try_write(app: &App, context: &Context, uploads: &Uploads, import: i64) -> Result<()> {
    let Some(row) = imports::by_id(&mut app.store.read()?, import)? else { return Ok(()) };
    let (State::Writing, Some(upload)) = (row.state, &row.upload) else { return Ok(()) };
    let mut noted = Noted::new(|counts| {
        uploads.goes_on(context)?;
        let mut tx = app.store.write()?;
        let goes_on = imports::progress(&mut tx, import, counts)?;
        tx.commit()?;
        goes_on.then_some(()).ok_or_else(|| Error::refused(context.lang.problems().cancelled()))
    });
    let outcome = run(app, context, uploads, &row, Effect::Write, &mut |counts| noted.hear(counts));
    let now = app.clock.now().as_millisecond();
    let mut tx = app.store.write()?;
    if let Err(error) = outcome {
        let problems = problems_of(import, context, error);
        let listed = text_of(&problems)?;
        // Where reading it had begun, the import has ended itself already.
        if imports::end(&mut tx, import, State::Refused, Some(&listed), now)? {
            let bad = bad_rows(&problems);
            let found = Findings { bad, problems: Some(&listed), ..Findings::default() };
            kept::note(&mut tx, import, &found)?;
        }
    }
    kept::forget_upload(&mut tx, import)?;
    tx.commit()?;
    uploads.remove(upload);
    Ok(())
}

/// Stops an import before it counts: while it is checked, while it waits, while it is written.
pub fn cancel(app: &App, context: &Context, uploads: &Uploads, import: i64) -> Result<()> {
    let (row, subject) = visible(app, context, import)?;
    let ground = app.memory.ground(&mut app.store.read()?)?;
    subject.allow(context, &ground.organisation)?;
    let mut tx = app.store.write()?;
    if !imports::stop(&mut tx, import, State::Cancelled, context.now.as_millisecond())? {
        return Err(Error::refused(context.lang.problems().not_running(import)));
    }
    audit::record(app, &mut tx, context, "import.cancel", &format!("import/{import}"), &json!({}))?;
    tx.commit()?;
    if row.state != State::Writing {
        row.upload.iter().for_each(|upload| uploads.remove(upload));
    }
    Ok(())
}
