//! From coverage to the page that shows it. No figure is computed here.

use dacheng_app::figures::pipeline::{Covered, Listed, Pipeline, Rows};
use dacheng_app::figures::{Look, Named};
use dacheng_domain::Fen;
use dacheng_domain::tracking::pipeline::{Coverage, ENOUGH, Weight};
use dacheng_text::rate::Blank;
use dacheng_text::{Lang, date, money};

use super::said::{coverage, left, origin, state, times, weight};
use super::{CoveragePage, OpportunityLine, Row, Said};
use crate::components::Link;
use crate::components::{Column, Figure, Note, Tone, Value};
use crate::pages::coverage::handler::{Asked, address};

/// Rows on a page.
const SHOWN: usize = 200;

/// What the page shows of the figures.
pub(super) fn fill(lang: Lang, page: CoveragePage, asked: &Asked, found: &Pipeline) -> CoveragePage {
    let say = lang.pipeline();
    let listed: Vec<&(Named, Covered)> = listed(asked, found);
    let rows = listed.len();
    let amounts =
        found.below.iter().flat_map(|(_, own)| own.target.into_iter().chain([own.booked, own.weighted]));
    let of_opportunities = found.opportunities.iter().filter_map(|own| own.row.amount);
    CoveragePage {
        conclusion: super::said::conclusion(lang, found),
        numbers: numbers(lang, &found.whole),
        rows: listed
            .into_iter()
            .take(SHOWN)
            .map(|(named, own)| row(lang, asked, found, named, own))
            .collect(),
        rows_about: say.rows_by(times(lang, found.settled.red_below)),
        more: (rows > SHOWN)
            .then(|| Note::new(Tone::Info, say.more_rows(SHOWN, i64::try_from(rows).unwrap_or(i64::MAX)))),
        column: Column::Money(money::Column::fitting(amounts.map(Fen))),
        opportunities: found.opportunities.iter().map(|own| opportunity(lang, own)).collect(),
        of_opportunities: Column::Money(money::Column::fitting(of_opportunities)),
        stages: found.stages.iter().map(|own| stage(lang, own)).collect(),
        stages_about: say.stages_hint(ENOUGH),
        ..page
    }
}

/// A stage, what it weighs, and where that comes from.
pub(in crate::pages) fn stage(
    lang: Lang,
    (stage, own): &(String, Option<Weight>),
) -> (String, String, String) {
    let (parts, from) = own.map_or_else(
        || ("—".to_owned(), lang.pipeline().no_weight_known().to_owned()),
        |own| (weight(own), origin(lang, own.origin)),
    );
    (stage.clone(), parts, from)
}

/// The rows that are asked for: all, or the short ones.
pub(super) fn listed<'f>(asked: &Asked, found: &'f Pipeline) -> Vec<&'f (Named, Covered)> {
    found.below.iter().filter(|(_, own)| !asked.red_only() || own.is_short).collect()
}

fn amount(minor: i64) -> Figure {
    Figure::plain(Value::Money(Fen(minor)))
}

fn numbers(lang: Lang, own: &Covered) -> Vec<(String, Said)> {
    let say = lang.pipeline();
    let figure = |name: &str, minor: Option<i64>, blank: Blank| {
        let figure = minor.map_or_else(|| Figure::plain(Value::Blank(blank)), amount);
        (name.to_owned(), Said::Figure(figure))
    };
    vec![
        (say.coverage().to_owned(), Said::Words(coverage(lang, own.coverage))),
        figure(say.weighted(), Some(own.weighted), Blank::NoTarget),
        figure(say.gap(), own.coverage.gap(), Blank::NoTarget),
        figure(lang.figures().target(), own.target, Blank::NoTarget),
        figure(lang.forecast().booked(), Some(own.booked), Blank::NoTarget),
        figure(say.amount(), Some(own.amount), Blank::NoTarget),
    ]
}

fn row(lang: Lang, asked: &Asked, found: &Pipeline, named: &Named, own: &Covered) -> Row {
    let gap = match own.coverage {
        Coverage::Over | Coverage::NoTarget => Figure::plain(Value::Blank(Blank::NoTarget)),
        Coverage::NoGap | Coverage::Times { .. } => amount(own.coverage.gap().unwrap_or(0)),
    };
    Row {
        unit: Link::new(
            &named.name,
            address(Look::now(super::handler::METRIC, found.period), &named.owner, asked),
        ),
        target: own.target.map_or_else(|| Figure::plain(Value::Blank(Blank::NoTarget)), amount),
        booked: amount(own.booked),
        gap,
        weighted: amount(own.weighted),
        count: own.count,
        coverage: coverage(lang, own.coverage),
        state: state(lang, own),
    }
}

pub(in crate::pages) fn opportunity(lang: Lang, own: &Listed) -> OpportunityLine {
    let counted = own.counted.ok();
    OpportunityLine {
        code: own.row.opportunity.to_string(),
        member: own.member.clone(),
        stage: own.row.stage.clone().unwrap_or_default(),
        amount: own.row.amount.map_or_else(
            || Figure::plain(Value::Blank(Blank::NoHistory)),
            |fen| Figure::plain(Value::Money(fen)),
        ),
        expected: own.row.expected.map_or_else(|| "—".to_owned(), |day| day.to_string()),
        active: date::short(own.row.heard_of()),
        weight: counted.map_or_else(|| "—".to_owned(), |own| weight(own.weight)),
        origin: counted.map_or_else(String::new, |own| origin(lang, own.weight.origin)),
        adds: own
            .counted
            .map(|own| Figure::plain(Value::Money(own.weighted)))
            .map_err(|why| left(lang, why).to_owned()),
        overdue: counted.is_some_and(|own| own.overdue),
    }
}

/// The word of whose rows stand below.
pub(super) fn rows_name(lang: Lang, rows: Rows) -> &'static str {
    match rows {
        Rows::Below => lang.pipeline().by_below(),
        Rows::Members => lang.pipeline().by_members(),
    }
}
