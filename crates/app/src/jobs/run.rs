//! One pass: what the clock asks for is put down, and everything that is due is claimed and run.

use std::panic::{AssertUnwindSafe, catch_unwind};

use dacheng_domain::jobs::{MOST_ATTEMPTS, Occasion, due};
use dacheng_store::jobs::{self, Job, Lease};
use dacheng_text::Lang;
use serde_json::{Value, json};

use super::work::{Verdict, reason, until, verdict};
use super::{Halt, Kind, Places, Stop, Work, enqueue};
use crate::{Actor, App, Error, Result, company};

/// Somebody who runs jobs: a thread of a server, or a command.
#[derive(Debug, Clone)]
pub struct Runner {
    /// Where files lie.
    pub places: Places,
    /// When to come to an end.
    pub stop: Stop,
    holder: String,
}

impl Runner {
    /// A runner under a name that nobody else has.
    pub fn new(app: &App, places: Places, stop: Stop) -> Result<Self> {
        Ok(Self { places, stop, holder: app.random.text()? })
    }
}

/// One pass at the program's time; answers how many jobs it ran. However many runners there are, each job is run by one.
pub fn run_due(app: &App, runner: &Runner) -> Result<usize> {
    put_down(app)?;
    let mut ran = 0;
    while !runner.stop.is_given() {
        let Some(job) = claim(app, &runner.holder)? else { break };
        run(app, runner, &job)?;
        ran += 1;
    }
    Ok(ran)
}

/// Puts down what the clock and the calendar ask for. Most passes find it all there and write nothing.
fn put_down(app: &App) -> Result<()> {
    let context = app.context(Actor::System, Lang::Zh);
    let mut tx = app.store.read()?;
    let calendar = company::current(&mut tx)?.0.calendar();
    let mut new: Vec<Occasion> = due(context.now, &calendar, &app.zone);
    let mut known = Vec::with_capacity(new.len());
    for occasion in &new {
        known.push(jobs::by_key(&mut tx, Kind::by(occasion.rule).name(), &occasion.period)?.is_some());
    }
    drop(tx);
    let mut known = known.into_iter();
    new.retain(|_| !known.next().unwrap_or_default());
    if new.is_empty() {
        return Ok(());
    }
    let mut tx = app.store.write()?;
    for occasion in new {
        enqueue(&mut tx, &context, Kind::by(occasion.rule), &occasion.period, &json!({}))?;
    }
    Ok(tx.commit()?)
}

fn claim(app: &App, holder: &str) -> Result<Option<Job>> {
    let now = app.clock.now().as_millisecond();
    if !jobs::is_due(&mut app.store.read()?, now)? {
        return Ok(None);
    }
    let mut tx = app.store.write()?;
    let job = jobs::claim(&mut tx, now, Lease { holder, until: until(app) })?;
    tx.commit()?;
    Ok(job)
}

fn run(app: &App, runner: &Runner, job: &Job) -> Result<()> {
    let (holder, now) = (runner.holder.as_str(), || app.clock.now().as_millisecond());
    let done = done(app, runner, job);
    let mut tx = app.store.write()?;
    match done {
        Ok(outcome) => jobs::finish(&mut tx, job.id, holder, &outcome.to_string(), now())?,
        Err(Halt::Stopped) => jobs::put_back(&mut tx, job.id, holder)?,
        Err(Halt::Lost) => false,
        Err(Halt::Failed(error)) => match verdict(&error, job.attempts) {
            Verdict::Again(wait) => {
                let wait = i64::try_from(wait.as_millis()).unwrap_or(i64::MAX);
                jobs::postpone(&mut tx, job.id, holder, &reason(&error), now().saturating_add(wait))?
            }
            Verdict::Never => jobs::fail(&mut tx, job.id, holder, &reason(&error), now())?,
        },
    };
    Ok(tx.commit()?)
}

/// Does the job. One that has ended its process again and again is not begun once more, and one that panics has failed.
fn done(app: &App, runner: &Runner, job: &Job) -> std::result::Result<Value, Halt> {
    let give_up = |why: &str| Err(Halt::Failed(Error::Usage(why.to_owned())));
    let Some(kind) = Kind::of(&job.kind) else { return give_up("this version does not know the kind") };
    if usize::try_from(job.attempts).is_ok_and(|attempts| attempts > MOST_ATTEMPTS) {
        return give_up("whoever ran it ended before it was done, again and again");
    }
    let work = Work::new(app, &runner.places, job, (&runner.holder, &runner.stop));
    let run = catch_unwind(AssertUnwindSafe(|| kind.run(&work)));
    run.unwrap_or_else(|_| Err(Halt::Failed(Error::Internal("it ended early".to_owned()))))
}
