//! Reading the audit trail: filtered, a part at a time, with what the reader may see of it, and verifying all of it.
//! Writing entries is [`crate::audit`].

use std::collections::HashMap;

use dacheng_domain::access::{Action, Object, Owner, Right};
use dacheng_domain::notification::Event;
use dacheng_domain::people::Organisation;
use dacheng_store::accounts::Account;
pub use dacheng_store::audit::Entry;
use dacheng_store::{Read, accounts, audit, counter};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::audit::{Walked, is_whole, record, walk};
use crate::outbox::{News, announce};
use crate::{App, Context, Error, Result};

/// What is asked for; blank texts ask for everything.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter {
    /// By whom: a log-in name or a shown name.
    pub who: String,
    /// What kind of thing was changed: `plan`, `account`…
    pub kind: String,
    /// Which object: `plan/2026`.
    pub object: String,
    /// The first day.
    pub from: Option<Date>,
    /// The last day.
    pub to: Option<Date>,
}

/// How much of the trail somebody reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// All of it.
    Company,
    /// What happened to their own account.
    Own,
}

/// Some entries, the newest first.
#[derive(Debug, Clone)]
pub struct Part {
    /// How much of the trail the reader sees at all.
    pub reach: Reach,
    /// The entries.
    pub entries: Vec<Entry>,
    /// The entry below which the next part begins; `None` at the end.
    pub older: Option<i64>,
    /// The entries of this part that are not what was recorded.
    pub damaged: Vec<i64>,
    /// How many entries the whole trail has.
    pub all: i64,
    /// The shown names of accounts, by log-in name and by object: all, or the reader's own.
    pub names: HashMap<String, String>,
}

/// When the whole trail was last verified.
#[derive(Debug, Clone)]
pub struct Verified {
    /// When and by whom.
    pub entry: Entry,
    /// The first entry that was damaged or missing then.
    pub damaged: Option<i64>,
}

/// What a verification is about, and what it is called.
const TRAIL: &str = "audit";
const VERIFY: &str = "audit.verify";
/// Namesakes that are told apart in a sentence.
const NAMESAKES: i64 = 6;

/// A part of the trail, below the entry `below`, at most `limit` entries.
pub fn read(
    app: &App,
    context: &Context,
    organisation: &Organisation,
    filter: &Filter,
    (below, limit): (Option<i64>, i64),
) -> Result<Part> {
    let reach = reach(context, organisation)?;
    let mut tx = app.store.read()?;
    let own = match reach {
        Reach::Company => None,
        Reach::Own => Some(format!("account/{}", context.in_person()?)),
    };
    let who = who(&mut tx, context, filter.who.trim())?;
    let act = (!filter.kind.is_empty()).then(|| format!("{}.", filter.kind));
    let start = |day: Date| app.zone.to_timestamp(day.at(0, 0, 0, 0)).ok().map(Timestamp::as_millisecond);
    let object = filter.object.trim();
    let asked = audit::Filter {
        actor: who.as_deref(),
        act: act.as_deref(),
        object: own.as_deref().or((!object.is_empty()).then_some(object)),
        since: filter.from.and_then(start),
        before: filter.to.and_then(|day| day.tomorrow().ok()).and_then(start),
    };
    let mut entries = audit::search(&mut tx, &asked, below, limit + 1)?;
    let more = i64::try_from(entries.len()).is_ok_and(|found| found > limit);
    entries.truncate(usize::try_from(limit).unwrap_or_default());
    let older = entries.last().filter(|_| more).map(|entry| entry.leaf);
    let damaged = entries.iter().filter(|entry| !is_whole(entry)).map(|entry| entry.leaf).collect();
    let names = match reach {
        Reach::Company => names(&mut tx)?,
        Reach::Own => own_name(&mut tx, context)?,
    };
    Ok(Part { reach, entries, older, damaged, all: counter::last(&mut tx, "audit")?, names })
}

fn own_name(tx: &mut Read, context: &Context) -> Result<HashMap<String, String>> {
    let id = context.in_person()?;
    let own = accounts::by_id(tx, id)?;
    let named =
        |account: Account| [(account.login, account.name.clone()), (format!("account/{id}"), account.name)];
    Ok(own.into_iter().flat_map(named).collect())
}

fn names(tx: &mut Read) -> Result<HashMap<String, String>> {
    let accounts = accounts::all(tx)?.into_iter().map(|known| known.account);
    Ok(accounts
        .flat_map(|account| {
            [(account.login, account.name.clone()), (format!("account/{}", account.id), account.name)]
        })
        .collect())
}

/// How much of the trail somebody reads; refused for those who read none of it.
pub(crate) fn reach(context: &Context, organisation: &Organisation) -> Result<Reach> {
    let scope = context.scope(organisation, Action::AuditTrail, Right::Read)?;
    if scope.view(&Object::on(Owner::Company, context.today)).is_some() {
        return Ok(Reach::Company);
    }
    context.may_at_all(organisation, Action::AuditTrail, Right::Read)?;
    Ok(Reach::Own)
}

/// The name in the records of whoever is meant; a name that two people have is refused with their log-in names.
fn who(tx: &mut Read, context: &Context, text: &str) -> Result<Option<String>> {
    if text.is_empty() {
        return Ok(None);
    }
    let mut logins = accounts::logins_of(tx, text, NAMESAKES)?;
    if logins.iter().any(|login| login == text) || logins.is_empty() {
        return Ok(Some(text.to_lowercase()));
    }
    if logins.len() > 1 {
        let texts = context.lang.people();
        return Err(Error::refused(texts.namesakes(text, logins.join(texts.comma()))));
    }
    Ok(logins.pop())
}

/// The newest change of an object: who was first, where two saved at once.
pub fn last_change(app: &App, object: &str) -> Result<Option<Entry>> {
    Ok(audit::of_object(&mut app.store.read()?, object, None, 1)?.pop())
}

/// Recomputes the whole trail, records that, and tells of damage; answers the first entry that is damaged or missing. By an
/// auditor.
pub fn verify(app: &App, context: &Context, organisation: &Organisation) -> Result<Option<i64>> {
    let company = Object::on(Owner::Company, context.today);
    context.may(organisation, Action::AuditTrail, Right::Verify, &company)?;
    Ok(verify_all(app, context, |_, _| Ok::<(), Error>(()))?.damaged)
}

/// The same for whoever asks nobody, as the program itself does at night. `note` is told now and then how many entries of how
/// many were read, and may stop it.
pub(crate) fn verify_all<E: From<Error>>(
    app: &App,
    context: &Context,
    note: impl FnMut(i64, i64) -> std::result::Result<(), E>,
) -> std::result::Result<Walked, E> {
    let walked = walk(app, note)?;
    note_verified(app, context, walked)?;
    Ok(walked)
}

fn note_verified(app: &App, context: &Context, walked: Walked) -> Result<()> {
    let mut tx = app.store.write()?;
    record(app, &mut tx, context, VERIFY, TRAIL, &json!({ "damaged": walked.damaged }))?;
    let damage = walked.damaged.map(|entry| News::of(Event::Damage { entry, day: context.today }));
    announce(app, &mut tx, context, damage.as_slice())?;
    Ok(tx.commit()?)
}

/// The last verification of the whole trail, where there was one.
pub fn last_verified(app: &App) -> Result<Option<Verified>> {
    let last = audit::of_object(&mut app.store.read()?, TRAIL, None, 1)?.pop();
    Ok(last.map(|entry| {
        let detail = entry.detail.as_deref().and_then(|text| serde_json::from_str(text).ok());
        let damaged = detail.and_then(|detail: serde_json::Value| detail["damaged"].as_i64());
        Verified { entry, damaged }
    }))
}
