//! Entering values by hand: the sheet of a metric and month, and what is entered into it, all of it or nothing.

use std::collections::BTreeMap;

use dacheng_domain::calendar::{Deadline, Month};
use dacheng_domain::metrics::Metric;
use dacheng_domain::metrics::own::{CannotEnter, Months, Own};
use dacheng_store::metric_values::{self, MetricValue};
use dacheng_store::{Read, Write};
use dacheng_text::{date, metric as named};
use serde_json::json;

use super::define::last_closed;
use super::reporting::{Reporting, carriers, person, reporting};
use crate::allocation::{Owner, month_number};
use crate::facts::ground::Ground;
use crate::planning::written;
use crate::{App, Context, Error, Result, audit, company};

/// The longest note beside a value, in characters.
pub const LONGEST_NOTE: usize = 200;

/// The values of a metric in a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Of which metric.
    pub metric: Own,
    /// Of which month.
    pub month: Month,
    /// Everybody for whom a value is entered, and whoever has one besides.
    pub rows: Vec<SheetRow>,
    /// Why nothing can be entered, where that is so.
    pub refused: Option<CannotEnter>,
    /// Why what was entered can no longer be changed, where that is so.
    pub kept: Option<CannotEnter>,
    /// By when the values are due.
    pub due: Option<Deadline>,
    /// How the asker comes to enter them.
    pub reporting: Reporting,
}

/// The value of an owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetRow {
    /// Whose.
    pub owner: Owner,
    /// Their name.
    pub name: String,
    /// What was entered, in the metric's smallest unit.
    pub amount: Option<i64>,
    /// What the reporter says to it.
    pub note: String,
    /// The version of the value; 0 where none was ever entered.
    pub version: i64,
    /// Who entered it and when, UTC milliseconds.
    pub by: Option<(String, i64)>,
    /// Whether it is the asker's own, which they do not enter.
    pub is_own: bool,
    /// Whether it can be entered or changed.
    pub is_open: bool,
}

/// A value to be entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Whose.
    pub owner: Owner,
    /// How much, in the metric's smallest unit; `None` takes a value back.
    pub amount: Option<i64>,
    /// What is said to it; as before where absent.
    pub note: Option<String>,
    /// The version that was seen; the one that stands where absent.
    pub seen: Option<i64>,
}

/// What was entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entered {
    /// Values that changed.
    pub changed: usize,
}

/// The metric of a code, where the asker enters it.
fn entered_by(
    context: &Context,
    tx: &mut Read,
    app: &App,
    code: &str,
    month: Month,
) -> Result<(Own, Reporting)> {
    let missing = || Error::missing("metric", code);
    let own = app.memory.catalogue(tx)?.read(code).ok().and_then(Metric::own).ok_or_else(missing)?;
    let ground = app.memory.ground(tx)?;
    let how = reporting(context, &ground, own, month).ok_or_else(missing)?;
    Ok((own, how))
}

/// The sheet of a metric and month, for whoever enters it.
pub fn sheet(app: &App, context: &Context, code: &str, month: Month) -> Result<Sheet> {
    let mut tx = app.store.read()?;
    let (own, reporting) = entered_by(context, &mut tx, app, code, month)?;
    let ground = app.memory.ground(&mut tx)?;
    let standing = standing(&mut tx, own, month)?;
    let months = Months { running: Month::of(context.today), closed: last_closed(&mut tx)? };
    let calendar = company::current(&mut tx)?.0.calendar();
    let asker = person(context, &ground);
    let (refused, kept) = (own.enter(month, months).err(), own.revise(month, months).err());
    Ok(Sheet {
        metric: own,
        month,
        rows: rows(&ground, (own, month), (refused, kept), &standing, asker.as_deref()),
        refused,
        kept,
        due: own.due(month, &calendar),
        reporting,
    })
}

fn rows(
    ground: &Ground,
    (own, month): (Own, Month),
    (refused, kept): (Option<CannotEnter>, Option<CannotEnter>),
    standing: &BTreeMap<Owner, MetricValue>,
    asker: Option<&str>,
) -> Vec<SheetRow> {
    let mut owners = own.entering(month).map_or_else(Vec::new, |own| carriers(ground, own.carried_by, month));
    let others = standing.iter().filter(|(_, value)| value.amount.is_some()).map(|(owner, _)| owner);
    let others: Vec<Owner> = others.filter(|owner| !owners.contains(owner)).cloned().collect();
    owners.extend(others);
    let row = |owner: Owner| {
        let value = standing.get(&owner);
        let is_own = Owner::member(asker.unwrap_or_default()) == owner;
        let stays = kept.is_some() && value.is_some_and(|value| value.amount.is_some());
        SheetRow {
            name: owner.name(ground).to_owned(),
            amount: value.and_then(|value| value.amount),
            note: value.map(|value| value.note.clone()).unwrap_or_default(),
            version: value.map_or(0, |value| value.version),
            by: value.map(|value| (value.actor.clone(), value.recorded_at)),
            is_own,
            is_open: refused.is_none() && !stays && !is_own,
            owner,
        }
    };
    owners.into_iter().map(row).collect()
}

/// The newest version of every value of a month, by owner.
fn standing(tx: &mut Read, own: Own, month: Month) -> Result<BTreeMap<Owner, MetricValue>> {
    let number = month_number(month);
    let found = metric_values::standing(tx, own.code(), (number, number), i64::MAX)?.into_iter();
    Ok(found.map(|value| (Owner { kind: value.owner_kind, code: value.owner.clone() }, value)).collect())
}

/// Enters values of a month, all of them or none. What stands already changes nothing.
pub fn enter(app: &App, context: &Context, code: &str, month: Month, entries: &[Entry]) -> Result<Entered> {
    enter_all(app, context, code, &[(month, entries.to_vec())].into())
}

/// Enters values of several months, all of them or none.
pub(super) fn enter_all(
    app: &App,
    context: &Context,
    code: &str,
    entries: &BTreeMap<Month, Vec<Entry>>,
) -> Result<Entered> {
    let mut tx = app.store.write()?;
    let ground = app.memory.ground(&mut tx)?;
    let months = Months { running: Month::of(context.today), closed: last_closed(&mut tx)? };
    let mut entered = Entered { changed: 0 };
    let mut wrong = Vec::new();
    for (month, entries) in entries {
        let (own, _) = entered_by(context, &mut tx, app, code, *month)?;
        if let Err(refused) = own.enter(*month, months) {
            wrong.push(cannot_enter(context, own, refused));
            continue;
        }
        let before = standing(&mut tx, own, *month)?;
        match changes(context, &ground, (own, *month, months), entries, &before) {
            Ok(changes) => entered.changed += write(app, &mut tx, context, (own, *month), &changes)?,
            Err(Error::Refused(sentences)) => wrong.extend(sentences),
            Err(other) => return Err(other),
        }
    }
    if !wrong.is_empty() {
        return Err(Error::Refused(wrong));
    }
    tx.commit()?;
    Ok(entered)
}

/// The versions that entries make, or everything that is wrong with them.
fn changes(
    context: &Context,
    ground: &Ground,
    (own, month, months): (Own, Month, Months),
    entries: &[Entry],
    before: &BTreeMap<Owner, MetricValue>,
) -> Result<Vec<MetricValue>> {
    let carried = own.entering(month).map_or_else(Vec::new, |own| carriers(ground, own.carried_by, month));
    let asker = person(context, ground);
    let (mut changes, mut wrong) = (Vec::new(), Vec::new());
    for entry in entries {
        let found = before.get(&entry.owner);
        match changed(context, own, (entry, found), (month, months), (&carried, asker.as_deref())) {
            Ok(change) => changes.extend(change),
            Err(Error::Refused(sentences)) => wrong.extend(sentences),
            Err(other) => return Err(other),
        }
    }
    if wrong.is_empty() { Ok(changes) } else { Err(Error::Refused(wrong)) }
}

fn write(
    app: &App,
    tx: &mut Write,
    context: &Context,
    (own, month): (Own, Month),
    changes: &[MetricValue],
) -> Result<usize> {
    if changes.is_empty() {
        return Ok(0);
    }
    for change in changes {
        if !metric_values::append(tx, change)? {
            return Err(Error::Stale { seen: change.version - 1, found: change.version });
        }
    }
    let value = |change: &MetricValue| {
        let owner = Owner { kind: change.owner_kind, code: change.owner.clone() };
        let amount = change.amount.map(|amount| written(Metric::Own(own), amount));
        json!({ "owner": owner.to_string(), "value": amount, "version": change.version, "note": change.note })
    };
    let detail = json!({ "month": month, "values": changes.iter().map(value).collect::<Vec<_>>() });
    audit::record(app, tx, context, "metric.enter", &format!("metric/{}", own.code()), &detail)?;
    Ok(changes.len())
}

/// The version that an entry makes; `None` where it says what stands.
fn changed(
    context: &Context,
    own: Own,
    (entry, found): (&Entry, Option<&MetricValue>),
    (month, months): (Month, Months),
    (carried, asker): (&[Owner], Option<&str>),
) -> Result<Option<MetricValue>> {
    let say = context.lang.own_metrics();
    let version = found.map_or(0, |value| value.version);
    if let Some(seen) = entry.seen.filter(|seen| *seen != version) {
        return Err(Error::Stale { seen, found: version });
    }
    let note = entry.note.as_ref().map(|note| note.trim().to_owned());
    let note = note.unwrap_or_else(|| found.map(|value| value.note.clone()).unwrap_or_default());
    let stands = (found.and_then(|value| value.amount), found.map_or("", |value| value.note.as_str()));
    if stands == (entry.amount, note.as_str()) {
        return Ok(None);
    }
    if found.is_some_and(|value| value.amount.is_some()) {
        own.revise(month, months).map_err(|wrong| Error::refused(cannot_enter(context, own, wrong)))?;
    }
    if Owner::member(asker.unwrap_or_default()) == entry.owner {
        return Err(Error::refused(say.own_value()));
    }
    if !carried.contains(&entry.owner) && found.is_none() {
        return Err(Error::refused(say.not_carried(entry.owner.to_string())));
    }
    if note.chars().count() > LONGEST_NOTE {
        return Err(Error::refused(say.long_note(LONGEST_NOTE)));
    }
    Ok(Some(MetricValue {
        metric: own.code().to_owned(),
        owner_kind: entry.owner.kind,
        owner: entry.owner.code.clone(),
        month: month_number(month),
        version: version + 1,
        amount: entry.amount,
        note,
        recorded_at: context.now.as_millisecond(),
        actor: context.actor_name(),
    }))
}

/// Why nothing can be entered, in a sentence.
pub fn cannot_enter(context: &Context, own: Own, wrong: CannotEnter) -> String {
    let (lang, say) = (context.lang, context.lang.own_metrics());
    match wrong {
        CannotEnter::Computed => say.computed(named::name(lang, Metric::Own(own))),
        CannotEnter::Retired => say.is_retired(named::name(lang, Metric::Own(own))),
        CannotEnter::Closed(month) => say.closed(date::month(lang, month.year(), month.number())),
        CannotEnter::Ahead => say.ahead().to_owned(),
    }
}

/// Every version of a value, the newest first, for whoever enters the metric.
pub fn history(
    app: &App,
    context: &Context,
    code: &str,
    owner: &Owner,
    month: Month,
) -> Result<Vec<MetricValue>> {
    let mut tx = app.store.read()?;
    let (own, _) = entered_by(context, &mut tx, app, code, month)?;
    Ok(metric_values::versions(&mut tx, own.code(), (owner.kind, &owner.code), month_number(month))?)
}
