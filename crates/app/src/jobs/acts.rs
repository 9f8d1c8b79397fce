//! Stopping a job and letting one run again, by whoever keeps the system going.

use dacheng_domain::access::Right;
use dacheng_domain::people::Organisation;
use dacheng_store::{Write, jobs};
use serde_json::json;

use super::look::{allow, one};
use crate::{App, Context, Error, Result, audit};

/// Stops a job before it is done; whoever runs it notices at its next step.
pub fn cancel(app: &App, context: &Context, organisation: &Organisation, id: i64) -> Result<()> {
    let say = context.lang.jobs();
    change(app, context, organisation, id, ("job.cancel", say.has_ended()), jobs::cancel)
}

/// Lets a job that failed or was stopped run again.
pub fn retry(app: &App, context: &Context, organisation: &Organisation, id: i64) -> Result<()> {
    let say = context.lang.jobs();
    change(app, context, organisation, id, ("job.retry", say.has_not_failed()), jobs::retry)
}

fn change(
    app: &App,
    context: &Context,
    organisation: &Organisation,
    id: i64,
    (act, otherwise): (&str, &str),
    step: impl FnOnce(&mut Write, i64, i64) -> dacheng_store::Result<bool>,
) -> Result<()> {
    let job = one(app, context, organisation, id)?;
    allow(context, organisation, Right::Update)?;
    let mut tx = app.store.write()?;
    if !step(&mut tx, id, context.now.as_millisecond())? {
        return Err(Error::refused(otherwise));
    }
    let detail = json!({ "kind": job.kind, "occasion": job.key });
    audit::record(app, &mut tx, context, act, &format!("job/{id}"), &detail)?;
    Ok(tx.commit()?)
}
