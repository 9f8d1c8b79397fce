//! What the company settled about its metrics: versioned, dated by month, never reaching a month that was closed.

use dacheng_domain::access::{Action, Object, Owner, Right};
use dacheng_domain::calendar::Month;
use dacheng_domain::facts::row::OpportunityRow;
use dacheng_domain::facts::silence::{FEWEST_DAYS, MOST_DAYS, Silence};
use dacheng_domain::metrics::{MetricSettings, MetricVersion, NotAdded};
use dacheng_domain::tracking::close::MonthStanding;
use dacheng_rollup::Delta;
use dacheng_store::facts::View;
use dacheng_store::{Read, Write, closes, counter, settings};
use dacheng_text::{date, metric};
use serde_json::json;

use crate::facts::alone::each_of;
use crate::facts::commit::{Alters, Change, commit};
use crate::facts::crediting::add_resettled;
use crate::facts::delta::Touched;
use crate::tracking::month_of;
use crate::{App, Context, Error, Result, audit};

/// The setting's name in `store`.
const NAME: &str = "metrics";

/// Every version of every metric, and the version of the setting (0 where nothing was settled yet).
pub fn current(tx: &mut Read) -> Result<(MetricSettings, i64)> {
    match settings::current(tx, NAME)? {
        None => Ok((MetricSettings::default(), 0)),
        Some(setting) => {
            let found = serde_json::from_str(&setting.value)
                .map_err(|wrong| Error::Internal(format!("metric settings: {wrong}")))?;
            Ok((found, setting.version))
        }
    }
}

/// Adds a version of a metric's settings, by somebody who saw version `seen` of all of them; answers the new one. Where it says
/// otherwise how long an opportunity may be silent, those that are lost on another day for it move in the same commit.
pub fn settle(app: &App, context: &Context, version: MetricVersion, seen: i64) -> Result<i64> {
    let mut tx = app.store.read()?;
    let ground = app.memory.ground(&mut tx)?;
    let object = Object::on(Owner::Company, context.today);
    context.may(&ground.organisation, Action::MetricsRules, Right::Update, &object)?;
    let silence = added(context, &mut tx, version)?.0.silence();
    if silence == ground.silence {
        drop(tx);
        let mut tx = app.store.write()?;
        append(app, context, &mut tx, version, seen)?;
        tx.commit()?;
        return Ok(seen + 1);
    }
    let resettled = |tx: &mut Read, base: i64| resettled(app, tx, version.valid_from, &silence, base);
    let base = counter::last(&mut tx, counter::CHANGE)?;
    let delta = resettled(&mut tx, base)?;
    drop(tx);
    let finish = |tx: &mut Write, _| append(app, context, tx, version, seen);
    commit(app, Change { base, delta }, Alters::Ground, resettled, finish)?;
    Ok(seen + 1)
}

/// What opportunities of a month and later ones credit otherwise under a rule of silence.
fn resettled(app: &App, tx: &mut Read, from: Month, silence: &Silence, base: i64) -> Result<Delta> {
    let ground = app.memory.ground(tx)?;
    let mut delta = Delta::default();
    each_of::<OpportunityRow>(tx, Touched::since(Some(from.first_day())), View::at(base), &mut |fact| {
        add_resettled(fact, &ground, silence, &mut delta);
    })?;
    Ok(delta)
}

/// All settings with a version more, its number in it, and the version of all of them before.
fn added(
    context: &Context,
    tx: &mut Read,
    version: MetricVersion,
) -> Result<(MetricSettings, MetricVersion, i64)> {
    let (mut kept, found) = current(tx)?;
    let closed = closes::all(tx)?.into_iter().filter(|close| close.standing != MonthStanding::Open);
    let closed = closed.map(|close| close.month).max().map(month_of).transpose()?;
    let added = kept.add(version, closed).map_err(|wrong| refused(context, version, wrong))?;
    Ok((kept, added, found))
}

fn append(app: &App, context: &Context, tx: &mut Write, version: MetricVersion, seen: i64) -> Result<()> {
    let (kept, added, found) = added(context, tx, version)?;
    let value = serde_json::to_string(&kept).map_err(|wrong| Error::Internal(wrong.to_string()))?;
    let now = context.now.as_millisecond();
    if seen != found || !settings::append(tx, NAME, seen, &value, now, context.actor.name())? {
        return Err(Error::Stale { seen, found });
    }
    audit::record(app, tx, context, "metric.settle", NAME, &json!({ "metric": added }))
}

fn refused(context: &Context, version: MetricVersion, wrong: NotAdded) -> Error {
    let (lang, say) = (context.lang, context.lang.measures());
    let month = |month: Month| date::month(lang, month.year(), month.number());
    let name = metric::name(lang, version.metric);
    Error::refused(match wrong {
        NotAdded::ClosedMonth(closed) => say.refused_closed(month(closed)),
        NotAdded::BeforeAnother(last) => say.refused_before(name, month(last)),
        NotAdded::WindowOfAnother => say.refused_window(name),
        NotAdded::OutOfBounds => say.refused_bounds().to_owned(),
        NotAdded::SilenceOfAnother => say.refused_silence(name),
        NotAdded::SilenceOutOfBounds => say.refused_silence_bounds(FEWEST_DAYS, MOST_DAYS),
    })
}
