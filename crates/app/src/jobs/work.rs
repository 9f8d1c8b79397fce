//! What a kind of job is run with, and why one stops before it is done.

use dacheng_domain::jobs::{Next, after};
use dacheng_store::jobs::{self, Job, Lease};
use dacheng_text::Lang;
use jiff::SignedDuration;

use super::{Places, Stop};
use crate::{Actor, App, Context, Error, Result};

/// For how long whoever claimed a job holds it without a sign of life. A job notes how far it is more often than that.
pub(super) const LEASE: SignedDuration = SignedDuration::from_mins(2);

/// A job under way.
pub struct Work<'w> {
    /// The program.
    pub app: &'w App,
    /// Where files lie.
    pub places: &'w Places,
    /// The job.
    pub job: &'w Job,
    /// The program itself, at the time of this attempt.
    pub context: Context,
    pub(super) holder: &'w str,
    pub(super) stop: &'w Stop,
}

/// Why a job ended before it was done.
#[derive(Debug)]
pub enum Halt {
    /// The program stops; the job is put back.
    Stopped,
    /// The job is no longer this process's: somebody cancelled it, or it was taken for dead.
    Lost,
    /// It failed.
    Failed(Error),
}

impl From<Error> for Halt {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl From<dacheng_store::Error> for Halt {
    fn from(error: dacheng_store::Error) -> Self {
        Self::Failed(error.into())
    }
}

/// What becomes of a job whose attempt failed.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is tried again after so long.
    Again(SignedDuration),
    /// It is not.
    Never,
}

impl<'w> Work<'w> {
    pub(super) fn new(
        app: &'w App,
        places: &'w Places,
        job: &'w Job,
        (holder, stop): (&'w str, &'w Stop),
    ) -> Self {
        let context = app.context(Actor::System, Lang::Zh);
        Self { app, places, job, context, holder, stop }
    }

    /// Notes how far the job is, in whatever it counts, and goes on holding it. A job that takes longer than a few
    /// seconds calls it at every step, and ends where it says so.
    pub fn note(&self, done: i64, total: i64) -> std::result::Result<(), Halt> {
        if self.stop.is_given() {
            return Err(Halt::Stopped);
        }
        let mut tx = self.app.store.write()?;
        let lease = Lease { holder: self.holder, until: until(self.app) };
        let is_held = jobs::hold(&mut tx, self.job.id, lease, (done, total))?;
        tx.commit()?;
        if is_held { Ok(()) } else { Err(Halt::Lost) }
    }
}

/// Until when a lease that begins now lasts.
pub(super) fn until(app: &App) -> i64 {
    app.clock.now().as_millisecond().saturating_add(i64::try_from(LEASE.as_millis()).unwrap_or(i64::MAX))
}

/// Whether an attempt that failed so is worth another one. What a rule refuses is refused again; a database or a disk
/// may be there next time.
pub(super) fn verdict(error: &Error, attempts: i64) -> Verdict {
    let may_mend = match error {
        Error::Store(_) | Error::Internal(_) | Error::Stale { .. } => true,
        Error::Missing { .. }
        | Error::Forbidden(_)
        | Error::NotSignedIn
        | Error::Refused(_)
        | Error::TooLarge(_)
        | Error::Usage(_) => false,
    };
    match after(usize::try_from(attempts).unwrap_or(usize::MAX)) {
        Next::Again(wait) if may_mend => Verdict::Again(wait),
        Next::Again(_) | Next::GiveUp => Verdict::Never,
    }
}

/// The same for the log: a failure as it is kept, one line.
pub(super) fn reason(error: &Error) -> String {
    let text = error.to_string();
    text.lines().map(str::trim).collect::<Vec<_>>().join(" ")
}

/// A `Result` of a use case is enough for a job that never stops on the way.
pub(super) fn whole<T>(done: Result<T>) -> std::result::Result<T, Halt> {
    done.map_err(Halt::Failed)
}
