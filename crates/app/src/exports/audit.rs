//! Writing the audit trail as a file that a spreadsheet program shows as it is, a part of it at a time.

use std::collections::HashMap;
use std::fs::{self, File, OpenOptions};
use std::io::BufWriter;
use std::os::unix::fs::OpenOptionsExt;

use dacheng_sheets::csv::{Mark, Writer};
use dacheng_sheets::{Cell, Number, WriteError};
use dacheng_text::{Lang, trail as words};
use jiff::tz::TimeZone;
use serde_json::Value;

use super::file::{part, path};
use super::own::{Asked, Made};
use crate::jobs::{Halt, Work};
use crate::people::callers;
use crate::trail::{self, Entry};
use crate::{Context, Error};

/// Entries that are read at once.
const STEP: i64 = 2_000;

/// Writes the file of an export with the rights that who asked for it has now.
pub(crate) fn run(work: &Work<'_>) -> Result<Value, Halt> {
    let asked = Asked::of(work.job)?;
    let context = on_behalf(work, &asked)?;
    let folder = work.places.exports()?;
    let unfinished = part(folder, work.job.id);
    let made = written(work, &asked, &context, &unfinished);
    if made.is_err() {
        let _ = fs::remove_file(&unfinished);
    }
    let made = made?;
    fs::rename(&unfinished, path(folder, work.job.id)).map_err(failed)?;
    Ok(serde_json::to_value(made).map_err(failed)?)
}

fn failed(wrong: impl std::fmt::Display) -> Error {
    Error::Internal(wrong.to_string())
}

/// Whoever asked, as they are now; refused where they left, or read less than when they asked.
fn on_behalf(work: &Work<'_>, asked: &Asked) -> Result<Context, Error> {
    let account = work.job.account.ok_or(Error::NotSignedIn)?;
    let ground = work.app.memory.ground(&mut work.app.store.read()?)?;
    let caller = callers::of_account(work.app, account, &ground.organisation)?;
    let context = caller.ok_or_else(|| Error::missing("account", account))?.context(work.app);
    let context = Context { lang: asked.lang(), ..context };
    if trail::reach(&context, &ground.organisation)? == asked.reach {
        return Ok(context);
    }
    Err(Error::Forbidden(context.lang.jobs().reads_less().to_owned()))
}

fn written(work: &Work<'_>, asked: &Asked, context: &Context, to: &std::path::Path) -> Result<Made, Halt> {
    let opened = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(to);
    let mut sheet = Sheet::new(BufWriter::new(opened.map_err(failed)?), asked.lang(), &work.app.zone)?;
    let ground = work.app.memory.ground(&mut work.app.store.read()?)?;
    let mut below = Some(asked.last.saturating_add(1));
    let mut rows = 0;
    while let Some(first) = below {
        work.note(asked.last.saturating_add(1).saturating_sub(first), asked.last)?;
        let read = trail::read(work.app, context, &ground.organisation, &asked.filter, (below, STEP))?;
        for entry in &read.entries {
            sheet.write(entry, &read.names)?;
            rows += 1;
        }
        below = read.older;
    }
    work.note(asked.last, asked.last)?;
    sheet.finish()?;
    Ok(Made { rows, bytes: fs::metadata(to).map_err(failed)?.len() })
}

/// The file in the making.
struct Sheet<'s> {
    writer: Writer<BufWriter<File>>,
    lang: Lang,
    zone: &'s TimeZone,
}

impl<'s> Sheet<'s> {
    fn new(out: BufWriter<File>, lang: Lang, zone: &'s TimeZone) -> Result<Self, Error> {
        let say = lang.audit();
        let header = [
            say.number(),
            say.at(),
            say.who(),
            say.through(),
            say.act(),
            say.object(),
            say.detail(),
            "SHA-256",
        ];
        let writer = Writer::new(out, Mark::ByteOrderMark, &header).map_err(failed)?;
        Ok(Self { writer, lang, zone })
    }

    fn write(&mut self, entry: &Entry, names: &HashMap<String, String>) -> Result<(), Error> {
        self.cells(entry, names).map_err(failed)
    }

    fn cells(&mut self, entry: &Entry, names: &HashMap<String, String>) -> Result<(), WriteError> {
        let (number, at) = (entry.leaf.to_string(), words::instant(self.zone, entry.at));
        let who = words::who(self.lang, names, &entry.actor);
        let object = words::object(self.lang, &entry.act, &entry.object);
        self.writer.write(&[
            Number::new(&number).map_or(Cell::Blank, Cell::Number),
            Cell::Text(&at),
            Cell::Text(&who),
            Cell::Text(words::through(self.lang, &entry.actor)),
            Cell::Text(&words::act(self.lang, &entry.act)),
            Cell::Text(names.get(&entry.object).unwrap_or(&object)),
            Cell::Text(entry.detail.as_deref().unwrap_or_default()),
            Cell::Text(&entry.leaf_hash),
        ])
    }

    fn finish(self) -> Result<(), Error> {
        let mut out = self.writer.finish().map_err(failed)?;
        std::io::Write::flush(&mut out).map_err(failed)
    }
}
