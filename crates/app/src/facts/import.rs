//! Importing a file: all of it or nothing, without holding a lock while it is read (`architecture.md`).

use std::path::Path;

use dacheng_domain::facts::kind::Kind;
use dacheng_domain::facts::row::{
    ComplaintRow, CustomerRow, EmploymentRow, LeaveRow, MemberRow, OpportunityRow, OrderLineRow, OrderRow,
    OrderShareRow, PaymentRow, ProductRow, ReceivableRow, ReturnRow, ScoreRow, SummaryRow, SurveyRow,
    TrainingRow, UnitRow, VisitRow,
};
use dacheng_domain::notification::{Event, ImportResult};
use dacheng_sheets::ChildCommand;
use dacheng_store::facts::{self, View, any};
use dacheng_store::imports::{self, Counts, State};
use dacheng_store::{Read, counter, uploads};
use serde_json::json;

use super::commit::{Alters, Change, commit};
use super::delta::{Side, Touched, between};
use super::ground::{Flaw, Ground};
use super::problems::{RowProblem, Wrong, bad_rows};
use super::runs;
use super::source;
use super::subject::Subject;
use super::sums::Sums;
use super::work::{Orphans, Plain, Since, Work};
use crate::audit;
use crate::hash::hex;
use crate::outbox::{News, announce};
use crate::{App, Context, Error, Result};

/// What to import.
pub struct Request<'r> {
    /// As what.
    pub kind: Kind,
    /// Which file.
    pub path: &'r Path,
    /// Its name as the person who sent it knows it.
    pub name: &'r str,
    /// The text of a mapping file.
    pub mapping: Option<&'r str>,
    /// Whether to write.
    pub effect: Effect,
    /// The program that reads workbooks.
    pub workbooks: &'r ChildCommand,
}

/// Whether an import writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// It does.
    Write,
    /// It only says what it would do: no row, no job, no mail.
    DryRun,
}

/// What an import came to.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// Its number; `None` for a dry run.
    pub import: Option<i64>,
    /// What it counted.
    pub counts: Counts,
    /// What the file comes to, and its columns that no field takes.
    pub sums: Sums,
    /// What is wrong; where anything is, nothing was written.
    pub problems: Vec<RowProblem>,
}

/// Whether an import has its row already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Begun {
    /// It gets one where it writes.
    Now,
    /// It was uploaded, and this is its row; it is writing.
    Before(i64),
}

/// Hears how far an import is, and may stop it.
pub(super) type Told<'t> = &'t mut dyn FnMut(&Counts) -> Result<()>;

/// Imports a file. `told` hears how far it is; it is called a few times a second at most.
pub fn import(
    app: &App,
    context: &Context,
    request: &Request<'_>,
    told: &mut dyn FnMut(&Counts),
) -> Result<Outcome> {
    take_in(app, context, request, Begun::Now, &mut |counts| {
        told(counts);
        Ok(())
    })
}

/// As [`import`], for a row that may be there already.
pub(super) fn take_in(
    app: &App,
    context: &Context,
    request: &Request<'_>,
    begun: Begun,
    told: Told<'_>,
) -> Result<Outcome> {
    let ground = app.memory.ground(&mut app.store.read()?)?;
    Subject::Facts(request.kind).allow(context, &ground.organisation)?;
    let source = source::open(
        request.path,
        request.name,
        request.kind,
        request.mapping,
        request.workbooks,
        context.lang,
    )?;
    let mut sums = Sums { ignored: source.ignored().to_vec(), sheet: source.sheet_name(), ..Sums::default() };
    let import = match (request.effect, begun) {
        (Effect::Write, Begun::Now) => Some(begin(app, context, request)?),
        (Effect::Write, Begun::Before(import)) => Some(import),
        (Effect::DryRun, _) => None,
    };
    let mut work = start(app, context, request.kind, import)?;
    work.columns = request.kind.fields().iter().map(|f| (f.name, source.column_of(f.name).into())).collect();
    let read = runs::read(&mut work, source, request, &mut sums, told).and_then(|sha256| {
        check_whole(&mut work)?;
        if let (Some(import), true) = (import, work.problems.is_empty()) {
            finish(&mut work, import, request, &sha256, &sums)?;
        }
        Ok(())
    });
    let problems = std::mem::take(&mut work.problems);
    let outcome = Outcome { import, counts: work.counts, sums, problems };
    match read {
        Ok(()) if outcome.problems.is_empty() => Ok(outcome),
        Ok(()) => {
            abandon(&work, request.name, &outcome.problems, &outcome.sums)?;
            Ok(outcome)
        }
        Err(error) => {
            abandon(&work, request.name, &[RowProblem::of_file(error.to_string())], &outcome.sums)?;
            Err(error)
        }
    }
}

fn begin(app: &App, context: &Context, request: &Request<'_>) -> Result<i64> {
    let bytes = std::fs::metadata(request.path).map_or(0, |file| file.len());
    let mut tx = app.store.write()?;
    let import = imports::begin(
        &mut tx,
        request.kind.name(),
        request.name,
        request.mapping,
        context.actor.name(),
        context.now.as_millisecond(),
        i64::try_from(bytes).unwrap_or(i64::MAX),
    )?;
    tx.commit()?;
    Ok(import)
}

fn start<'w>(app: &'w App, context: &'w Context, kind: Kind, import: Option<i64>) -> Result<Work<'w>> {
    let mut tx = app.store.read()?;
    let base = counter::last(&mut tx, counter::CHANGE)?;
    let ground = app.memory.ground(&mut tx)?;
    let mut work = Work::new(app, context, kind, import, base, ground);
    let masters = Kind::ALL.iter().filter(|kind| alters(**kind) == Alters::Ground).map(|kind| kind.name());
    if imports::any_withdrawn(&mut tx, &masters.collect::<Vec<_>>())? {
        work.orphans = Orphans::Possible;
    }
    if kind == Kind::Orders && !anything_on_orders(&mut tx)? {
        work.plain = Plain::Yes;
    }
    Ok(work)
}

fn anything_on_orders(tx: &mut Read) -> Result<bool> {
    Ok(any::<OrderLineRow>(tx)?
        || any::<OrderShareRow>(tx)?
        || any::<ReturnRow>(tx)?
        || any::<PaymentRow>(tx)?
        || any::<ReceivableRow>(tx)?
        || any::<ComplaintRow>(tx)?)
}

/// Whether a kind is something that others refer to.
pub(super) fn alters(kind: Kind) -> Alters {
    match kind {
        Kind::Units | Kind::Members | Kind::Products | Kind::Customers | Kind::Employments => Alters::Ground,
        Kind::Orders
        | Kind::OrderLines
        | Kind::OrderShares
        | Kind::Returns
        | Kind::Receivables
        | Kind::Payments
        | Kind::Opportunities
        | Kind::Visits
        | Kind::Surveys
        | Kind::Complaints
        | Kind::Leaves
        | Kind::Trainings
        | Kind::Scores
        | Kind::Summaries => Alters::Facts,
    }
}

/// A number of things in memory, which fits.
pub(super) fn count(things: usize) -> i64 {
    i64::try_from(things).unwrap_or(i64::MAX)
}

/// SHA-256 of a file, hex.
pub(crate) fn file_sha256(path: &Path) -> Result<String> {
    use sha2::Digest;
    let wrong = |reason: std::io::Error| Error::Usage(format!("{}: {reason}", path.display()));
    let mut file = std::fs::File::open(path).map_err(wrong)?;
    let mut sha256 = sha2::Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match std::io::Read::read(&mut file, &mut buffer).map_err(wrong)? {
            0 => return Ok(hex(&sha256.finalize())),
            length => sha256.update(&buffer[..length]),
        }
    }
}

/// What only the whole file shows: orders that do not add up, rows that make no organisation.
fn check_whole(work: &mut Work<'_>) -> Result<()> {
    work.close_orders();
    if alters(work.kind) == Alters::Facts || work.writes().is_none() {
        return Ok(());
    }
    let mut tx = work.app.store.read()?;
    match Ground::load(&mut tx, work.view())? {
        Err(flaws) => flaws.into_iter().for_each(|flaw| work.wrong(None, flaw_of(flaw))),
        Ok(after) => {
            let Some(since) = work.since else { return Ok(()) };
            let view = View::at(work.base);
            let (before, after) = (Side { view, ground: &work.ground }, Side { view, ground: &after });
            let delta = between(&mut tx, &work.app.memory, touched(since), &before, &after)?;
            work.delta = delta;
        }
    }
    Ok(())
}

fn touched(since: Since) -> Touched {
    Touched::since(match since {
        Since::Ever => None,
        Since::Day(day) => Some(day),
    })
}

fn flaw_of(flaw: Flaw) -> Wrong {
    match flaw {
        Flaw::Unknown { kind, code, named_by } => Wrong::Organisation(format!("{named_by} → {kind} {code}?")),
        Flaw::Contradiction(problem) => Wrong::Organisation(problem.to_string()),
    }
}

/// Works out on a newer base what the import changes.
fn again(work: &Work<'_>, import: i64, tx: &mut Read, base: i64) -> Result<dacheng_rollup::Delta> {
    let (before, after) = (View::at(base), View::at(base).with(import));
    let ground = work.app.memory.ground(tx)?;
    match alters(work.kind) {
        Alters::Facts => {
            let (before, after) =
                (Side { view: before, ground: &ground }, Side { view: after, ground: &ground });
            between(tx, &work.app.memory, Touched::Import(import), &before, &after)
        }
        Alters::Ground => {
            let whole = Ground::committed(tx, after)?;
            let (before, after) =
                (Side { view: before, ground: &ground }, Side { view: before, ground: &whole });
            between(tx, &work.app.memory, work.since.map_or(Touched::since(None), touched), &before, &after)
        }
    }
}

/// Makes the import count. Where it brought nothing new, nothing changes for anybody.
fn finish(work: &mut Work<'_>, import: i64, request: &Request<'_>, sha256: &str, sums: &Sums) -> Result<()> {
    let (app, context) = (work.app, work.context);
    let digest = work.digest();
    let view = work.view();
    let firsts = std::mem::take(&mut work.firsts);
    firsts.resolve(&mut app.store.read()?, &app.memory, view, &work.ground, &mut work.delta)?;
    let change = Change { base: work.base, delta: std::mem::take(&mut work.delta) };
    let counts = work.counts;
    let detail = json!({
        "kind": request.kind.name(), "file": request.name, "sha256": sha256, "mapping": request.mapping,
        "added": counts.added, "changed": counts.changed, "unchanged": counts.unchanged, "digest": digest,
    });
    let compared = text_of(sums)?;
    let found = uploads::Findings { sums: Some(&compared), ..uploads::Findings::default() };
    let work = &*work;
    commit(
        app,
        change,
        alters(request.kind),
        |tx, base| again(work, import, tx, base),
        |tx, sequence| {
            imports::progress(tx, import, &counts)?;
            uploads::note(tx, import, &found)?;
            let now = app.clock.now().as_millisecond();
            if !imports::commit(tx, import, sequence, Some(sha256), &digest, now)? {
                return Err(Error::refused(context.lang.problems().cancelled()));
            }
            audit::record(app, tx, context, "import.commit", &format!("import/{import}"), &detail)?;
            announce(app, tx, context, &[news(context, ImportResult::Finished, import, request.name)])
        },
    )?;
    Ok(())
}

/// How a file ended, for whoever brought it.
pub(in crate::facts) fn news(context: &Context, result: ImportResult, import: i64, file: &str) -> News {
    let event = Event::Import { result, import, file: file.to_owned() };
    News::for_author(event, context.actor.name())
}

/// As the database keeps it.
pub(crate) fn text_of(value: &impl serde::Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|wrong| Error::Internal(wrong.to_string()))
}

/// Ends an import without effect and erases what it wrote.
fn abandon(work: &Work<'_>, file: &str, problems: &[RowProblem], sums: &Sums) -> Result<()> {
    let Some(import) = work.import else { return Ok(()) };
    let (listed, sums) = (text_of(&problems)?, text_of(sums)?);
    let mut tx = work.app.store.write()?;
    let now = work.app.clock.now().as_millisecond();
    if imports::end(&mut tx, import, State::Refused, Some(&listed), now)? {
        let (bad, problems, sums) = (bad_rows(problems), Some(listed.as_str()), Some(sums.as_str()));
        uploads::note(&mut tx, import, &uploads::Findings { counts: work.counts, bad, problems, sums })?;
        announce(
            work.app,
            &mut tx,
            work.context,
            &[news(work.context, ImportResult::Refused, import, file)],
        )?;
    }
    tx.commit()?;
    for (first, last) in &work.written {
        let mut tx = work.app.store.write()?;
        erase(&mut tx, work.kind, import, (first, last))?;
        tx.commit()?;
    }
    Ok(())
}

/// Erases what an import that never counted wrote in a range of keys.
pub(super) fn erase(
    tx: &mut dacheng_store::Write,
    kind: Kind,
    import: i64,
    range: facts::Range<'_>,
) -> Result<u64> {
    Ok(match kind {
        Kind::Units => facts::erase::<UnitRow>(tx, import, range),
        Kind::Members => facts::erase::<MemberRow>(tx, import, range),
        Kind::Products => facts::erase::<ProductRow>(tx, import, range),
        Kind::Customers => facts::erase::<CustomerRow>(tx, import, range),
        Kind::Employments => facts::erase::<EmploymentRow>(tx, import, range),
        Kind::Orders => facts::erase::<OrderRow>(tx, import, range),
        Kind::OrderLines => facts::erase::<OrderLineRow>(tx, import, range),
        Kind::OrderShares => facts::erase::<OrderShareRow>(tx, import, range),
        Kind::Returns => facts::erase::<ReturnRow>(tx, import, range),
        Kind::Receivables => facts::erase::<ReceivableRow>(tx, import, range),
        Kind::Payments => facts::erase::<PaymentRow>(tx, import, range),
        Kind::Opportunities => facts::erase::<OpportunityRow>(tx, import, range),
        Kind::Visits => facts::erase::<VisitRow>(tx, import, range),
        Kind::Surveys => facts::erase::<SurveyRow>(tx, import, range),
        Kind::Complaints => facts::erase::<ComplaintRow>(tx, import, range),
        Kind::Leaves => facts::erase::<LeaveRow>(tx, import, range),
        Kind::Trainings => facts::erase::<TrainingRow>(tx, import, range),
        Kind::Scores => facts::erase::<ScoreRow>(tx, import, range),
        Kind::Summaries => facts::erase::<SummaryRow>(tx, import, range),
    }?)
}
