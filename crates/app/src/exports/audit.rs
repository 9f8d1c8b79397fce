//! Writing the audit trail as a file, a part of it at a time.

use std::collections::HashMap;
use std::fs::{self, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use dacheng_domain::people::Organisation;
use dacheng_text::{Lang, trail as words};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::Value as Json;

use super::file::{part, path};
use super::own::{Asked, Made};
use super::{About, Column, Holds, Table, Value, in_parts};
use crate::jobs::{Halt, Work};
use crate::people::callers;
use crate::trail::{self, Entry, Filter};
use crate::{Context, Error, company};

/// Entries that are read at once.
const STEP: i64 = 2_000;

/// Writes the file of an export with the rights that who asked for it has now.
pub(crate) fn run(work: &Work<'_>) -> Result<Json, Halt> {
    let asked = Asked::of(work.job)?;
    let behalf = on_behalf(work, &asked)?;
    let folder = work.places.exports()?;
    let unfinished = part(folder, work.job.id);
    let made = written(work, &asked, &behalf, &unfinished);
    if made.is_err() {
        let _ = fs::remove_file(&unfinished);
    }
    let made = made?;
    fs::rename(&unfinished, path(folder, work.job.id, asked.format)).map_err(failed)?;
    Ok(serde_json::to_value(made).map_err(failed)?)
}

fn failed(wrong: impl std::fmt::Display) -> Error {
    Error::Internal(wrong.to_string())
}

/// Whoever asked, as they are now.
struct Behalf {
    context: Context,
    name: String,
}

/// Refused where they left, or read less than when they asked.
fn on_behalf(work: &Work<'_>, asked: &Asked) -> Result<Behalf, Error> {
    let account = work.job.account.ok_or(Error::NotSignedIn)?;
    let ground = work.app.memory.ground(&mut work.app.store.read()?)?;
    let caller = callers::of_account(work.app, account, &ground.organisation)?;
    let caller = caller.ok_or_else(|| Error::missing("account", account))?;
    let context = Context { lang: asked.lang(), ..caller.context(work.app) };
    if trail::reach(&context, &ground.organisation)? == asked.reach {
        return Ok(Behalf { context, name: caller.account.name });
    }
    Err(Error::Forbidden(context.lang.jobs().reads_less().to_owned()))
}

fn written(work: &Work<'_>, asked: &Asked, behalf: &Behalf, to: &Path) -> Result<Made, Halt> {
    let ground = work.app.memory.ground(&mut work.app.store.read()?)?;
    let table = table(work, asked, behalf)?;
    let rows = rows(work, asked, &behalf.context, &ground.organisation);
    let mut written = table.write(asked.lang(), asked.format, rows)?;
    let opened = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(to);
    io::copy(&mut written.file, &mut opened.map_err(failed)?).map_err(failed)?;
    work.note(asked.last, asked.last)?;
    Ok(Made { rows: written.rows, bytes: written.bytes })
}

/// The entries up to the newest when it was asked for, the newest first.
fn rows(
    work: &Work<'_>,
    asked: &Asked,
    context: &Context,
    organisation: &Organisation,
) -> impl Iterator<Item = Result<Vec<Value>, Halt>> {
    in_parts(asked.last.saturating_add(1), move |below| {
        work.note(asked.last.saturating_add(1).saturating_sub(below), asked.last)?;
        let part = trail::read(work.app, context, organisation, &asked.filter, (Some(below), STEP))?;
        let row = |entry: &Entry| row(asked.lang(), &work.app.zone, entry, &part.names);
        Ok((part.entries.iter().map(row).collect(), part.older))
    })
}

fn table(work: &Work<'_>, asked: &Asked, behalf: &Behalf) -> Result<Table, Error> {
    let (lang, say) = (asked.lang(), asked.lang().audit());
    let (company, _) = company::current(&mut work.app.store.read()?)?;
    let about = About {
        title: lang.shell().audit().to_owned(),
        company: company.name,
        by: behalf.name.clone(),
        at: work.app.zone.to_datetime(behalf.context.now),
        filter: filter(lang, &asked.filter),
        order: Some(say.newest_first().to_owned()),
        as_of: None,
    };
    let columns = vec![
        Column::of(Holds::Serial, say.number()),
        Column::of(Holds::Moment, say.at()),
        Column::text(say.who(), 18),
        Column::text(say.through(), 12),
        Column::text(say.act(), 26),
        Column::text(say.object(), 26),
        Column::text(say.detail(), 60),
        Column::text("SHA-256", 20),
    ];
    Ok(Table { about, columns, total: None })
}

/// What is filtered, in words.
fn filter(lang: Lang, filter: &Filter) -> Vec<String> {
    let say = lang.audit();
    let day = |day: Option<jiff::civil::Date>| day.map_or_else(String::new, |day| day.to_string());
    let kind = if filter.kind.is_empty() { String::new() } else { words::kind(lang, &filter.kind) };
    let parts = [
        (say.kind(), kind),
        (say.who(), filter.who.clone()),
        (say.object(), filter.object.clone()),
        (say.from(), day(filter.from)),
        (say.to(), day(filter.to)),
    ];
    let parts = parts.into_iter().filter(|(_, said)| !said.trim().is_empty());
    parts.map(|(name, said)| lang.exports().named(name, said.trim())).collect()
}

fn row(lang: Lang, zone: &TimeZone, entry: &Entry, names: &HashMap<String, String>) -> Vec<Value> {
    let at = Timestamp::from_millisecond(entry.at).ok();
    let object = words::object(lang, &entry.act, &entry.object);
    vec![
        Value::number(entry.leaf),
        Value::moment(at.map(|at| zone.to_datetime(at))),
        Value::text(words::who(lang, names, &entry.actor)),
        Value::text(words::through(lang, &entry.actor)),
        Value::text(words::act(lang, &entry.act)),
        Value::text(names.get(&entry.object).unwrap_or(&object)),
        Value::text(entry.detail.as_deref().unwrap_or_default()),
        Value::text(&entry.leaf_hash),
    ]
}
