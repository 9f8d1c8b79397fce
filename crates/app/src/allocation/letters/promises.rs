//! Support that was promised: what came of it, noted by who promised or by sales operations.

use dacheng_domain::access::{Right, Role};
use dacheng_domain::allocation::letter::{Promise, Promiser, Standing, standing};
use dacheng_domain::people::Organisation;
use dacheng_store::Read;
use dacheng_store::letters::{self, Delivery, Promised};
use jiff::civil::Date;
use serde_json::json;

use super::allow;
use super::change::found;
use crate::{App, Context, Error, Result, audit};

/// A promise of the letter in force with what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PromiseView {
    /// What, how often, by whom, until when.
    pub promise: Promise,
    /// How often it came.
    pub delivered: u32,
    /// How it stands today.
    pub standing: Standing,
    /// What came, oldest first.
    pub deliveries: Vec<Delivery>,
    /// Whether the asker may note that it came.
    pub may_note: bool,
    /// What a note has to name.
    pub revision: i64,
}

/// Notes that something promised came, by somebody who saw `seen`. Answers how it stands then.
pub fn deliver(
    app: &App,
    context: &Context,
    (number, promise): (&str, i64),
    seen: i64,
    (times, day, note): (u32, Date, &str),
) -> Result<Standing> {
    let say = context.lang.responsibility();
    let mut tx = app.store.write()?;
    let (letter, opened) = found(app, &mut tx, number)?;
    let organisation = &opened.ground.organisation;
    let member = allow::member_of(organisation, &letter.member)?;
    let kept =
        letters::promise(&mut tx, letter.id, promise)?.ok_or_else(|| Error::missing("promise", promise))?;
    let issues = allow::may(context, organisation, Right::Issue, member, allow::day(context, &opened));
    if !is_promiser(context, organisation, &kept.promise.by) && issues.is_err() {
        return Err(Error::Forbidden(say.not_promiser().to_owned()));
    }
    if times == 0 || times > 1_000 {
        return Err(Error::refused(say.delivered_none()));
    }
    if day > context.today {
        return Err(Error::refused(say.delivered_day()));
    }
    let delivery = Delivery {
        number: 0,
        times: times.into(),
        day,
        note: note.trim().chars().take(400).collect(),
        recorded_at: context.now.as_millisecond(),
        actor: context.actor_name(),
    };
    let seen_one = Promised { revision: seen, ..kept.clone() };
    if letters::deliver(&mut tx, &seen_one, &delivery)?.is_none() {
        return Err(Error::Stale { seen, found: kept.revision });
    }
    let detail = json!({ "promise": promise, "times": times, "day": day, "note": delivery.note });
    audit::record(app, &mut tx, context, "letter.deliver", &format!("letter/{number}"), &detail)?;
    tx.commit()?;
    Ok(standing(&kept.promise, count(kept.delivered + delivery.times), context.today))
}

/// Whether the asker is who promised, or works for the department that did.
pub(super) fn is_promiser(context: &Context, organisation: &Organisation, by: &Promiser) -> bool {
    match by {
        Promiser::Member(code) => {
            let member = organisation.member_of_code(code);
            member.is_some_and(|own| allow::is_own(context, organisation, own.id))
        }
        Promiser::Department(name) => {
            let role: Option<Role> = serde_json::from_value(name.as_str().into()).ok();
            role.is_some_and(|role| context.access.roles().any(|held| held == role))
        }
    }
}

/// The promises of a letter in force.
pub(super) fn promises(
    tx: &mut Read,
    context: &Context,
    organisation: &Organisation,
    letter: i64,
    issues: bool,
) -> Result<Vec<PromiseView>> {
    let mut came = letters::deliveries(tx, letter)?;
    let view = |own: Promised| {
        let number = i64::from(own.promise.number);
        let deliveries = came.extract_if(.., |(of, _)| *of == number).map(|(_, own)| own).collect();
        let delivered = count(own.delivered);
        PromiseView {
            delivered,
            standing: standing(&own.promise, delivered, context.today),
            may_note: issues || is_promiser(context, organisation, &own.promise.by),
            promise: own.promise,
            deliveries,
            revision: own.revision,
        }
    };
    Ok(letters::promised(tx, letter)?.into_iter().map(view).collect())
}

fn count(number: i64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
