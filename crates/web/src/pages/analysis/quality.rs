//! How well a unit sells and what its people can do, as tables. No figure is computed here.

use dacheng_app::figures::Look;
use dacheng_app::figures::history::{Efficiency, EfficiencyYear, History, Skill, VisitCounts};
use dacheng_domain::Ratio;
use dacheng_domain::calendar::Period;
use dacheng_domain::metrics::{Metric, Unit};
use dacheng_text::number::decimal;
use dacheng_text::rate::Blank;
use dacheng_text::{Lang, metric};

use super::sections::{count, row};
use super::view::year_name;
use crate::components::{Change, Column, Figure, FigureTable, TableCell, TableHead, TableRow, Value};
use crate::pages::measures;
use crate::pages::standing::{change_of, explain, metric_name};

/// What a metric is counted in, where its figures stand in a column with others.
pub(super) fn unit(lang: Lang, of: Metric) -> &'static str {
    let say = lang.history();
    match of.definition().unit {
        Unit::Money => say.unit_yuan(),
        Unit::Percent => say.unit_percent(),
        Unit::Count | Unit::Score | Unit::Days => metric::unit_word(lang, of),
    }
}

/// Average order, conversion, length of the cycle: a row each, every figure in its own unit.
pub(super) fn efficiency(lang: Lang, found: &History) -> Option<FigureTable> {
    let say = lang.history();
    let [first, before, now] = found.years.map(|year| year_name(lang, year));
    let heads = vec![
        TableHead::new(say.metric(), ""),
        TableHead::new(first, "n wide-only"),
        TableHead::new(&before, "n"),
        TableHead::new(say.year_on_year_of(&before), "n second wide-only"),
        TableHead::new(now, "n strong"),
        TableHead::new(say.year_on_year(), "n"),
    ];
    let rows: Vec<TableRow> =
        found.efficiency.iter().flat_map(|own| efficiency_rows(lang, found, own)).collect();
    (!rows.is_empty()).then(|| FigureTable {
        caption: say.efficiency().to_owned(),
        column: Column::Count(String::new()),
        heads,
        rows,
        total: None,
    })
}

fn efficiency_rows(lang: Lang, found: &History, own: &Efficiency) -> Vec<TableRow> {
    let figure = |year: &EfficiencyYear| {
        let Some(actual) = year.actual else { return blank(Blank::NoDenominator) };
        let why = explain(Look::now(own.metric, Period::Year(year.year)), &found.owner);
        TableCell::Figure(Figure::explained(measures::value(lang, own.metric, actual), why))
    };
    let change = |year: &EfficiencyYear| {
        let change = year.moved.as_ref().map(|moved| change_of(lang, own.metric, moved));
        TableCell::Change(change.unwrap_or(Change::Blank(Blank::NoHistory)))
    };
    let [first, before, now] = &own.years;
    let cells = vec![figure(first), figure(before), change(before), figure(now), change(now)];
    let rate = row(metric_name(lang, own.metric), "", cells);
    [rate].into_iter().chain(own.metric.has_net().then(|| nps_row(lang, found, own))).collect()
}

/// The NPS beside the referral rate. It is no rate, so that it has no change.
fn nps_row(lang: Lang, found: &History, own: &Efficiency) -> TableRow {
    let [first, before, now] = own.years.map(|year| {
        let why = explain(Look::now(own.metric, Period::Year(year.year)), &found.owner);
        let value = year.nps.map_or(Value::Blank(Blank::NoDenominator), measures::points);
        TableCell::Figure(Figure::explained(value, why))
    });
    let none = || TableCell::Change(Change::Blank(Blank::NoBase));
    row(lang.measures().nps(), "", vec![first, before, none(), now, none()])
}

fn blank(why: Blank) -> TableCell {
    TableCell::Figure(Figure::plain(Value::Blank(why)))
}

/// What came of the visits of whoever stands below.
pub(super) fn visits(lang: Lang, found: &History) -> Option<(FigureTable, String)> {
    let say = lang.history();
    let own = found.visits.as_ref()?;
    let with_others = own.whole.others > 0;
    let mut heads = vec![TableHead::new(say.below(), ""), TableHead::new(say.visits_all(), "n strong")];
    let names = own.outcomes.iter().map(|outcome| outcome_name(lang, outcome.as_deref()));
    heads.extend(
        names
            .enumerate()
            .map(|(place, name)| TableHead::new(name, if place < 2 { "n" } else { "n wide-only" })),
    );
    heads.extend(with_others.then(|| TableHead::new(say.other_outcomes(), "n wide-only")));
    let cells = |counts: &VisitCounts| {
        let others = with_others.then_some(counts.others);
        let all = std::iter::once(counts.all).chain(counts.by_outcome.iter().copied()).chain(others);
        all.map(|visits| TableCell::Figure(Figure::plain(Value::Count(visits, String::new()))))
            .collect::<Vec<_>>()
    };
    let table = FigureTable {
        caption: say.visits().to_owned(),
        column: Column::Count(String::new()),
        heads,
        rows: own.rows.iter().map(|(named, counts)| row(&named.name, "", cells(counts))).collect(),
        total: Some(row(lang.overview().total(), "", cells(&own.whole))),
    };
    Some((table, say.visits_note(own.days.0, own.days.1)))
}

/// The name of an outcome.
pub(super) fn outcome_name(lang: Lang, outcome: Option<&str>) -> String {
    outcome.map_or_else(|| lang.history().no_outcome().to_owned(), str::to_owned)
}

/// The skills, the one furthest behind first.
pub(super) fn skills(lang: Lang, found: &History) -> Option<FigureTable> {
    let say = lang.history();
    let heads = vec![
        TableHead::new(say.skill(), ""),
        TableHead::new(say.members(), "n wide-only"),
        TableHead::new(say.skill_mean(), "n strong"),
        TableHead::new(say.skill_before(), "n wide-only"),
        TableHead::new(say.skill_measure(), "n"),
        TableHead::new(say.skill_gap(), "n"),
    ];
    let rows: Vec<TableRow> = found.skills.iter().map(|own| skill_row(lang, own)).collect();
    (!rows.is_empty()).then(|| FigureTable {
        caption: say.skills().to_owned(),
        column: Column::Decimal(String::new()),
        heads,
        rows,
        total: None,
    })
}

fn skill_row(lang: Lang, own: &Skill) -> TableRow {
    let measure = own.yardstick.as_ref().map(|by| {
        let whose = by.unit.as_deref().unwrap_or(lang.history().skill_company());
        format!("{whose} {}", points(by.mean))
    });
    let dash = || "—".to_owned();
    let cells = vec![
        count(own.members),
        TableCell::Text(points(own.mean)),
        TableCell::Text(own.before.map_or_else(dash, points)),
        TableCell::Text(measure.unwrap_or_else(dash)),
        TableCell::Text(own.gap().map_or_else(dash, signed)),
    ];
    row(&own.name, "", cells)
}

/// Hundredths as points with one decimal.
fn points(hundredths: Ratio) -> String {
    decimal(Ratio::new(hundredths.num(), hundredths.den() * 100).unwrap_or(hundredths))
}

fn signed(hundredths: Ratio) -> String {
    let said = points(hundredths);
    if hundredths > Ratio::whole(0) { format!("+{said}") } else { said }
}
