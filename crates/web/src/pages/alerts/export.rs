//! The ledger of alerts as a file: the columns of the paper form (`forms.md` 7) in their order.

use axum::response::Response;
use dacheng_app::Result;
use dacheng_app::exports::{Column, Format, Holds, Value};
use dacheng_app::tracking::alerts::{AlertRow, State};
use dacheng_domain::Fen;
use dacheng_domain::calendar::Deadline;
use dacheng_domain::metrics::Unit;
use dacheng_text::{Lang, metric};

use super::{Order, said};
use crate::components::states::{improvement_name, level_name};
use crate::exports::List;
use crate::http::Desk;

/// The ledger with the filter it was asked for, in its order.
pub fn ledger(
    desk: &Desk<'_>,
    format: Format,
    rows: &[AlertRow],
    filter: String,
    order: Order,
) -> Result<Response> {
    let lang = desk.lang();
    let list = List {
        title: lang.alerts().sheet().to_owned(),
        filter: vec![filter],
        order: Some(order.said(lang)),
        as_of: Some(desk.known(None)),
        columns: columns(lang),
        total: None,
    };
    desk.export(format, list, rows.iter().map(|own| Ok(row(lang, own))))
}

fn columns(lang: Lang) -> Vec<Column> {
    let (say, figures) = (lang.alerts(), lang.figures());
    vec![
        Column::text(say.column_number(), 14),
        Column::text(say.level(), 8),
        Column::text(say.owner(), 26),
        Column::text(lang.targets().metric(), 10),
        Column::text(say.column_period(), 12),
        Column::of(Holds::Amount, figures.target()),
        Column::of(Holds::Amount, figures.actual()),
        Column::of(Holds::Percent, figures.attainment()),
        Column::of(Holds::Percent, say.threshold()),
        Column::text(say.column_rule(), 44),
        Column::of(Holds::Day, say.fired()),
        Column::of(Holds::Day, say.column_due()),
        Column::text(say.responsible(), 12),
        Column::text(say.column_state(), 14),
        Column::text(say.column_ended(), 30),
    ]
}

fn row(lang: Lang, row: &AlertRow) -> Vec<Value> {
    let plan = row.plan.as_ref();
    let amount = |amount: i64| match row.metric.definition().unit {
        Unit::Money | Unit::Percent | Unit::Score | Unit::Days => Value::money(Fen(amount)),
        Unit::Count => Value::number(amount),
    };
    vec![
        Value::text(said::number(lang, row)),
        Value::text(level_name(lang, row.level)),
        Value::text(said::owner(row)),
        Value::text(metric::name(lang, row.metric)),
        Value::text(row.figure.period.to_string()),
        amount(row.figure.target),
        amount(row.figure.actual),
        Value::percent(row.figure.attainment),
        Value::percent(Some(row.threshold())),
        Value::text(lang.alerts().rule_and_version(said::rule(lang, row), row.rule_version)),
        Value::Day(row.raised_on),
        Value::day(plan.and_then(|plan| plan.deadline).and_then(Deadline::date)),
        Value::text(plan.and_then(|plan| plan.responsible.clone()).unwrap_or_default()),
        Value::text(plan.map_or("", |plan| improvement_name(lang, plan.state))),
        Value::text(ended(lang, row)),
    ]
}

/// The day it ceased to be open, and why.
fn ended(lang: Lang, row: &AlertRow) -> String {
    let say = lang.alerts();
    let why = match row.state {
        State::Open => return String::new(),
        State::Closed => match &row.plan {
            Some(plan) => improvement_name(lang, plan.state),
            None => say.ended_closed(),
        },
        State::Replaced => say.ended_replaced(),
        State::Withdrawn => say.ended_withdrawn(),
    };
    match row.ended_on {
        Some(day) => say.ended_on(day, why),
        None => why.to_owned(),
    }
}
