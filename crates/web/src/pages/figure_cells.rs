//! Figures as columns and cells of an exported list: the same on dashboard, unit, tree and person.

use dacheng_app::exports::{Column, Holds, Value};
use dacheng_app::figures::{Branch, Look, Performance};
use dacheng_domain::Fen;
use dacheng_domain::tracking::pace::Needed;
use dacheng_text::{Lang, date};

use super::standing::{change_label, gap_to_pace, metric_name, shortfall, standing};
use super::unit_rows::Order;
use crate::components::Badged as _;
use crate::exports::List;
use crate::http::Desk;

/// Those below somebody as a list: `title` says whose, `whole` is their own figures, which stand below the rows.
pub fn branches_below(desk: &Desk<'_>, scope: &str, whole: &Performance, look: Look, order: Order) -> List {
    let lang = desk.lang();
    let mut total = vec![Value::text(lang.overview().total()), Value::Blank, Value::Blank];
    total.extend(cells(lang, whole));
    List {
        title: lang.dashboard().sheet().to_owned(),
        filter: choice(lang, scope, look),
        order: Some(order.said_of(lang, whole)),
        as_of: Some(desk.known(look.as_of)),
        columns: named_columns(lang, whole),
        total: Some(total),
    }
}

/// The row of somebody below.
pub fn branch(lang: Lang, branch: &Branch) -> Vec<Value> {
    let named = &branch.named;
    let mut row = vec![
        Value::text(&named.name),
        Value::text(&named.code),
        Value::text(named.leader.as_deref().unwrap_or_default()),
    ];
    row.extend(cells(lang, &branch.performance));
    row
}

/// Whose figures, over which period, of which metric.
pub fn choice(lang: Lang, scope: &str, look: Look) -> Vec<String> {
    vec![scope.to_owned(), date::period(lang, look.period), metric_name(lang, look.metric).to_owned()]
}

/// Name, code and leader, then the columns of figures; `whole` says which days are compared with the year before.
pub fn named_columns(lang: Lang, whole: &Performance) -> Vec<Column> {
    let mut all = vec![
        Column::text(lang.overview().level(), 24),
        Column::text(lang.settings().code(), 12),
        Column::text(lang.dashboard().leader(), 12),
    ];
    all.extend(columns(lang, change_label(lang, &whole.year_on_year)));
    all
}

/// The columns of figures; `change` is what the comparison with the year before is called.
pub fn columns(lang: Lang, change: String) -> Vec<Column> {
    let figures = lang.figures();
    vec![
        Column::of(Holds::Money, figures.target()),
        Column::of(Holds::Money, figures.actual()),
        Column::of(Holds::Percent, figures.attainment()),
        Column::of(Holds::Money, figures.shortfall()),
        Column::of(Holds::Points, lang.overview().pace_gap()),
        Column::of(Holds::Percent, change),
        Column::of(Holds::Money, lang.targets().needed()),
        Column::text(lang.dashboard().standing(), 12),
    ]
}

/// The cells of those columns.
pub fn cells(lang: Lang, performance: &Performance) -> Vec<Value> {
    let figure = &performance.figure;
    let change = performance.year_on_year.change.as_ref().and_then(|change| change.rate);
    vec![
        Value::money_of(figure.target),
        Value::money_of(figure.actual),
        Value::percent(figure.attainment),
        Value::money_of(shortfall(figure)),
        Value::percent(gap_to_pace(performance)),
        Value::percent(change),
        needed(performance),
        Value::text(standing(performance).badge(&lang).text),
    ]
}

/// What is needed on each working day left; blank where nothing is.
fn needed(performance: &Performance) -> Value {
    match &performance.needed {
        Some(Needed::PerDay { amount, .. }) => Value::money_of(i64::try_from(amount.scaled(1)).ok().map(Fen)),
        Some(Needed::Nothing | Needed::PeriodOver) | None => Value::Blank,
    }
}
