//! What tests need: a program on a new database of each engine, with a fixed clock and repeatable secrets.

pub mod company;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use dacheng_domain::facts::kind::Kind;
use dacheng_sheets::ChildCommand;
use dacheng_store::Store;
use dacheng_text::Lang;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;

use crate::facts::import::{Effect, Outcome, Request, import};
use crate::facts::uploads::{Incoming, MOST_BYTES, Received};
use crate::{Actor, App, Clock, Context, Random, Result};

/// The day tests happen on unless they say otherwise.
pub const TODAY: Date = date(2026, 11, 23);

/// Runs `body` with a program on a new, migrated database of each engine.
///
/// # Panics
/// Where a database cannot be made.
pub fn on_both(body: impl Fn(&App)) {
    dacheng_store::testing::on_both(|store| {
        body(&program(store));
        Ok(())
    })
    .unwrap_or_else(|error| panic!("{error}"));
}

/// A program on a database, at noon of [`TODAY`].
pub fn program(store: Store) -> App {
    let zone = TimeZone::get("Asia/Shanghai").unwrap_or(TimeZone::UTC);
    let clock = Clock::at_noon(TODAY, &zone).unwrap_or(Clock::System);
    App { store, clock, random: Random::seeded(1), memory: Arc::default(), zone, outbound: Arc::default() }
}

/// The operator of the command line, now.
pub fn operator(app: &App) -> Context {
    app.context(Actor::Operator, Lang::En)
}

/// Changes a detail of the audit trail behind its back.
///
/// # Panics
/// Where there is no such entry.
pub fn tamper(app: &App, leaf: i64) {
    let done = app.store.write().and_then(|mut tx| {
        dacheng_store::testing::change_audit_detail(&mut tx, leaf, "{\"forged\":true}")?;
        tx.commit()
    });
    done.unwrap_or_else(|error| panic!("{leaf}: {error}"));
}

/// Imports a text as a CSV file, as the operator.
pub fn import_text(app: &App, kind: Kind, text: &str) -> Result<Outcome> {
    import_with(app, kind, text, None, Effect::Write)
}

/// Imports a text as a CSV file with a mapping.
pub fn import_with(
    app: &App,
    kind: Kind,
    text: &str,
    mapping: Option<&str>,
    effect: Effect,
) -> Result<Outcome> {
    let file = tempfile::NamedTempFile::new().map_err(|wrong| crate::Error::Internal(wrong.to_string()))?;
    std::fs::write(file.path(), text).map_err(|wrong| crate::Error::Internal(wrong.to_string()))?;
    import_file(app, kind, file.path(), mapping, effect)
}

/// Imports a file, as the operator.
pub fn import_file(
    app: &App,
    kind: Kind,
    path: &Path,
    mapping: Option<&str>,
    effect: Effect,
) -> Result<Outcome> {
    let workbooks = ChildCommand { program: "false".into(), arguments: Vec::new() };
    let name = format!("{}.csv", kind.name());
    let request = Request { kind, path, name: &name, mapping, effect, workbooks: &workbooks };
    import(app, &operator(app), &request, &mut |_| {})
}

/// Imports a text that must be accepted.
///
/// # Panics
/// Where it is not.
pub fn load(app: &App, kind: Kind, text: &str) -> Outcome {
    let outcome = import_text(app, kind, text).unwrap_or_else(|error| panic!("{}: {error}", kind.name()));
    assert!(outcome.problems.is_empty(), "{}: {:?}", kind.name(), outcome.problems);
    outcome
}

/// A file as one that has just been uploaded.
///
/// # Panics
/// Where it cannot be written.
pub fn arrived(content: &[u8]) -> Received {
    let arrive = || {
        // Secrets repeat with their seed, and tests run side by side.
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("dacheng-arrived-{}-{number}", std::process::id());
        let mut incoming = Incoming::create(&std::env::temp_dir(), name, MOST_BYTES)?;
        incoming.write(content)?;
        crate::Result::Ok(incoming.finish())
    };
    arrive().unwrap_or_else(|error| panic!("{error}"))
}
