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
use crate::allocation::Owner;
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

/// Something the asker promised, of which not all came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owed {
    /// The letter's number on paper.
    pub number: String,
    /// Whose letter, by name.
    pub member: String,
    /// What, how often, by whom, until when.
    pub promise: Promise,
    /// How often it came.
    pub delivered: u32,
    /// How it stands today.
    pub standing: Standing,
    /// What a note has to name.
    pub revision: i64,
}

/// Departments that promise support.
pub const DEPARTMENTS: [Role; 4] = [Role::Marketing, Role::SalesOperations, Role::Hr, Role::Finance];

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
    if !promisers(context, organisation).contains(&kept.promise.by) && issues.is_err() {
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

/// As whom the asker may have promised something: themselves, and the departments they work for.
pub(crate) fn promisers(context: &Context, organisation: &Organisation) -> Vec<Promiser> {
    let held = DEPARTMENTS.into_iter().filter(|role| context.access.roles().any(|held| held == *role));
    let word = |role: Role| serde_json::to_value(role).ok().and_then(|word| word.as_str().map(str::to_owned));
    let me = context.access.person(organisation).and_then(|person| person.member);
    let me =
        me.and_then(|member| organisation.member(member)).map(|own| Promiser::Member(own.code.to_string()));
    held.filter_map(word).map(Promiser::Department).chain(me).collect()
}

/// What the asker and the departments they work for promised and has not all come, due first at the top. Whoever reads no
/// letter reads of their own promises here.
pub fn owed(app: &App, context: &Context) -> Result<Vec<Owed>> {
    let mut tx = app.store.read()?;
    let ground = app.memory.ground(&mut tx)?;
    let mut owed = Vec::new();
    for by in promisers(context, &ground.organisation) {
        for (number, member, own) in letters::promised_by(&mut tx, &by)? {
            let delivered = count(own.delivered);
            owed.push(Owed {
                number,
                member: Owner::member(member).name(&ground).to_owned(),
                standing: standing(&own.promise, delivered, context.today),
                promise: own.promise,
                delivered,
                revision: own.revision,
            });
        }
    }
    owed.sort_by_key(|own| own.promise.due);
    Ok(owed)
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
    let mine = promisers(context, organisation);
    let view = |own: Promised| {
        let number = i64::from(own.promise.number);
        let deliveries = came.extract_if(.., |(of, _)| *of == number).map(|(_, own)| own).collect();
        let delivered = count(own.delivered);
        PromiseView {
            delivered,
            standing: standing(&own.promise, delivered, context.today),
            may_note: issues || mine.contains(&own.promise.by),
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
