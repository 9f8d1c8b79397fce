//! What the company settled about its pipeline: what stages weigh and where coverage is red, by versions from a month on.

use dacheng_domain::access::{Action, Object, Owner, Right};
use dacheng_domain::calendar::Month;
use dacheng_domain::tracking::pipeline::{NotSettled, PipelineSettings, PipelineVersion};
use dacheng_store::{Read, settings};
use dacheng_text::date;
use serde_json::json;

use crate::{App, Context, Error, Result, audit};

/// The setting's name in `store`.
const NAME: &str = "pipeline";
/// Stages that can be settled at most.
const MOST_STAGES: usize = 30;

/// Every version, and the version of the setting (0 where nothing was settled yet).
pub fn current(tx: &mut Read) -> Result<(PipelineSettings, i64)> {
    match settings::current(tx, NAME)? {
        None => Ok((PipelineSettings::default(), 0)),
        Some(setting) => {
            let found = serde_json::from_str(&setting.value)
                .map_err(|wrong| Error::Internal(format!("pipeline settings: {wrong}")))?;
            Ok((found, setting.version))
        }
    }
}

/// Adds a version, by somebody who saw version `seen` of the setting; answers the new one.
pub fn settle(app: &App, context: &Context, version: PipelineVersion, seen: i64) -> Result<i64> {
    let mut tx = app.store.write()?;
    let ground = app.memory.ground(&mut tx)?;
    let object = Object::on(Owner::Company, context.today);
    context.may(&ground.organisation, Action::MetricsRules, Right::Update, &object)?;
    let say = context.lang.pipeline();
    if version.stages.len() > MOST_STAGES {
        return Err(Error::refused(say.refused_stages(MOST_STAGES)));
    }
    let running = Month::of(context.today);
    if version.valid_from < running {
        return Err(Error::refused(say.refused_past(said(context, running))));
    }
    let (mut kept, found) = current(&mut tx)?;
    let added = kept.add(version).map_err(|wrong| refused(context, wrong))?;
    let value = serde_json::to_string(&kept).map_err(|wrong| Error::Internal(wrong.to_string()))?;
    let now = context.now.as_millisecond();
    if seen != found || !settings::append(&mut tx, NAME, seen, &value, now, context.actor.name())? {
        return Err(Error::Stale { seen, found });
    }
    audit::record(app, &mut tx, context, "pipeline.settle", NAME, &json!({ "pipeline": added }))?;
    tx.commit()?;
    Ok(seen + 1)
}

fn said(context: &Context, month: Month) -> String {
    date::month(context.lang, month.year(), month.number())
}

fn refused(context: &Context, wrong: NotSettled) -> Error {
    let say = context.lang.pipeline();
    Error::refused(match wrong {
        NotSettled::BeforeAnother(last) => say.refused_before(said(context, last)),
        NotSettled::Limit => say.refused_limit().to_owned(),
        NotSettled::Weight => say.refused_weight().to_owned(),
    })
}
