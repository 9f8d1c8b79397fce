//! Taking a file in: it is opened to see whether it can be read at all, gets its row, and is checked or written.

use std::path::Path;
use std::sync::Arc;

use dacheng_store::imports::{self, State};
use dacheng_store::uploads::{self as kept, Upload};

use super::check::check;
use super::folder::{Uploads, remove};
use super::incoming::Received;
use super::write::write;
use crate::calendar::import as calendar;
use crate::facts::import::{Effect, Outcome, Request, import};
use crate::facts::source;
use crate::facts::subject::Subject;
use crate::hash::{hex, sha256};
use crate::planning::market;
use crate::{App, Context, Error, Result};

/// How long a file waits to be confirmed, in milliseconds.
const A_DAY: i64 = 24 * 60 * 60 * 1_000;

/// A file that arrived.
#[derive(Debug)]
pub struct New<'n> {
    /// What it is about.
    pub subject: Subject,
    /// Its name as the sender knows it, `form` or `api`.
    pub name: &'n str,
    /// The file.
    pub file: Received,
    /// The text of a mapping.
    pub mapping: Option<&'n str>,
    /// Whether somebody is to confirm it.
    pub confirmation: Confirmation,
    /// What tells a repeated request from another one: `Idempotency-Key`.
    pub request: Option<&'n str>,
}

/// Whether somebody looks at the check before anything is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Confirmation {
    /// A person does; the check begins beside the request.
    ByAPerson,
    /// Nobody; it is written beside the request.
    None,
    /// Nobody; the caller writes it by [`super::write_now`].
    NoneAndAtOnce,
}

/// The import of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Begun {
    /// It has begun.
    Now(i64),
    /// The same request began it before; nothing was done again.
    Before(i64),
}

impl Begun {
    /// Its number.
    pub const fn import(self) -> i64 {
        match self {
            Self::Now(import) | Self::Before(import) => import,
        }
    }
}

/// Takes a file in. Refused where it cannot be read at all, or its columns do not make the kind.
pub fn receive(app: &App, context: &Context, uploads: &Arc<Uploads>, new: New<'_>) -> Result<Begun> {
    let ground = app.memory.ground(&mut app.store.read()?)?;
    new.subject.allow(context, &ground.organisation)?;
    expire(app, uploads.folder())?;
    let request = new.request.map(|key| hex(&sha256(format!("{}\0{key}", context.actor.name()).as_bytes())));
    if let Some(before) = before(app, context, &new, request.as_deref())? {
        return Ok(Begun::Before(before));
    }
    can_be_read(context, uploads, &new)?;
    let state = match new.confirmation {
        Confirmation::ByAPerson => State::Checking,
        Confirmation::None | Confirmation::NoneAndAtOnce => State::Writing,
    };
    let upload = Upload {
        kind: new.subject.name(),
        state,
        source: new.name,
        sha256: &new.file.sha256,
        mapping: new.mapping,
        actor: context.actor.name(),
        now: context.now.as_millisecond(),
        bytes: i64::try_from(new.file.bytes).unwrap_or(i64::MAX),
        upload: new.file.name(),
        request: request.as_deref(),
    };
    let mut tx = app.store.write()?;
    let Some(import) = kept::receive(&mut tx, &upload)? else {
        drop(tx);
        let before = before(app, context, &new, request.as_deref())?;
        return before
            .map(Begun::Before)
            .ok_or_else(|| Error::Internal("a request without import".to_owned()));
    };
    tx.commit()?;
    let confirmation = new.confirmation;
    new.file.keep();
    let (app, context) = (app.clone(), context.clone());
    let name = format!("import {import}");
    match confirmation {
        Confirmation::ByAPerson => uploads.beside(name, move |own| check(&app, &context, own, import))?,
        Confirmation::None => uploads.beside(name, move |own| write(&app, &context, own, import))?,
        Confirmation::NoneAndAtOnce => {}
    }
    Ok(Begun::Now(import))
}

/// The import that the same request began. Another file under the same key is refused.
fn before(app: &App, context: &Context, new: &New<'_>, request: Option<&str>) -> Result<Option<i64>> {
    let Some(request) = request else { return Ok(None) };
    let Some(before) = kept::by_request(&mut app.store.read()?, request)? else { return Ok(None) };
    let same = before.kind == new.subject.name()
        && before.sha256.as_deref() == Some(new.file.sha256.as_str())
        && before.mapping.as_deref() == new.mapping;
    if same { Ok(Some(before.id)) } else { Err(Error::refused(context.lang.uploads().other_request())) }
}

fn can_be_read(context: &Context, uploads: &Uploads, new: &New<'_>) -> Result<()> {
    let path = new.file.path();
    match new.subject {
        Subject::Facts(kind) => {
            source::open(&path, new.name, kind, new.mapping, &uploads.workbooks, context.lang).map(drop)
        }
        Subject::Calendar if new.mapping.is_some() => {
            Err(Error::refused(context.lang.uploads().no_mapping_for_calendar()))
        }
        Subject::MarketNotes if new.mapping.is_some() => {
            Err(Error::refused(context.lang.market().no_mapping()))
        }
        Subject::MarketNotes => market::open(&path, new.name, &uploads.workbooks, context.lang).map(drop),
        Subject::Calendar => calendar::open(&path, new.name, &uploads.workbooks, context.lang).map(drop),
    }
}

/// Lets go of files in a folder that waited a day for somebody to confirm them; says how many.
pub fn expire(app: &App, folder: &Path) -> Result<usize> {
    let now = app.clock.now().as_millisecond();
    let waiting = imports::unfinished(&mut app.store.read()?)?;
    let is_old =
        |import: &imports::Import| import.state == State::Checked && now - import.started_at >= A_DAY;
    let old: Vec<imports::Import> = waiting.into_iter().filter(is_old).collect();
    for import in &old {
        let mut tx = app.store.write()?;
        imports::stop(&mut tx, import.id, State::Discarded, now)?;
        tx.commit()?;
        import.upload.iter().for_each(|upload| remove(folder, upload));
    }
    Ok(old.len())
}

/// Says what a file would do: nothing is kept of it, and there is no import.
pub fn try_out(app: &App, context: &Context, uploads: &Uploads, new: &New<'_>) -> Result<Outcome> {
    let path = new.file.path();
    let workbooks = &uploads.workbooks;
    match new.subject {
        Subject::Facts(kind) => {
            let (name, mapping, effect) = (new.name, new.mapping, Effect::DryRun);
            import(
                app,
                context,
                &Request { kind, path: &path, name, mapping, effect, workbooks },
                &mut |_| {},
            )
        }
        Subject::Calendar => {
            let file = calendar::File { path: &path, name: new.name, workbooks };
            calendar::import(app, context, &file, Effect::DryRun)
        }
        Subject::MarketNotes => {
            let file = market::File { path: &path, name: new.name, workbooks };
            market::import(app, context, &file, Effect::DryRun)
        }
    }
}
