//! Defining, changing and retiring an own metric. Every change is a further version with its audit entry; nothing is taken back.

use dacheng_domain::access::{Action, Object, Owner, Right};
use dacheng_domain::calendar::Month;
use dacheng_domain::metrics::own::{
    CannotDefine, LONGEST_CODE, LONGEST_NAME, MadeOf, OwnSpec, OwnSpecs, OwnVersion, Reporter,
};
use dacheng_domain::tracking::close::MonthStanding;
use dacheng_store::{Read, Write, closes, settings};
use dacheng_text::{Lang, date};
use serde_json::json;

use super::{NAME, specs};
use crate::facts::ground::Ground;
use crate::tracking::month_of;
use crate::{App, Context, Error, Result, audit};

/// A metric to be defined: what is kept of it, with its first version.
pub type NewMetric = OwnSpec;

/// Defines a metric, by somebody who saw version `seen` of all of them; answers the new one.
pub fn define(app: &App, context: &Context, new: &NewMetric, seen: i64) -> Result<i64> {
    let mut tx = open(app, context)?;
    for version in &new.versions {
        check_names(app, &mut tx, context, version)?;
    }
    let (mut kept, found) = specs(&mut tx)?;
    kept.define(new.clone()).map_err(|wrong| refused(context.lang, &new.code, &wrong))?;
    save(app, tx, context, &kept, (seen, found), ("metric.define", &new.code))
}

/// Changes a metric from a month on, by somebody who saw version `seen` of all of them; answers the new one.
pub fn change(app: &App, context: &Context, code: &str, version: &OwnVersion, seen: i64) -> Result<i64> {
    let mut tx = open(app, context)?;
    check_names(app, &mut tx, context, version)?;
    let (mut kept, found) = specs(&mut tx)?;
    if kept.of_code(code).is_none() {
        return Err(Error::missing("metric", code));
    }
    let closed = last_closed(&mut tx)?;
    kept.change(code, version.clone(), closed).map_err(|wrong| refused(context.lang, code, &wrong))?;
    let act = if version.retired { "metric.retire" } else { "metric.change" };
    save(app, tx, context, &kept, (seen, found), (act, code))
}

/// Retires a metric from a month on: its history stays, and it is offered for nothing new.
pub fn retire(app: &App, context: &Context, code: &str, from: Month, seen: i64) -> Result<i64> {
    let (kept, _) = specs(&mut app.store.read()?)?;
    let last = kept.of_code(code).and_then(|own| own.versions.last());
    let last = last.ok_or_else(|| Error::missing("metric", code))?;
    let version = OwnVersion { valid_from: from, retired: true, ..last.clone() };
    change(app, context, code, &version, seen)
}

/// The last month that was ever closed.
pub(crate) fn last_closed(tx: &mut Read) -> Result<Option<Month>> {
    let closed = closes::all(tx)?.into_iter().filter(|close| close.standing != MonthStanding::Open);
    closed.map(|close| close.month).max().map(month_of).transpose()
}

fn open(app: &App, context: &Context) -> Result<Write> {
    let mut tx = app.store.write()?;
    let ground = app.memory.ground(&mut tx)?;
    let object = Object::on(Owner::Company, context.today);
    context.may(&ground.organisation, Action::MetricsRules, Right::Update, &object)?;
    Ok(tx)
}

fn save(
    app: &App,
    mut tx: Write,
    context: &Context,
    kept: &OwnSpecs,
    (seen, found): (i64, i64),
    (act, code): (&str, &str),
) -> Result<i64> {
    let value = serde_json::to_string(kept).map_err(|wrong| Error::Internal(wrong.to_string()))?;
    let now = context.now.as_millisecond();
    if seen != found || !settings::append(&mut tx, NAME, seen, &value, now, context.actor.name())? {
        return Err(Error::Stale { seen, found });
    }
    let spec = kept.of_code(code);
    let detail = json!({
        "kind": spec.map(|own| own.kind),
        "unit": spec.map(|own| own.unit),
        "direction": spec.map(|own| own.direction),
        "version": spec.and_then(|own| own.versions.last()),
    });
    audit::record(app, &mut tx, context, act, &format!("metric/{code}"), &detail)?;
    tx.commit()?;
    Ok(seen + 1)
}

/// What a filter names, and who reports, has to be there: a slip of the pen would count nothing without a word.
fn check_names(app: &App, tx: &mut Read, context: &Context, version: &OwnVersion) -> Result<()> {
    let ground = app.memory.ground(tx)?;
    let say = context.lang.own_metrics();
    let mut unknown = Vec::new();
    match &version.made_of {
        MadeOf::Facts(facts) => {
            let filter = &facts.filter;
            let known = ground.names();
            let lists = [
                (&filter.product_lines, &known.lines, say.product_lines()),
                (&filter.regions, &known.regions, say.regions()),
                (&filter.customer_types, &known.customer_types, say.customer_types()),
            ];
            for (wanted, known, what) in lists {
                unknown.extend(wanted.difference(known).map(|name| say.unknown_name(what, name)));
            }
        }
        MadeOf::Entered(entering) => match &entering.reporter {
            Reporter::Member(code) if !is_member(&ground, code) => unknown.push(say.unknown_reporter(code)),
            Reporter::Member(_) | Reporter::Post(_) => {}
        },
        MadeOf::Ratio { .. } => {}
    }
    if unknown.is_empty() { Ok(()) } else { Err(Error::Refused(unknown)) }
}

fn is_member(ground: &Ground, code: &str) -> bool {
    ground.organisation.member_of_code(code).is_some()
}

fn refused(lang: Lang, code: &str, wrong: &CannotDefine) -> Error {
    let say = lang.own_metrics();
    let month = |month: &Month| date::month(lang, month.year(), month.number());
    Error::refused(match wrong {
        CannotDefine::Code => say.wrong_code(LONGEST_CODE),
        CannotDefine::Taken => say.code_taken(code),
        CannotDefine::Unknown => say.unknown_metric(code),
        CannotDefine::Name => say.wrong_name(LONGEST_NAME),
        CannotDefine::Unit => say.wrong_unit().to_owned(),
        CannotDefine::Kind => say.wrong_kind().to_owned(),
        CannotDefine::Filter => say.wrong_filter().to_owned(),
        CannotDefine::Part => say.wrong_part().to_owned(),
        CannotDefine::Sides => say.wrong_sides().to_owned(),
        CannotDefine::Window => say.wrong_window().to_owned(),
        CannotDefine::Due => say.wrong_due().to_owned(),
        CannotDefine::Reporter => say.no_reporter().to_owned(),
        CannotDefine::ClosedMonth(closed) => lang.measures().refused_closed(month(closed)),
        CannotDefine::BeforeAnother(last) => lang.measures().refused_before(code, month(last)),
        CannotDefine::InUse(user) => say.in_use(user),
    })
}
