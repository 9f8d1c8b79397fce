//! How the months of a usual year lie to its average: a column a month, a line at the average, and from the lowest to the
//! highest year a stroke. The table of the same figures stands beside it on the page.

use askama::Template;
use askama::filters::HtmlSafe;
use dacheng_domain::Ratio;
use dacheng_text::{Lang, rate};

use super::axis::{Amounts, Axis, AxisLine};
use super::geometry::At;

/// Hundredths of a per cent in one per cent.
const PER_CENT: i64 = 100;

/// A month of a usual year, in ten-thousandths of an average month.
#[derive(Debug, Clone)]
pub struct SeasonColumn {
    /// Its label: `11月`.
    pub label: String,
    /// The mean of the years.
    pub mean: i64,
    /// The lowest year.
    pub low: i64,
    /// The highest year.
    pub high: i64,
}

/// The data of the chart.
#[derive(Debug, Clone)]
pub struct SeasonColumns {
    /// What is shown: `季节指数`.
    pub subject: String,
    /// The months in order.
    pub months: Vec<SeasonColumn>,
}

struct Drawn {
    x: At,
    width: At,
    middle: At,
    y: At,
    height: At,
    low: At,
    high: At,
    label: String,
    class: &'static str,
}

impl SeasonColumns {
    /// The chart in a language.
    pub fn shown<'a>(&'a self, lang: &'a Lang) -> ShownSeasons<'a> {
        let amounts = Amounts::Count("%".to_owned());
        let values = self.months.iter().flat_map(|month| [month.mean, month.low, month.high]);
        let values = values.map(|index| index / PER_CENT).chain([100]);
        let axis = Axis::around(*lang, &amounts, values);
        ShownSeasons { chart: self, lang, axis, amounts }
    }
}

/// A chart of seasons ready to stand in a card.
#[derive(Template)]
#[template(path = "charts/seasons.html")]
pub struct ShownSeasons<'a> {
    chart: &'a SeasonColumns,
    lang: &'a Lang,
    axis: Axis,
    amounts: Amounts,
}

impl HtmlSafe for ShownSeasons<'_> {}

impl ShownSeasons<'_> {
    fn lines(&self) -> Vec<AxisLine> {
        self.axis.lines(*self.lang, &self.amounts)
    }

    fn average(&self) -> At {
        self.axis.at(100)
    }

    fn zero(&self) -> At {
        self.axis.at(0)
    }

    fn columns(&self) -> Vec<Drawn> {
        let count = self.chart.months.len().max(1) as i128;
        let columns = self.chart.months.iter().enumerate().map(|(place, month)| {
            let at = |tenths: i128| At::of(place as i128 * 10 + tenths, count * 10);
            let up = |index: i64| self.axis.at(index / PER_CENT);
            let (zero, end) = (self.zero(), up(month.mean));
            Drawn {
                x: at(2),
                width: at(2).to(at(8)),
                middle: at(5),
                y: zero.min(end),
                height: zero.to(end),
                low: up(month.low),
                high: up(month.high),
                label: month.label.clone(),
                class: if place % 2 == 1 { "quiet every-second" } else { "quiet" },
            }
        });
        columns.collect()
    }

    fn sentence(&self) -> String {
        let (say, chart) = (self.lang.charts(), self.chart);
        let index = |index: i64| Ratio::new(index, 10_000).map_or_else(String::new, rate::percent);
        let highest = chart.months.iter().max_by_key(|month| month.mean);
        let lowest = chart.months.iter().min_by_key(|month| month.mean);
        match highest.zip(lowest) {
            Some((high, low)) => {
                say.seasons(&chart.subject, &high.label, index(high.mean), &low.label, index(low.mean))
            }
            None => say.burn_up_nothing(&chart.subject),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stroke_goes_from_the_lowest_year_to_the_highest() {
        let column = |label: &str, mean, low, high| SeasonColumn { label: label.into(), mean, low, high };
        let months = vec![column("1月", 12_000, 10_000, 14_000), column("2月", 8_000, 6_000, 10_000)];
        let chart = SeasonColumns { subject: "季节指数".into(), months };
        let shown = chart.shown(&Lang::Zh).to_string();
        assert_eq!(shown.matches("class=\"spread\"").count(), 2, "{shown}");
        assert!(shown.contains("1月 120.0%") && shown.contains("2月 80.0%"), "{shown}");
        let empty = SeasonColumns { subject: "季节指数".into(), months: Vec::new() };
        assert!(empty.shown(&Lang::Zh).to_string().contains("尚无数据"));
    }
}
