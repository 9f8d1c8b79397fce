//! Figures for programs: attainment by any dimension, and the facts behind a figure.

use axum::extract::{Query, State};
use axum::response::IntoResponse;
use axum::{Extension, Json};
use dacheng_app::figures::attainment::table_in;
use dacheng_app::figures::explain::explain;
use dacheng_app::figures::{Ask, Dimension, read_owner, read_period};
use dacheng_app::{App, Context, Error, Read, Result, company};
use dacheng_domain::access::{Action, Object, Owner as Whose, Right};
use dacheng_domain::metrics::Metric;
use dacheng_rollup::Owner;
use serde::Deserialize;
use serde_json::json;

use crate::http::{Reply, Visitor, Web};

/// A figure asked for; the names are those of the command line.
#[derive(Debug, Clone, Deserialize)]
pub struct Asked {
    metric: String,
    period: String,
    #[serde(default)]
    by: String,
    owner: Option<String>,
}

impl Asked {
    /// The question, where the caller may ask it: an owner that may not be seen is not there.
    fn ask(&self, app: &App, context: &Context, tx: &mut Read) -> Result<Ask> {
        let metric: Metric = self.metric.parse().map_err(|wrong| Error::Usage(format!("{wrong}")))?;
        let (company, _) = company::current(tx)?;
        let ground = app.memory.ground(tx)?;
        let owner = self.owner.as_deref().map_or(Ok(Owner::Company), |owner| read_owner(&ground, owner))?;
        let period = read_period(&self.period, company.fiscal_start)?;
        let organisation = &ground.organisation;
        let whose = match &owner {
            Owner::Company => Whose::Company,
            Owner::Unit(code) => {
                Whose::Unit(organisation.unit_of_code(code).ok_or_else(|| Error::missing("unit", code))?.id)
            }
            Owner::Member(code) => Whose::Member(
                organisation.member_of_code(code).ok_or_else(|| Error::missing("member", code))?.id,
            ),
        };
        context.may(organisation, Action::BreakDown, Right::Read, &Object::on(whose, period.last_day()))?;
        let by = self.by.split(',').filter(|name| !name.is_empty()).map(str::parse);
        let by: Vec<Dimension> = by.collect::<Result<_>>()?;
        if by.len() > dacheng_rollup::MOST {
            return Err(Error::Usage(format!("at most {} dimensions", dacheng_rollup::MOST)));
        }
        Ok(Ask { metric, period, by, owner, as_of: None })
    }
}

/// `GET /api/v1/attainment?metric=revenue&period=2026&by=member,month&owner=unit:hd`.
pub async fn attainment(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
) -> Reply {
    let who = visitor.clone();
    let answer = web.work(&visitor, move |app| {
        let context = who.context(app);
        let mut tx = app.store.read()?;
        let ask = asked.ask(app, &context, &mut tx)?;
        let (company, _) = company::current(&mut tx)?;
        let ground = app.memory.ground(&mut tx)?;
        let table = table_in(app, &mut tx, &company, &ground, ask)?;
        Ok(table.json(&context.now.to_string()))
    });
    Ok(Json(answer.await?).into_response())
}

/// `GET /api/v1/explain?metric=revenue&period=2026-11&owner=member:4`.
pub async fn explanation(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
) -> Reply {
    let who = visitor.clone();
    let answer = web.work(&visitor, move |app| {
        let context = who.context(app);
        let ask = asked.ask(app, &context, &mut app.store.read()?)?;
        let found = explain(app, &context, Ask { by: Vec::new(), ..ask })?;
        Ok(json!({
            "metric": found.ask.metric.code(), "period": found.ask.period.to_string(),
            "actual": found.figure.actual, "target": found.figure.target,
            "attainment": found.figure.attainment, "plan": found.plan,
            "counted": found.counted, "not_counted": found.not_counted,
        }))
    });
    Ok(Json(answer.await?).into_response())
}
