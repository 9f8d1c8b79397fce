//! How the months went: a column per month with its target as a line across it.

use askama::Template;
use askama::filters::HtmlSafe;
use dacheng_text::Lang;

use super::axis::{Amounts, Axis, AxisLine};
use super::geometry::At;
use crate::components::DataTable;

/// One month.
#[derive(Debug, Clone)]
pub struct MonthColumn {
    /// Its label: `11月`.
    pub label: String,
    /// The actual; none before the month begins.
    pub actual: Option<i64>,
    /// The target.
    pub target: Option<i64>,
    /// Whether it is still running; drawn with a dashed outline.
    pub running: bool,
}

/// The data of the chart.
#[derive(Debug, Clone)]
pub struct MonthColumns {
    /// What is shown: `华东大区 2026年月度销售额`.
    pub subject: String,
    /// The months in order.
    pub months: Vec<MonthColumn>,
    /// The unit.
    pub amounts: Amounts,
}

struct Drawn {
    x: At,
    width: At,
    middle: At,
    y: At,
    height: At,
    class: &'static str,
    value: String,
    value_at: At,
}

struct Goal {
    from: At,
    to: At,
    y: At,
}

struct Label {
    at: At,
    text: String,
    class: &'static str,
}

impl MonthColumns {
    /// The chart in a language.
    pub fn shown<'a>(&'a self, lang: &'a Lang) -> ShownColumns<'a> {
        let values = self.months.iter().flat_map(|month| [month.actual, month.target]).flatten();
        ShownColumns { chart: self, lang, axis: Axis::around(*lang, &self.amounts, values) }
    }
}

/// A chart of months ready to stand in a card.
#[derive(Template)]
#[template(path = "charts/columns.html")]
pub struct ShownColumns<'a> {
    chart: &'a MonthColumns,
    lang: &'a Lang,
    axis: Axis,
}

impl HtmlSafe for ShownColumns<'_> {}

impl ShownColumns<'_> {
    fn lines(&self) -> Vec<AxisLine> {
        self.axis.lines(*self.lang, &self.chart.amounts)
    }

    /// Left edge and width of the band of a month, in tenths of its share from `from` to `to`.
    fn band(&self, place: usize, from: i128, to: i128) -> (At, At) {
        let count = self.chart.months.len().max(1) as i128;
        let at = |tenths: i128| At::of(place as i128 * 10 + tenths, count * 10);
        (at(from), at(to))
    }

    fn columns(&self) -> Vec<Drawn> {
        let months = self.chart.months.iter().enumerate();
        months.filter_map(|(place, month)| Some(self.column(place, month, month.actual?))).collect()
    }

    fn column(&self, place: usize, month: &MonthColumn, actual: i64) -> Drawn {
        let (left, right) = self.band(place, 2, 8);
        let (zero, end) = (self.axis.at(0), self.axis.at(actual));
        Drawn {
            x: left,
            width: left.to(right),
            middle: self.band(place, 5, 5).0,
            y: zero.min(end),
            height: zero.to(end),
            class: if month.running { "column running" } else { "column" },
            value: self.chart.amounts.number(*self.lang, actual),
            // Above whichever is higher, the column or its target line.
            value_at: month.target.map_or(end, |target| self.axis.at(target).min(end)).min(zero),
        }
    }

    fn goals(&self) -> Vec<Goal> {
        let months = self.chart.months.iter().enumerate();
        let goals = months.filter_map(|(place, month)| {
            let (from, to) = self.band(place, 1, 9);
            Some(Goal { from, to, y: self.axis.at(month.target?) })
        });
        goals.collect()
    }

    fn labels(&self) -> Vec<Label> {
        let months = self.chart.months.iter().enumerate();
        let labels = months.map(|(place, month)| Label {
            at: self.band(place, 5, 5).0,
            text: month.label.clone(),
            class: if place % 2 == 1 { "quiet every-second" } else { "quiet" },
        });
        labels.collect()
    }

    fn zero(&self) -> At {
        self.axis.at(0)
    }

    fn sentence(&self) -> String {
        let say = self.lang.charts();
        let last = self.chart.months.iter().rev().find_map(|month| Some((month, month.actual?)));
        match last {
            Some((month, actual)) => {
                let shown = |value: i64| self.chart.amounts.said(*self.lang, value);
                let said = say.columns_last(&self.chart.subject, &month.label, shown(actual));
                match month.target {
                    Some(target) => said + say.comma() + &say.burn_up_target(shown(target)),
                    None => said,
                }
            }
            None => say.burn_up_nothing(&self.chart.subject),
        }
    }

    fn data(&self) -> DataTable {
        let (say, chart) = (self.lang.charts(), self.chart);
        let unit = chart.amounts.heading(*self.lang);
        let number = |value: Option<i64>| {
            value.map_or_else(|| "—".to_owned(), |value| chart.amounts.number(*self.lang, value))
        };
        let rows = chart
            .months
            .iter()
            .map(|month| vec![month.label.clone(), number(month.actual), number(month.target)]);
        DataTable {
            caption: chart.subject.clone(),
            heads: vec![say.head_month().to_owned(), say.head_actual_month(&unit), say.head_target(&unit)],
            rows: rows.collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dacheng_text::money;

    fn chart(months: Vec<MonthColumn>) -> String {
        let amounts = Amounts::Money(money::Column::Wan);
        MonthColumns { subject: "2026年月度销售额".into(), months, amounts }.shown(&Lang::Zh).to_string()
    }

    fn month(number: u32, actual: Option<i64>, target: Option<i64>) -> MonthColumn {
        MonthColumn { label: format!("{number}月"), actual, target, running: number == 3 }
    }

    #[test]
    fn columns_of_each_kind() {
        let wan = 1_000_000;
        let usual = [month(1, Some(96 * wan), Some(100 * wan)), month(2, Some(134 * wan), Some(100 * wan))];
        let usual = usual
            .into_iter()
            .chain([month(3, Some(20 * wan), Some(110 * wan)), month(4, None, Some(90 * wan))]);
        insta::assert_snapshot!("columns_usual", chart(usual.collect()));
        insta::assert_snapshot!("columns_empty", chart(vec![]));
        insta::assert_snapshot!("columns_one", chart(vec![month(1, Some(5 * wan), None)]));
        insta::assert_snapshot!(
            "columns_all_zero",
            chart(vec![month(1, Some(0), Some(0)), month(2, Some(0), None)])
        );
        insta::assert_snapshot!("columns_negative", chart(vec![month(1, Some(-40 * wan), Some(10 * wan))]));
    }
}
