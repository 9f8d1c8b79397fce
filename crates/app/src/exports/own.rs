//! One's own exports: beginning one, looking at it, stopping it.

use dacheng_domain::access::{AccountId, Action, Right};
use dacheng_domain::people::Organisation;
use dacheng_store::jobs::{self, Job, State};
use dacheng_store::{Read, counter};
use dacheng_text::Lang;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Format, KEPT};
use crate::jobs::{Kind, enqueue};
use crate::trail::{self, Filter, Reach};
use crate::{Actor, App, Context, Error, Result, audit};

/// Exports of one's own that are listed.
const LISTED: i64 = 5;

/// What an export is to hold: kept with its job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Asked {
    /// What is filtered.
    pub filter: Filter,
    /// How much of the trail the asker read when it was asked for.
    pub reach: Reach,
    /// The newest entry then: the file holds the trail of that moment.
    pub last: i64,
    /// In which language.
    pub english: bool,
    /// As what kind of file.
    #[serde(default)]
    pub format: Format,
}

/// What came of an export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Made {
    pub rows: u64,
    pub bytes: u64,
}

/// An export as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    /// Its number.
    pub id: i64,
    /// Where it stands.
    pub state: State,
    /// Entries looked at, and of how many.
    pub progress: (i64, i64),
    /// As what kind of file.
    pub format: Format,
    /// Rows and bytes of the file, once it is there.
    pub made: Option<(u64, u64)>,
    /// Whether its day is over.
    pub is_over: bool,
    /// Why it failed or waits for another attempt.
    pub error: Option<String>,
    /// UTC milliseconds.
    pub created_at: i64,
    /// Until when it can be fetched, UTC milliseconds.
    pub until: Option<i64>,
}

impl Asked {
    pub fn of(job: &Job) -> Result<Self> {
        serde_json::from_str(&job.detail).map_err(|wrong| Error::Internal(format!("job {}: {wrong}", job.id)))
    }

    pub const fn lang(&self) -> Lang {
        if self.english { Lang::En } else { Lang::Zh }
    }
}

impl Export {
    fn of(job: &Job, now: i64) -> Self {
        let made = job.outcome.as_deref().and_then(|text| serde_json::from_str::<Made>(text).ok());
        let until = job.ended_at.map(|ended| ended.saturating_add(KEPT));
        Self {
            id: job.id,
            state: job.state,
            progress: (job.done, job.total),
            format: Asked::of(job).map(|asked| asked.format).unwrap_or_default(),
            made: made.map(|made| (made.rows, made.bytes)),
            is_over: until.is_some_and(|until| until <= now),
            error: job.error.clone(),
            created_at: job.created_at,
            until,
        }
    }
}

/// Begins to write the audit trail, filtered, as far as the asker reads it. The same list while one is under way is that
/// one. Answers its number.
pub fn begin(
    app: &App,
    context: &Context,
    organisation: &Organisation,
    filter: Filter,
    format: Format,
) -> Result<i64> {
    context.may_at_all(organisation, Action::AuditTrail, Right::Export)?;
    let reach = trail::reach(context, organisation)?;
    let account = person(context)?;
    // A name that two people have is asked about now, not in an hour.
    trail::read(app, context, organisation, &filter, (None, 1))?;
    let mut tx = app.store.write()?;
    let last = counter::last(&mut tx, "audit")?;
    let asked = Asked { filter, reach, last, english: context.lang == Lang::En, format };
    for job in jobs::of_account(&mut tx, account, Kind::Export.name(), LISTED)? {
        let is_same = Asked::of(&job).is_ok_and(|own| Asked { last, ..own } == asked);
        if is_same && job.ended_at.is_none() {
            return Ok(job.id);
        }
    }
    let key = format!("{account}-{}", counter::next(&mut tx, "export")?);
    let detail = serde_json::to_value(&asked).map_err(|wrong| Error::Internal(wrong.to_string()))?;
    let id = enqueue(&mut tx, context, Kind::Export, &key, &detail)?;
    let id = id.ok_or_else(|| Error::Internal(format!("export {key} is there")))?;
    let said = json!({ "filter": asked.filter, "format": format.ending() });
    audit::record(app, &mut tx, context, "audit.export", &format!("job/{id}"), &said)?;
    tx.commit()?;
    Ok(id)
}

/// Whose exports are asked about.
fn person(context: &Context) -> Result<AccountId> {
    match &context.actor {
        Actor::Account { id, .. } => Ok(*id),
        Actor::Operator | Actor::System | Actor::Visitor => Err(Error::NotSignedIn),
    }
}

/// An export of one's own; anybody else's is not there, and neither is one of a list that one no longer reads as far.
pub(super) fn kept(
    tx: &mut Read,
    context: &Context,
    organisation: &Organisation,
    id: i64,
) -> Result<(Job, Asked)> {
    let account = person(context)?;
    let missing = || Error::missing("export", id);
    let job = jobs::by_id(tx, id)?.ok_or_else(missing)?;
    if job.account != Some(account) || job.kind != Kind::Export.name() {
        return Err(missing());
    }
    let asked = Asked::of(&job)?;
    if trail::reach(context, organisation)? == asked.reach { Ok((job, asked)) } else { Err(missing()) }
}

/// One of one's own exports.
pub fn look(app: &App, context: &Context, organisation: &Organisation, id: i64) -> Result<Export> {
    let (job, _) = kept(&mut app.store.read()?, context, organisation, id)?;
    Ok(Export::of(&job, context.now.as_millisecond()))
}

/// One's own exports of the last day, and those under way, newest first.
pub fn own(app: &App, context: &Context) -> Result<Vec<Export>> {
    let (account, now) = (person(context)?, context.now.as_millisecond());
    let jobs = jobs::of_account(&mut app.store.read()?, account, Kind::Export.name(), LISTED)?;
    let exports = jobs.iter().map(|job| Export::of(job, now));
    Ok(exports.filter(|export| !export.is_over && export.state != State::Cancelled).collect())
}

/// Stops one of one's own exports.
pub fn cancel(app: &App, context: &Context, organisation: &Organisation, id: i64) -> Result<()> {
    let mut tx = app.store.write()?;
    let (job, _) = kept(&mut tx, context, organisation, id)?;
    if !jobs::cancel(&mut tx, id, context.now.as_millisecond())? {
        return Err(Error::refused(context.lang.jobs().has_ended()));
    }
    let detail = json!({ "kind": job.kind, "occasion": job.key });
    audit::record(app, &mut tx, context, "job.cancel", &format!("job/{id}"), &detail)?;
    Ok(tx.commit()?)
}
