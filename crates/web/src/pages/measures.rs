//! Figures of any metric as pages, charts and files show them: each in the unit of its metric.

use dacheng_app::exports::{self, Holds};
use dacheng_app::figures::Missing;
use dacheng_app::figures::attainment::{Figure as Found, rounded};
use dacheng_domain::metrics::{Measured, Metric, RollUp, Unit};
use dacheng_domain::{Fen, Ratio};
use dacheng_text::rate::Blank;
use dacheng_text::{Lang, date, metric, money};
use jiff::civil::Date;

use crate::charts::Amounts;
use crate::components::{Column, Figure, Value};

/// A figure in minor units of its metric.
pub fn value(lang: Lang, of: Metric, figure: Ratio) -> Value {
    let whole =
        |den: i64| Ratio::new(figure.num(), figure.den().saturating_mul(den.into())).unwrap_or(figure);
    let unit = || metric::unit_word(lang, of).to_owned();
    match of.definition().unit {
        Unit::Money => Value::Money(Fen(rounded(figure))),
        Unit::Count => Value::Count(rounded(figure), unit()),
        Unit::Percent => Value::Rate(whole(10_000)),
        Unit::Score | Unit::Days => Value::Decimal(whole(100), unit()),
    }
}

/// An amount in minor units of its metric that leads to its explanation, or a dash for want of a target.
pub fn amount_of(lang: Lang, of: Metric, amount: Option<i64>, href: String) -> Figure {
    figure_or(lang, of, amount.map(Ratio::whole), Blank::NoTarget, href)
}

/// What was achieved, or a dash that says why nothing can be said.
pub fn actual_of(lang: Lang, found: &Found, href: String) -> Figure {
    figure_or(lang, found.metric, found.actual, found.missing.map_or(Blank::NotYet, blank), href)
}

/// The NPS beside the referral rate, in points; `None` for other metrics.
pub fn nps_of(found: &Found, href: String) -> Option<Figure> {
    let value = || found.nps().map_or(Value::Blank(Blank::NoDenominator), points);
    found.metric.has_net().then(|| Figure::explained(value(), href))
}

/// Hundredths of a point as a number.
pub fn points(hundredths: Ratio) -> Value {
    let den = hundredths.den().saturating_mul(100);
    Value::Decimal(Ratio::new(hundredths.num(), den).unwrap_or(hundredths), String::new())
}

/// What is missing to the target, or a dash for want of one.
pub fn shortfall_of(lang: Lang, found: &Found, href: String) -> Figure {
    match found.shortfall() {
        Some(short) => Figure::explained(gap_value(lang, found.metric, short), href),
        None => Figure::explained(Value::Blank(Blank::NoTarget), href),
    }
}

fn figure_or(lang: Lang, of: Metric, figure: Option<Ratio>, blank: Blank, href: String) -> Figure {
    Figure::explained(figure.map_or(Value::Blank(blank), |figure| value(lang, of, figure)), href)
}

/// A difference of two figures of a metric: rates differ by 个百分点.
pub fn gap_value(lang: Lang, of: Metric, gap: Ratio) -> Value {
    match value(lang, of, gap) {
        Value::Rate(gap) => Value::Points(gap),
        whole @ (Value::Money(_)
        | Value::Count(..)
        | Value::Decimal(..)
        | Value::Points(_)
        | Value::Blank(_)) => whole,
    }
}

/// Why a dash stands in the place of a figure.
pub const fn blank(missing: Missing) -> Blank {
    match missing {
        Missing::NoDenominator => Blank::NoDenominator,
        Missing::HistoryBegins(_) => Blank::NoHistory,
        Missing::NotWholeMonths => Blank::WholeMonths,
        Missing::Rated => Blank::Rated,
    }
}

/// The same in a sentence.
pub fn reason(lang: Lang, missing: Missing) -> String {
    let say = lang.measures();
    match missing {
        Missing::NoDenominator => say.no_denominator().to_owned(),
        Missing::HistoryBegins(from) => say.history_begins(date::month(lang, from.year(), from.month())),
        Missing::NotWholeMonths => say.whole_months().to_owned(),
        Missing::Rated => say.rated().to_owned(),
    }
}

/// The one unit of a table with these figures.
pub fn column<'f>(of: Metric, lang: Lang, figures: impl IntoIterator<Item = &'f Found>) -> Column {
    let unit = || metric::unit_word(lang, of).to_owned();
    match of.definition().unit {
        Unit::Money => {
            let amounts = figures.into_iter().filter_map(|found| found.target.or_else(|| found.rounded()));
            Column::Money(money::Column::fitting(amounts.map(Fen)))
        }
        Unit::Count => Column::Count(unit()),
        Unit::Percent => Column::Rate,
        Unit::Score | Unit::Days => Column::Decimal(unit()),
    }
}

/// The unit of a chart with these values in minor units.
pub fn amounts(of: Metric, lang: Lang, minors: impl IntoIterator<Item = i64>) -> Amounts {
    let unit = || metric::unit_word(lang, of).to_owned();
    match of.definition().unit {
        Unit::Money => Amounts::fitting(minors),
        Unit::Count => Amounts::Count(unit()),
        Unit::Percent => Amounts::Hundredths("%".to_owned()),
        Unit::Score | Unit::Days => Amounts::Hundredths(unit()),
    }
}

/// What a column of a metric's figures holds in a file.
pub const fn holds(of: Metric) -> Holds {
    match of.definition().unit {
        Unit::Money => Holds::Money,
        Unit::Count => Holds::Count,
        Unit::Percent => Holds::Percent,
        Unit::Score => Holds::Amount,
        Unit::Days => Holds::Days,
    }
}

/// What a column of differences of a metric's figures holds.
pub const fn holds_gap(of: Metric) -> Holds {
    match of.definition().unit {
        Unit::Percent => Holds::Points,
        Unit::Money | Unit::Count | Unit::Score | Unit::Days => holds(of),
    }
}

/// What a column of changes against the year before holds.
pub fn holds_change(of: Metric) -> Holds {
    let definition = of.definition();
    let is_rate = definition.unit == Unit::Percent && definition.roll_up != RollUp::Sum;
    if is_rate { Holds::Points } else { Holds::Percent }
}

/// A figure as a cell of a file: yuan, pieces, per cent, points or days.
pub fn cell(of: Metric, figure: Option<Ratio>) -> exports::Value {
    let Some(figure) = figure else { return exports::Value::Blank };
    match of.definition().unit {
        Unit::Count => exports::Value::number(rounded(figure)),
        Unit::Money | Unit::Percent | Unit::Score | Unit::Days => exports::Value::money(Fen(rounded(figure))),
    }
}

/// The sign or the word of one of what a metric counts in, beside a field.
pub fn typed_unit(lang: Lang, of: Metric) -> String {
    match of.definition().unit {
        Unit::Money => lang.own_metrics().yuan().to_owned(),
        Unit::Percent => "%".to_owned(),
        Unit::Count | Unit::Score | Unit::Days => metric::unit_word(lang, of).to_owned(),
    }
}

/// What was typed beside that sign: 60 beside % is 60 %.
pub fn typed(of: Metric, text: &str) -> String {
    let is_bare = !text.is_empty() && !text.ends_with(['%', '％']);
    match of.definition().unit {
        Unit::Percent if is_bare => format!("{text}%"),
        Unit::Percent | Unit::Money | Unit::Count | Unit::Score | Unit::Days => text.to_owned(),
    }
}

/// First and last day as a page writes a window: `2026-09-01 至 2026-11-30`.
pub fn days(lang: Lang, (first, last): (Date, Date)) -> String {
    lang.measures().days(first, last)
}

/// Numerator and denominator in words, as the figure is made of them; `None` for a sum.
pub fn made_of(lang: Lang, found: &Found) -> Option<(String, String)> {
    let Measured::Ratio { over, under, scale, .. } = found.measured else { return None };
    let said = |amount: i64, held: metric::Held| match held {
        metric::Held::Money => money::exact(lang, Fen(amount)),
        metric::Held::Pieces => dacheng_text::number::grouped(amount.into(), 0),
        metric::Held::Points => dacheng_text::number::grouped(amount.into(), 2),
        metric::Held::Heads => {
            let heads = Ratio::new(amount, scale).unwrap_or(Ratio::whole(0));
            dacheng_text::number::grouped(heads.scaled(100), 2)
        }
    };
    let (numerator, denominator) = metric::held(found.metric);
    Some((said(over, numerator), said(under, denominator)))
}
