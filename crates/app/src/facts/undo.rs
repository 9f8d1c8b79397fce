//! Undoing an import: its facts cease to count, and the blocks are as if it had never been.

use dacheng_domain::calendar::Month;
use dacheng_domain::facts::kind::Kind;
use dacheng_store::facts::View;
use dacheng_store::imports::{self, Import, State};
use dacheng_store::{Read, Write, counter};
use dacheng_text::Lang;
use serde_json::json;

use super::commit::{Alters, Change, commit};
use super::delta::{Side, Touched, between};
use super::ground::Ground;
use super::import::{alters, erase};
use super::subject::Subject;
use crate::audit;
use crate::people::access::Access;
use crate::{App, Context, Error, Result};

/// How long after it began to count an import can be undone, in milliseconds. The operator may at any time.
pub const UNDONE_WITHIN: i64 = 24 * 60 * 60 * 1_000;

/// A month as the store numbers it.
pub(super) fn month_number(month: Month) -> i64 {
    i64::from(month.year()) * 100 + i64::from(month.number())
}

/// Withdraws a committed import. Refused where what others refer to would be missing.
///
/// What it brought into a month that is closed stays in the figures the month was closed with: like a fact that
/// arrives late, its going shows in the restated figures only (`domain.md` §1).
pub fn undo(app: &App, context: &Context, import: i64) -> Result<()> {
    let mut tx = app.store.read()?;
    let kept = imports::by_id(&mut tx, import)?.ok_or_else(|| Error::missing("import", import))?;
    if kept.state != State::Committed {
        return Err(Error::refused(context.lang.problems().not_committed(import)));
    }
    if let Some(sentence) = kept.kind.parse().ok().and_then(|subject| never_undone(context.lang, subject)) {
        return Err(Error::refused(sentence));
    }
    let kind: Kind = kept.kind.parse().map_err(|_| Error::Internal(format!("kind {}", kept.kind)))?;
    let ground = app.memory.ground(&mut tx)?;
    Subject::Facts(kind).allow(context, &ground.organisation)?;
    allow_now(context, kept.ended_at)?;
    let base = counter::last(&mut tx, counter::CHANGE)?;
    let delta = without(app, context, &mut tx, kind, import, base)?;
    drop(tx);
    let detail = json!({ "kind": kept.kind, "file": kept.source, "digest": kept.digest });
    commit(
        app,
        Change { base, delta },
        alters(kind),
        |tx, base| without(app, context, tx, kind, import, base),
        |tx, sequence| {
            let now = context.now.as_millisecond();
            if !imports::withdraw(tx, import, sequence, context.actor.name(), now)? {
                return Err(Error::refused(context.lang.problems().not_committed(import)));
            }
            audit::record(app, tx, context, "import.withdraw", &format!("import/{import}"), &detail)
        },
    )?;
    Ok(())
}

/// Why imports of a subject are not undone at all.
pub fn never_undone(lang: Lang, subject: Subject) -> Option<&'static str> {
    match subject {
        Subject::Calendar => Some(lang.uploads().calendar_is_replaced()),
        Subject::MarketNotes => Some(lang.market().is_replaced()),
        Subject::Facts(_) => None,
    }
}

fn allow_now(context: &Context, committed_at: Option<i64>) -> Result<()> {
    let until = committed_at.unwrap_or(0) + UNDONE_WITHIN;
    let is_late = context.now.as_millisecond() > until;
    match &context.access {
        Access::Nobody | Access::Session(_) | Access::Token { .. } if is_late => {
            Err(Error::refused(context.lang.uploads().too_late_to_undo()))
        }
        Access::Whole | Access::Nobody | Access::Session(_) | Access::Token { .. } => Ok(()),
    }
}

fn without(
    app: &App,
    context: &Context,
    tx: &mut Read,
    kind: Kind,
    import: i64,
    base: i64,
) -> Result<dacheng_rollup::Delta> {
    let view = View::at(base);
    let ground = app.memory.ground(tx)?;
    let before = Side { view, ground: &ground };
    match alters(kind) {
        Alters::Facts => between(
            tx,
            &app.memory,
            Touched::Import(import),
            &before,
            &Side { view: view.without(import), ground: &ground },
        ),
        Alters::Ground => {
            let after = Ground::load(tx, view.without(import))?
                .map_err(|_| Error::refused(context.lang.problems().still_needed(import)))?;
            between(tx, &app.memory, Touched::since(None), &before, &Side { view, ground: &after })
        }
    }
}

/// After a start: imports that a stopped program left behind are discarded. Only the one serving process of a
/// SQLite file may call it; an import that is older than `abandoned_before` (UTC milliseconds) is taken as left.
pub fn discard_unfinished(app: &App, abandoned_before: i64) -> Result<usize> {
    let unfinished = imports::unfinished(&mut app.store.read()?)?;
    let left = unfinished.into_iter().filter(|import| import.started_at < abandoned_before);
    let mut count = 0;
    for import in left {
        let mut tx = app.store.write()?;
        discard(&mut tx, &import, app.clock.now().as_millisecond())?;
        tx.commit()?;
        count += 1;
    }
    Ok(count)
}

/// Imports whose files are not where the database is now: all that were under way are discarded. Says how many.
pub(crate) fn discard_all(tx: &mut Write, now: i64) -> Result<usize> {
    let unfinished = imports::unfinished(tx)?;
    unfinished.iter().try_for_each(|import| discard(tx, import, now))?;
    Ok(unfinished.len())
}

fn discard(tx: &mut Write, import: &Import, now: i64) -> Result<()> {
    imports::stop(tx, import.id, State::Discarded, now)?;
    if let (State::Writing, Ok(kind)) = (import.state, import.kind.parse()) {
        erase(tx, kind, import.id, ("", &char::MAX.to_string()))?;
    }
    Ok(())
}
