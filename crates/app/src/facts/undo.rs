//! Undoing an import: its facts cease to count, and the blocks are as if it had never been.

use dacheng_domain::facts::kind::Kind;
use dacheng_store::facts::View;
use dacheng_store::imports::{self, State};
use dacheng_store::{Read, counter};
use serde_json::json;

use super::commit::{Alters, Change, commit};
use super::delta::{Side, Touched, between};
use super::ground::Ground;
use super::import::{alters, erase};
use crate::audit;
use crate::{App, Context, Error, Result};

/// Withdraws a committed import. Refused where what others refer to would be missing.
pub fn undo(app: &App, context: &Context, import: i64) -> Result<()> {
    let mut tx = app.store.read()?;
    let kept = imports::by_id(&mut tx, import)?.ok_or_else(|| Error::missing("import", import))?;
    if kept.state != State::Committed {
        return Err(Error::refused(context.lang.problems().not_committed(import)));
    }
    let kind: Kind = kept.kind.parse().map_err(|_| Error::Internal(format!("kind {}", kept.kind)))?;
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
            Touched::Import(import),
            &before,
            &Side { view: view.without(import), ground: &ground },
        ),
        Alters::Ground => {
            let after = Ground::load(tx, view.without(import))?
                .map_err(|_| Error::refused(context.lang.problems().still_needed(import)))?;
            between(tx, Touched::since(None), &before, &Side { view, ground: &after })
        }
    }
}

/// Asks a running import to stop; it writes nothing more, and nothing of it counts.
pub fn cancel(app: &App, context: &Context, import: i64) -> Result<()> {
    let mut tx = app.store.write()?;
    if !imports::end(&mut tx, import, State::Cancelled, None, context.now.as_millisecond())? {
        return Err(Error::refused(context.lang.problems().not_running(import)));
    }
    audit::record(app, &mut tx, context, "import.cancel", &format!("import/{import}"), &json!({}))?;
    Ok(tx.commit()?)
}

/// After a start: imports that a stopped program left behind are discarded. Only the one serving process of a
/// SQLite file may call it; an import that is older than `abandoned_before` (UTC milliseconds) is taken as left.
pub fn discard_unfinished(app: &App, abandoned_before: i64) -> Result<usize> {
    let unfinished = imports::writing(&mut app.store.read()?)?;
    let left = unfinished.into_iter().filter(|import| import.started_at < abandoned_before);
    let mut count = 0;
    for import in left {
        let mut tx = app.store.write()?;
        imports::end(&mut tx, import.id, State::Discarded, None, app.clock.now().as_millisecond())?;
        if let Ok(kind) = import.kind.parse() {
            erase(&mut tx, kind, import.id, ("", &char::MAX.to_string()))?;
        }
        tx.commit()?;
        count += 1;
    }
    Ok(count)
}
