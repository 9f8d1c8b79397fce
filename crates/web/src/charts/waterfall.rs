//! Why two totals differ: from the first through its causes to the last.

use askama::Template;
use askama::filters::HtmlSafe;
use dacheng_text::Lang;

use super::axis::{Amounts, Axis};
use super::geometry::At;
use crate::components::DataTable;

/// One cause.
#[derive(Debug, Clone)]
pub struct WaterfallStep {
    /// Its name.
    pub label: String,
    /// By how much it raises or lowers the total.
    pub change: i64,
}

/// The data of a waterfall; its last total is the first plus all steps.
#[derive(Debug, Clone)]
pub struct Waterfall {
    /// What is explained: `月末预测与目标的差异`.
    pub subject: String,
    /// The first total and its name: 目标.
    pub from: (String, i64),
    /// The causes in order.
    pub steps: Vec<WaterfallStep>,
    /// The name of the last total: 实际.
    pub to: String,
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
    joint: Option<(At, At)>,
}

impl Waterfall {
    /// The last total.
    fn end(&self) -> i64 {
        self.steps.iter().fold(self.from.1, |total, step| total.saturating_add(step.change))
    }

    /// The running total after each step, the first total first.
    fn totals(&self) -> Vec<i64> {
        let mut totals = vec![self.from.1];
        for step in &self.steps {
            totals.push(totals[totals.len() - 1].saturating_add(step.change));
        }
        totals
    }

    /// The chart in a language.
    pub fn shown<'a>(&'a self, lang: &'a Lang) -> ShownWaterfall<'a> {
        ShownWaterfall { chart: self, lang, axis: Axis::truncated(*lang, &self.amounts, &self.totals()) }
    }
}

/// A waterfall ready to stand in a card.
#[derive(Template)]
#[template(path = "charts/waterfall.html")]
pub struct ShownWaterfall<'a> {
    chart: &'a Waterfall,
    lang: &'a Lang,
    axis: Axis,
}

impl HtmlSafe for ShownWaterfall<'_> {}

impl ShownWaterfall<'_> {
    fn bars(&self) -> Vec<Drawn> {
        let chart = self.chart;
        let totals = chart.totals();
        let number = |value| chart.amounts.number(*self.lang, value);
        let mut bars = vec![self.bar(0, 0, chart.from.1, "total", number(chart.from.1))];
        for (place, step) in chart.steps.iter().enumerate() {
            let class = if step.change < 0 { "down" } else { "up" };
            let value = chart.amounts.signed(*self.lang, step.change);
            bars.push(self.bar(place + 1, totals[place], totals[place + 1], class, value));
        }
        bars.push(self.bar(chart.steps.len() + 1, 0, chart.end(), "total", number(chart.end())));
        bars
    }

    fn bar(&self, place: usize, from: i64, to: i64, class: &'static str, value: String) -> Drawn {
        let count = self.chart.steps.len() as i128 + 2;
        let at = |tenths: i128| At::of(place as i128 * 10 + tenths, count * 10);
        let (start, end) = (self.axis.at(from), self.axis.at(to));
        let last = place == self.chart.steps.len() + 1;
        Drawn {
            x: at(2),
            width: at(2).to(at(8)),
            middle: at(5),
            y: start.min(end),
            height: start.to(end),
            class,
            value,
            joint: (!last).then(|| (at(8), at(12))),
        }
    }

    fn joint_y(&self, place: &usize) -> At {
        self.axis.at(self.chart.totals().get(*place).copied().unwrap_or_default())
    }

    fn zero(&self) -> At {
        self.axis.at(0)
    }

    fn is_truncated(&self) -> bool {
        !self.axis.has_zero()
    }

    fn labels(&self) -> Vec<&str> {
        let steps = self.chart.steps.iter().map(|step| step.label.as_str());
        [self.chart.from.0.as_str()].into_iter().chain(steps).chain([self.chart.to.as_str()]).collect()
    }

    fn sentence(&self) -> String {
        let (say, chart) = (self.lang.charts(), self.chart);
        let shown = |value| chart.amounts.said(*self.lang, value);
        let mut parts = vec![format!("{} {}", chart.from.0, shown(chart.from.1))];
        parts.extend(
            chart
                .steps
                .iter()
                .map(|step| format!("{} {}", step.label, chart.amounts.signed(*self.lang, step.change))),
        );
        parts.push(format!("{} {}", chart.to, shown(chart.end())));
        say.waterfall(&chart.subject, parts.join(say.comma()))
    }

    fn data(&self) -> DataTable {
        let (say, chart) = (self.lang.charts(), self.chart);
        let number = |value| chart.amounts.number(*self.lang, value);
        let mut rows = vec![vec![chart.from.0.clone(), number(chart.from.1)]];
        rows.extend(
            chart
                .steps
                .iter()
                .map(|step| vec![step.label.clone(), chart.amounts.signed(*self.lang, step.change)]),
        );
        rows.push(vec![chart.to.clone(), number(chart.end())]);
        DataTable {
            caption: chart.subject.clone(),
            heads: vec![say.head_cause().to_owned(), say.head_amount(chart.amounts.heading(*self.lang))],
            rows,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dacheng_text::money;

    fn chart(from: i64, steps: &[(&str, i64)]) -> String {
        let wan = 1_000_000;
        let steps = steps
            .iter()
            .map(|(label, change)| WaterfallStep { label: (*label).into(), change: change * wan });
        let drawn = Waterfall {
            subject: "差异".into(),
            from: ("目标".into(), from * wan),
            steps: steps.collect(),
            to: "实际".into(),
            amounts: Amounts::Money(money::Column::Wan),
        };
        drawn.shown(&Lang::Zh).to_string()
    }

    #[test]
    fn a_waterfall_of_each_kind() {
        insta::assert_snapshot!("waterfall_usual", chart(1720, &[("新产品", 58), ("项目延期", -74)]));
        insta::assert_snapshot!("waterfall_without_causes", chart(100, &[]));
        insta::assert_snapshot!("waterfall_all_zero", chart(0, &[("新产品", 0)]));
        insta::assert_snapshot!("waterfall_below_zero", chart(10, &[("退货", -40), ("其他", 5)]));
        let long = "华东大区苏州工业园区新产品推广联合项目延期交付导致的回款顺延";
        insta::assert_snapshot!("waterfall_long_name", chart(100, &[(long, -20)]));
    }
}
