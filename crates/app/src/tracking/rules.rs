//! The alert rules of the company: versioned data, never changed for a month that is closed.

use dacheng_domain::access::{Action, Object, Owner, Right};
use dacheng_domain::calendar::Month;
use dacheng_domain::tracking::alert::{AlertRule, default_rules};
use dacheng_domain::tracking::close::MonthStanding;
use dacheng_store::{Read, closes, settings};
use serde_json::json;

use super::month_of;
use crate::{App, Context, Error, Result, audit};

/// The setting's name in `store`.
const NAME: &str = "alert_rules";

/// Every version of every rule, and the version of the setting (0 where nothing was settled yet: the defaults).
pub fn current(tx: &mut Read) -> Result<(Vec<AlertRule>, i64)> {
    match settings::current(tx, NAME)? {
        None => {
            let ever = Month::new(1, 1).ok_or_else(|| Error::Internal("no first month".to_owned()))?;
            Ok((default_rules(ever).to_vec(), 0))
        }
        Some(setting) => {
            let rules = serde_json::from_str(&setting.value)
                .map_err(|wrong| Error::Internal(format!("alert rules: {wrong}")))?;
            Ok((rules, setting.version))
        }
    }
}

/// Adds a version of a metric's rule, by somebody who saw version `seen` of the setting; answers the new one.
/// It judges from a month that was never closed, and gets its version number here.
pub fn add(app: &App, context: &Context, rule: AlertRule, seen: i64) -> Result<i64> {
    let mut tx = app.store.write()?;
    let ground = app.memory.ground(&mut tx)?;
    let object = Object::on(Owner::Company, context.today);
    context.may(&ground.organisation, Action::MetricsRules, Right::Update, &object)?;
    let (mut rules, found) = current(&mut tx)?;
    let closed = closes::all(&mut tx)?.into_iter().filter(|close| close.standing != MonthStanding::Open);
    if let Some(last) = closed.map(|close| close.month).max()
        && rule.valid_from <= month_of(last)?
    {
        return Err(Error::refused(context.lang.tracking_close().rule_of_closed_month(month_of(last)?)));
    }
    let version =
        rules.iter().filter(|own| own.metric == rule.metric).map(|own| own.version).max().unwrap_or(0) + 1;
    rules.push(AlertRule { version, ..rule });
    let value = serde_json::to_string(&rules).map_err(|wrong| Error::Internal(wrong.to_string()))?;
    let now = context.now.as_millisecond();
    if seen != found || !settings::append(&mut tx, NAME, seen, &value, now, context.actor.name())? {
        return Err(Error::Stale { seen, found });
    }
    audit::record(app, &mut tx, context, "alert_rule.add", NAME, &json!({ "rule": rules.last() }))?;
    tx.commit()?;
    Ok(seen + 1)
}
