//! Looking at what runs beside the requests: for whoever keeps the system going. No row of business is shown.

use dacheng_domain::access::{Action, Object, Owner, Right};
use dacheng_domain::people::Organisation;
use dacheng_store::jobs::{self, Job, Line, Place, State};

use crate::{App, Context, Error, Result};

/// Whether somebody sees the jobs.
pub fn may_look(context: &Context, organisation: &Organisation) -> Result<()> {
    allow(context, organisation, Right::Read)
}

pub(super) fn allow(context: &Context, organisation: &Organisation, right: Right) -> Result<()> {
    let company = Object::on(Owner::Company, context.today);
    context.may(organisation, Action::Jobs, right, &company).map(|_| ())
}

/// Jobs and imports older than a place, newest first; of one state, or of all.
pub fn list(
    app: &App,
    context: &Context,
    organisation: &Organisation,
    state: Option<State>,
    (older, limit): (Place, i64),
) -> Result<Vec<Line>> {
    may_look(context, organisation)?;
    Ok(jobs::lines(&mut app.store.read()?, state, older, limit)?)
}

/// How many jobs wait, run and have failed.
pub fn standing(app: &App, context: &Context, organisation: &Organisation) -> Result<Vec<(State, i64)>> {
    may_look(context, organisation)?;
    Ok(jobs::counts(&mut app.store.read()?)?)
}

/// One job.
pub fn one(app: &App, context: &Context, organisation: &Organisation, id: i64) -> Result<Job> {
    may_look(context, organisation)?;
    jobs::by_id(&mut app.store.read()?, id)?.ok_or_else(|| Error::missing("job", id))
}
