//! The value axis of a chart: whole steps of 1, 2 or 5 and their labels in the chart's one unit.

use dacheng_domain::Fen;
use dacheng_domain::ratio::round_half_away;
use dacheng_text::number::{grouped, quotient};
use dacheng_text::{Lang, money};

use super::geometry::At;
use crate::components::Column;

/// The unit of a chart's values; values are whole numbers: fen, or pieces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Amounts {
    /// Fen, shown in one unit.
    Money(money::Column),
    /// Pieces with their measure word.
    Count(String),
    /// Hundredths of a per cent, of a point or of a day, with the unit.
    Hundredths(String),
}

impl Amounts {
    /// Money in the unit that suits the largest amount.
    pub fn fitting(fen: impl IntoIterator<Item = i64>) -> Self {
        Self::Money(money::Column::fitting(fen.into_iter().map(Fen)))
    }

    /// A value without its unit.
    pub fn number(&self, lang: Lang, value: i64) -> String {
        match self {
            Self::Money(column) => column.number(lang, Fen(value)),
            Self::Count(_) => grouped(value.into(), 0),
            Self::Hundredths(_) => quotient(value.into(), 100, 1),
        }
    }

    /// A value with its sign and without its unit.
    pub fn signed(&self, lang: Lang, value: i64) -> String {
        match self {
            Self::Money(column) => column.signed(lang, Fen(value)),
            Self::Count(_) => dacheng_text::number::signed(value.into(), 0),
            Self::Hundredths(_) => dacheng_text::number::signed(round_half_away(value.into(), 10), 1),
        }
    }

    /// A value with its unit, for sentences.
    pub fn said(&self, lang: Lang, value: i64) -> String {
        match (lang, self) {
            (Lang::En, Self::Money(_)) => money::said(lang, Fen(value)),
            (Lang::Zh | Lang::En, _) => self.with_unit(lang, self.number(lang, value)),
        }
    }

    /// A difference with its sign and unit.
    pub fn signed_said(&self, lang: Lang, value: i64) -> String {
        self.with_unit(lang, self.signed(lang, value))
    }

    fn with_unit(&self, lang: Lang, number: String) -> String {
        let unit = self.heading(lang);
        if unit.is_empty() { number } else { format!("{number} {unit}") }
    }

    /// The unit that the chart's heading says.
    pub fn heading(&self, lang: Lang) -> String {
        self.column().heading(&lang)
    }

    fn column(&self) -> Column {
        match self {
            Self::Money(column) => Column::Money(*column),
            Self::Count(unit) | Self::Hundredths(unit) => Column::Count(unit.clone()),
        }
    }

    /// A label of the axis: `1,500` rather than `1,500.0`.
    pub(super) fn tick(&self, lang: Lang, value: i64) -> String {
        let text = self.number(lang, value);
        text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
    }

    /// The smallest step that a label can show.
    fn finest(&self, lang: Lang) -> i128 {
        match (self, lang) {
            (Self::Money(money::Column::WholeWan), Lang::Zh) => 1_000_000,
            (Self::Money(money::Column::Wan), Lang::En) => 10_000,
            (Self::Money(money::Column::Wan), Lang::Zh)
            | (Self::Money(money::Column::WholeWan), Lang::En) => 100_000,
            (Self::Money(money::Column::Yuan), Lang::Zh | Lang::En) => 100,
            (Self::Hundredths(_), Lang::Zh | Lang::En) => 10,
            (Self::Money(money::Column::Fen) | Self::Count(_), Lang::Zh | Lang::En) => 1,
        }
    }
}

/// The axis from its lowest to its highest line.
#[derive(Debug, Clone)]
pub(super) struct Axis {
    low: i128,
    high: i128,
    step: i128,
}

impl Axis {
    /// Four to seven lines around zero and all values; an axis for nothing but zeros still has a height.
    pub fn around(lang: Lang, amounts: &Amounts, values: impl IntoIterator<Item = i64>) -> Self {
        let (mut low, mut high) = (0_i128, 0_i128);
        for value in values {
            low = low.min(value.into());
            high = high.max(value.into());
        }
        let step = whole_step((high - low + 3) / 4).max(amounts.finest(lang));
        let low = low.div_euclid(step) * step;
        let high = -((-high).div_euclid(step)) * step;
        Self { low, high: if high == low { low + step } else { high }, step }
    }

    /// From just below the lowest value to the highest: only a waterfall may leave zero out, and says so.
    pub fn truncated(lang: Lang, amounts: &Amounts, values: &[i64]) -> Self {
        let whole = Self::around(lang, amounts, values.iter().copied());
        let (Some(lowest), Some(highest)) = (values.iter().min(), values.iter().max()) else { return whole };
        let (lowest, highest) = (i128::from(*lowest), i128::from(*highest));
        // Half of the height stays below the smallest total.
        let low = lowest - (highest - lowest);
        if low <= 0 || highest == lowest { whole } else { Self { low, high: highest, step: whole.step } }
    }

    /// Whether zero lies on it.
    pub fn has_zero(&self) -> bool {
        self.low <= 0
    }

    /// How far down a value is drawn.
    pub fn at(&self, value: i64) -> At {
        At::of(i128::from(value) - self.low, self.high - self.low).from_end()
    }

    /// The lines with their labels, from the lowest.
    pub fn lines(&self, lang: Lang, amounts: &Amounts) -> Vec<AxisLine> {
        let mut lines = Vec::new();
        let mut value = self.low;
        while value <= self.high {
            let clipped = i64::try_from(value).unwrap_or(i64::MAX);
            lines.push(AxisLine { at: self.at(clipped), label: amounts.tick(lang, clipped) });
            value += self.step;
        }
        lines
    }
}

/// A line across the drawing.
#[derive(Debug, Clone)]
pub(super) struct AxisLine {
    pub at: At,
    pub label: String,
}

/// The smallest 1, 2 or 5 × 10ⁿ that is at least `least`.
fn whole_step(least: i128) -> i128 {
    let mut power = 1;
    while power * 10 <= least {
        power *= 10;
    }
    [1, 2, 5, 10].into_iter().map(|first| first * power).find(|step| *step >= least).unwrap_or(power * 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(values: &[i64], amounts: &Amounts) -> Vec<String> {
        let axis = Axis::around(Lang::Zh, amounts, values.iter().copied());
        axis.lines(Lang::Zh, amounts).into_iter().map(|line| line.label).collect()
    }

    #[test]
    fn the_axis_has_whole_steps() {
        let wan = Amounts::Money(money::Column::Wan);
        assert_eq!(labels(&[1_720_000_000], &wan), ["0", "500", "1,000", "1,500", "2,000"]);
        assert_eq!(labels(&[52], &Amounts::Count("家".into())), ["0", "20", "40", "60"]);
    }

    #[test]
    fn nothing_still_has_an_axis() {
        assert_eq!(labels(&[], &Amounts::Count(String::new())), ["0", "1"]);
        assert_eq!(labels(&[0, 0], &Amounts::Money(money::Column::Wan)), ["0", "0.1"]);
    }

    #[test]
    fn returns_reach_below_zero() {
        assert_eq!(labels(&[-30, 100], &Amounts::Count(String::new())), ["−50", "0", "50", "100"]);
    }

    #[test]
    fn the_largest_amounts_fit() {
        let all = labels(&[i64::MAX, i64::MIN + 1], &Amounts::Money(money::Column::Wan));
        assert!((3..=8).contains(&all.len()), "{all:?}");
    }
}
