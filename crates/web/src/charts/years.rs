//! How the months of several years compare: a group of columns a month, a column a year. The table of the same figures
//! stands beside it on the page.

use askama::Template;
use askama::filters::HtmlSafe;
use dacheng_text::Lang;

use super::axis::{Amounts, Axis, AxisLine};
use super::geometry::At;

/// Years that are told apart by colour.
const COLOURS: usize = 3;

/// A month with its amount in each year.
#[derive(Debug, Clone)]
pub struct MonthOfYears {
    /// Its label: `11月`.
    pub label: String,
    /// The amounts, in the order of the years; none before the history and before the month begins.
    pub amounts: Vec<Option<i64>>,
    /// Whether that of the last year still runs; drawn with a dashed outline.
    pub running: bool,
}

/// The data of the chart.
#[derive(Debug, Clone)]
pub struct YearsByMonth {
    /// What is shown: `销售额，按月`.
    pub subject: String,
    /// The years, oldest first; at most three.
    pub years: Vec<String>,
    /// The months in order.
    pub months: Vec<MonthOfYears>,
    /// The unit.
    pub amounts: Amounts,
}

struct Drawn {
    x: At,
    width: At,
    y: At,
    height: At,
    class: String,
}

struct Label {
    at: At,
    text: String,
    class: &'static str,
}

impl YearsByMonth {
    /// The chart in a language.
    pub fn shown<'a>(&'a self, lang: &'a Lang) -> ShownYears<'a> {
        let values = self.months.iter().flat_map(|month| month.amounts.iter().copied()).flatten();
        ShownYears { chart: self, axis: Axis::around(*lang, &self.amounts, values), lang }
    }

    /// The class of the colour of a year: the last is the first colour, whatever stands before it.
    fn class(&self, place: usize) -> String {
        format!("age-{}", self.years.len().saturating_sub(place + 1).min(COLOURS - 1))
    }

    /// Each year with the class of its colour, for the key.
    pub fn key(&self) -> Vec<(String, &str)> {
        self.years.iter().enumerate().map(|(place, year)| (self.class(place), year.as_str())).collect()
    }
}

/// A chart of years ready to stand in a card.
#[derive(Template)]
#[template(path = "charts/years.html")]
pub struct ShownYears<'a> {
    chart: &'a YearsByMonth,
    lang: &'a Lang,
    axis: Axis,
}

impl HtmlSafe for ShownYears<'_> {}

impl ShownYears<'_> {
    fn lines(&self) -> Vec<AxisLine> {
        self.axis.lines(*self.lang, &self.chart.amounts)
    }

    /// A place in the band of a month, in hundredths of the band.
    fn at(&self, month: usize, hundredths: i128) -> At {
        At::of(month as i128 * 100 + hundredths, self.chart.months.len().max(1) as i128 * 100)
    }

    fn columns(&self) -> Vec<Drawn> {
        let count = self.chart.years.len().max(1) as i128;
        let mut drawn = Vec::new();
        for (place, month) in self.chart.months.iter().enumerate() {
            for (year, amount) in month.amounts.iter().enumerate() {
                let Some(amount) = amount else { continue };
                let side = |number: i128| self.at(place, 12 + number * 76 / count);
                let (left, right) = (side(year as i128), side(year as i128 + 1));
                let (zero, end) = (self.axis.at(0), self.axis.at(*amount));
                let is_last = year + 1 == self.chart.years.len();
                let running = if month.running && is_last { " running" } else { "" };
                drawn.push(Drawn {
                    x: left,
                    width: left.to(right),
                    y: zero.min(end),
                    height: zero.to(end),
                    class: format!("column {}{running}", self.chart.class(year)),
                });
            }
        }
        drawn
    }

    fn labels(&self) -> Vec<Label> {
        let months = self.chart.months.iter().enumerate();
        let labels = months.map(|(place, month)| Label {
            at: self.at(place, 50),
            text: month.label.clone(),
            class: if place % 2 == 1 { "quiet every-second" } else { "quiet" },
        });
        labels.collect()
    }

    fn zero(&self) -> At {
        self.axis.at(0)
    }

    /// The highest month of the last year that has one.
    fn sentence(&self) -> String {
        let (say, chart) = (self.lang.charts(), self.chart);
        let last = chart.years.len().saturating_sub(1);
        let known = chart.months.iter().filter_map(|month| Some((month, (*month.amounts.get(last)?)?)));
        match known.max_by_key(|(_, amount)| *amount) {
            Some((month, amount)) => {
                let year = chart.years.get(last).map_or("", String::as_str);
                say.years_highest(&chart.subject, year, &month.label, chart.amounts.said(*self.lang, amount))
            }
            None => say.burn_up_nothing(&chart.subject),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dacheng_text::money;

    fn chart(months: Vec<MonthOfYears>) -> String {
        let amounts = Amounts::Money(money::Column::Wan);
        let years = ["2024年", "2025年", "2026年"].map(str::to_owned).to_vec();
        YearsByMonth { subject: "销售额".into(), years, months, amounts }.shown(&Lang::Zh).to_string()
    }

    fn month(number: usize, wan: [Option<i64>; 3]) -> MonthOfYears {
        let amounts = wan.map(|wan| wan.map(|wan| wan * 1_000_000)).to_vec();
        MonthOfYears { label: format!("{number}月"), amounts, running: number == 2 }
    }

    #[test]
    fn a_column_a_year_in_each_month() {
        let shown =
            chart(vec![month(1, [None, Some(80), Some(120)]), month(2, [Some(-10), Some(90), Some(60)])]);
        assert_eq!(shown.matches("<rect").count(), 5, "{shown}");
        assert_eq!(shown.matches("age-0").count(), 2, "{shown}");
        assert!(shown.contains("column age-0 running"), "{shown}");
        assert!(shown.contains("2026年") && shown.contains("120"), "{shown}");
        assert!(!shown.contains("style="), "{shown}");
    }

    #[test]
    fn nothing_is_said_to_be_nothing() {
        for empty in [chart(Vec::new()), chart(vec![month(1, [None; 3])])] {
            assert!(empty.contains("尚无数据") && !empty.contains("<rect"), "{empty}");
        }
        assert_eq!(chart(vec![month(1, [Some(0); 3])]).matches("<rect").count(), 3);
    }
}
