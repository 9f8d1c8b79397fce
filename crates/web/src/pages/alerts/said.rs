//! How an alert is said in words: its number, evidence, rule and title. Other rooms say alerts with these, too.

use dacheng_app::tracking::alerts::{AlertRow, Evidence};
use dacheng_domain::metrics::Unit;
use dacheng_domain::tracking::alert::{Level, Window};
use dacheng_domain::{Fen, Ratio};
use dacheng_text::{Lang, date, metric, rate};

use crate::components::{Figure, Value};

/// `YJ-2026-0118`: the year of its month, and its number.
pub fn number(lang: Lang, row: &AlertRow) -> String {
    lang.alerts().number(row.figure.month.year(), format!("{:04}", row.id))
}

/// The address of its case.
pub fn address(row: &AlertRow) -> String {
    format!("/alerts/{}", row.id)
}

/// `东北大区 · 佟海洋`
pub fn owner(row: &AlertRow) -> String {
    match &row.place {
        Some(place) => format!("{place} · {}", row.owner_name),
        None => row.owner_name.clone(),
    }
}

/// `9月 66.1%、10月 63.8%，连续两月低于 70%`
pub fn evidence(lang: Lang, row: &AlertRow) -> String {
    let say = lang.alerts();
    let months = months(lang, row);
    let threshold = rate::said(row.threshold());
    match (row.level, row.judged) {
        (Level::Red, Window::Month) => say.below_red(months, threshold),
        (Level::Red, Window::Quarter) => say.below_red_quarters(months, threshold),
        (Level::Yellow, Window::Month | Window::Quarter) => say.below_yellow(months, threshold),
    }
}

/// `9月 66.1%、10月 63.8%`; a yellow one shows its own month only.
pub fn months(lang: Lang, row: &AlertRow) -> String {
    let one = |found: &Evidence| {
        let month = match row.judged {
            Window::Month => date::month_name(lang, found.month.number()),
            Window::Quarter => date::period(lang, found.period),
        };
        found.attainment.map(|attainment| lang.alerts().evidence_of(month, rate::percent(attainment)))
    };
    let before = row.before.as_ref().filter(|_| row.level == Level::Red).and_then(one);
    let months: Vec<String> = before.into_iter().chain(one(&row.figure)).collect();
    months.join(lang.dates().comma())
}

/// The rule in a plain sentence.
pub fn rule(lang: Lang, row: &AlertRow) -> String {
    let (say, threshold) = (lang.alerts(), rate::said(row.threshold()));
    match (row.level, row.judged) {
        (Level::Red, Window::Month) => say.rule_red(threshold),
        (Level::Red, Window::Quarter) => say.rule_red_quarters(threshold),
        (Level::Yellow, Window::Month) => say.rule_yellow(threshold),
        (Level::Yellow, Window::Quarter) => say.rule_yellow_quarter(threshold),
    }
}

/// `东北大区 · 佟海洋 · 销售额`
pub fn title(lang: Lang, row: &AlertRow) -> String {
    lang.alerts().title(owner(row), metric::name(lang, row.metric))
}

/// A figure of an alert, in the metric's smallest unit, that leads to its explanation.
pub fn figure(lang: Lang, row: &AlertRow, found: &Evidence, amount: i64) -> Figure {
    let value = match row.metric.definition().unit {
        Unit::Money => Value::Money(Fen(amount)),
        Unit::Count => Value::Count(amount, metric::measure_word(lang, row.metric).to_owned()),
        Unit::Percent => Ratio::new(amount, 10_000).map_or(Value::Count(amount, String::new()), Value::Rate),
        Unit::Score | Unit::Days => Ratio::new(amount, 100)
            .map_or(Value::Count(amount, String::new()), |value| Value::Decimal(value, String::new())),
    };
    Figure::explained(value, explain(row, found))
}

/// The page that explains a figure of an alert.
pub fn explain(row: &AlertRow, found: &Evidence) -> String {
    format!("/explain?m={}&p={}&owner={}", row.metric.code(), found.period, row.owner)
}
