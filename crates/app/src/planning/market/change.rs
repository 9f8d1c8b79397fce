//! Adding, changing and withdrawing a note. Each is a further version with its audit entry; nothing is lost.

use dacheng_domain::planning::{MarketNote, WrittenNote};
use dacheng_store::market_notes::{self, Note};
use dacheng_store::{Write, counter};
use serde_json::json;

use super::{kept, may_write, problem};
use crate::{App, Context, Error, Result, audit};

/// Adds a note; answers its code, which is given where none is written.
pub fn add(app: &App, context: &Context, written: WrittenNote) -> Result<String> {
    let mut tx = open(app, context)?;
    let code = if written.code.trim().is_empty() { free_code(&mut tx)? } else { written.code.clone() };
    let note = of(context, &WrittenNote { code, ..written })?;
    let version = kept(&note, 1, context);
    if !market_notes::append(&mut tx, &version)? {
        return Err(Error::refused(context.lang.market().known(&version.code)));
    }
    record(app, &mut tx, context, "market_note.add", &version)?;
    tx.commit()?;
    Ok(version.code)
}

/// Changes a note by somebody who saw version `seen`; answers the new one. The code stays. A note that was withdrawn counts
/// again.
pub fn edit(app: &App, context: &Context, code: &str, seen: i64, written: WrittenNote) -> Result<i64> {
    let mut tx = open(app, context)?;
    let found = newest(&mut tx, code)?;
    let note = of(context, &WrittenNote { code: code.to_owned(), ..written })?;
    let version = kept(&note, seen.saturating_add(1), context);
    save(&mut tx, &found, seen, &version)?;
    record(app, &mut tx, context, "market_note.edit", &version)?;
    tx.commit()?;
    Ok(version.version)
}

/// Withdraws a note by somebody who saw version `seen`. It stays to be read with its versions.
pub fn withdraw(app: &App, context: &Context, code: &str, seen: i64) -> Result<()> {
    let mut tx = open(app, context)?;
    let found = newest(&mut tx, code)?;
    if found.withdrawn {
        return Err(Error::missing("market note", code));
    }
    let version = Note {
        version: seen.saturating_add(1),
        withdrawn: true,
        recorded_at: context.now.as_millisecond(),
        actor: context.actor.name().to_owned(),
        ..found.clone()
    };
    save(&mut tx, &found, seen, &version)?;
    record(app, &mut tx, context, "market_note.withdraw", &version)?;
    Ok(tx.commit()?)
}

fn open(app: &App, context: &Context) -> Result<Write> {
    let mut tx = app.store.write()?;
    let ground = app.memory.ground(&mut tx)?;
    may_write(context, &ground.organisation)?;
    Ok(tx)
}

fn of(context: &Context, written: &WrittenNote) -> Result<MarketNote> {
    MarketNote::read(written).map_err(|flaws| {
        let line = |(field, wrong)| format!("{field}: {}", problem(context.lang, wrong));
        Error::Refused(flaws.into_iter().map(line).collect())
    })
}

fn newest(tx: &mut Write, code: &str) -> Result<Note> {
    let found = market_notes::newest(tx, [code])?.into_iter().next();
    found.ok_or_else(|| Error::missing("market note", code))
}

fn save(tx: &mut Write, found: &Note, seen: i64, version: &Note) -> Result<()> {
    if found.version != seen || !market_notes::append(tx, version)? {
        return Err(Error::Stale { seen, found: found.version });
    }
    Ok(())
}

/// The next number that no note has.
fn free_code(tx: &mut Write) -> Result<String> {
    loop {
        let code = format!("M-{}", counter::next(tx, "market_note")?);
        if market_notes::newest(tx, [code.as_str()])?.is_empty() {
            return Ok(code);
        }
    }
}

fn record(app: &App, tx: &mut Write, context: &Context, act: &str, note: &Note) -> Result<()> {
    let detail = json!({
        "version": note.version,
        "date": note.day,
        "kind": note.kind,
        "subject": note.subject,
        "year": note.year,
        "region": note.region,
        "product_line": note.product_line,
        "growth": note.growth.and_then(|growth| dacheng_domain::Ratio::new(growth, 10_000)),
        "source": note.source,
    });
    audit::record(app, tx, context, act, &format!("market_note/{}", note.code), &detail)
}
