//! Figures as columns and cells of an exported list: the same on dashboard, unit, tree and person.

use dacheng_app::exports::{Column, Holds, Value};
use dacheng_app::figures::attainment::rounded;
use dacheng_app::figures::{Branch, Look, Performance};
use dacheng_domain::metrics::{Metric, Step};
use dacheng_domain::tracking::pace::Needed;
use dacheng_domain::{Fen, Ratio};
use dacheng_text::{Lang, date};

use super::measures::{self, cell};
use super::standing::{change_label, gap_to_pace, metric_name, standing};
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
    all.extend(columns(lang, Some(whole.figure.metric), change_label(lang, &whole.year_on_year)));
    all
}

/// The columns of figures of a metric, or of several where none is given; `change` is what the comparison with the
/// year before is called.
pub fn columns(lang: Lang, metric: Option<Metric>, change: String) -> Vec<Column> {
    let figures = lang.figures();
    let (own, gap, change_in) = metric.map_or((Holds::Amount, Holds::Amount, Holds::Amount), |metric| {
        (measures::holds(metric), measures::holds_gap(metric), measures::holds_change(metric))
    });
    let mut columns = vec![
        Column::of(own, figures.target()),
        Column::of(own, figures.actual()),
        Column::of(Holds::Percent, figures.attainment()),
        Column::of(gap, figures.shortfall()),
        Column::of(Holds::Points, lang.overview().pace_gap()),
        Column::of(change_in, change),
        Column::of(own, lang.targets().needed()),
        Column::text(lang.dashboard().standing(), 12),
    ];
    columns.extend(metric.filter(|metric| metric.has_net()).map(|_| nps_column(lang)));
    columns
}

/// The cells of those columns.
pub fn cells(lang: Lang, performance: &Performance) -> Vec<Value> {
    let figure = &performance.figure;
    let metric = figure.metric;
    let change = performance.year_on_year.change.as_ref().and_then(|change| change.step);
    let mut cells = vec![
        cell(metric, figure.target.map(Ratio::whole)),
        cell(metric, figure.actual),
        Value::percent(figure.attainment),
        cell(metric, figure.shortfall()),
        Value::percent(gap_to_pace(performance)),
        Value::percent(change.map(Step::size)),
        needed(performance),
        Value::text(standing(performance).badge(&lang).text),
    ];
    cells.extend(metric.has_net().then(|| nps_cell(figure.nps())));
    cells
}

/// The NPS, which stands beside the referral rate only.
pub fn nps_column(lang: Lang) -> Column {
    Column::of(Holds::Amount, lang.measures().nps())
}

/// Points with two decimals; blank without an answer.
pub fn nps_cell(nps: Option<Ratio>) -> Value {
    nps.map_or(Value::Blank, |nps| Value::money(Fen(rounded(nps))))
}

/// What is needed on each working day left; blank where nothing is.
fn needed(performance: &Performance) -> Value {
    match &performance.needed {
        Some(Needed::PerDay { amount, .. }) => cell(performance.figure.metric, Some(*amount)),
        Some(Needed::Nothing | Needed::PeriodOver) | None => Value::Blank,
    }
}
