//! What the company settled about its metrics: versioned, dated by month, never reaching a month that was closed.

use dacheng_domain::access::{Action, Object, Owner, Right};
use dacheng_domain::calendar::Month;
use dacheng_domain::metrics::{MetricSettings, MetricVersion, NotAdded};
use dacheng_domain::tracking::close::MonthStanding;
use dacheng_store::{Read, closes, settings};
use dacheng_text::{date, metric};
use serde_json::json;

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

/// Adds a version of a metric's settings, by somebody who saw version `seen` of all of them; answers the new one.
pub fn settle(app: &App, context: &Context, version: MetricVersion, seen: i64) -> Result<i64> {
    let mut tx = app.store.write()?;
    let ground = app.memory.ground(&mut tx)?;
    let object = Object::on(Owner::Company, context.today);
    context.may(&ground.organisation, Action::MetricsRules, Right::Update, &object)?;
    let (mut kept, found) = current(&mut tx)?;
    let closed = closes::all(&mut tx)?.into_iter().filter(|close| close.standing != MonthStanding::Open);
    let closed = closed.map(|close| close.month).max().map(month_of).transpose()?;
    let added = kept.add(version, closed).map_err(|wrong| refused(context, version, wrong))?;
    let value = serde_json::to_string(&kept).map_err(|wrong| Error::Internal(wrong.to_string()))?;
    let now = context.now.as_millisecond();
    if seen != found || !settings::append(&mut tx, NAME, seen, &value, now, context.actor.name())? {
        return Err(Error::Stale { seen, found });
    }
    audit::record(app, &mut tx, context, "metric.settle", NAME, &json!({ "metric": added }))?;
    tx.commit()?;
    Ok(seen + 1)
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
    })
}
