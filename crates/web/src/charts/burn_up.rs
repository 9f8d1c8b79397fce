//! Will we hit it: the running total against the pace line and the target.

use askama::Template;
use askama::filters::HtmlSafe;
use dacheng_text::Lang;

use super::axis::{Amounts, Axis, AxisLine};
use super::geometry::{At, push_apart};
use crate::components::DataTable;

/// The height of the plot in the style sheet; on a phone it is lower by a fifth.
const HEIGHT: i128 = 300;
/// Two labels closer than this would touch.
const LABEL_GAP: i128 = 18;

/// One day, week or month of the period.
#[derive(Debug, Clone)]
pub struct BurnUpPoint {
    /// Its label on the axis: `11-23`, `11月`.
    pub label: String,
    /// What it is called in the read-out: `11-23 · 第 16 / 21 个工作日`.
    pub title: String,
    /// The total up to its end; none for days to come.
    pub actual: Option<i64>,
    /// Where the plan is at its end; none without a target.
    pub pace: Option<i64>,
    /// What is expected, for the last day with an actual and every day after it.
    pub outlook: Option<Outlook>,
}

/// An expected total with its 80 % band.
#[derive(Debug, Clone, Copy)]
pub struct Outlook {
    /// P10.
    pub low: i64,
    /// P50.
    pub middle: i64,
    /// P90.
    pub high: i64,
}

/// The data of a burn-up chart.
#[derive(Debug, Clone)]
pub struct BurnUp {
    /// An id unique on its page.
    pub id: &'static str,
    /// What is added up: `11月累计销售额`.
    pub subject: String,
    /// The heading of the label column in the table: 日期, 月份.
    pub axis: String,
    /// The points in order.
    pub points: Vec<BurnUpPoint>,
    /// The target of the period.
    pub target: Option<i64>,
    /// The unit.
    pub amounts: Amounts,
}

struct EndLabel {
    at: At,
    shift: i128,
    text: String,
}

struct Tick {
    at: At,
    label: String,
    class: &'static str,
    anchor: &'static str,
}

struct Today {
    x: At,
    y: At,
    text: String,
    shift: i32,
    aside: i32,
    anchor: &'static str,
}

impl BurnUp {
    /// Whether anything is to be drawn.
    pub fn is_empty(&self) -> bool {
        self.points.is_empty()
    }

    /// The chart in a language.
    pub fn shown<'a>(&'a self, lang: &'a Lang) -> ShownBurnUp<'a> {
        let values = self.points.iter().flat_map(|point| {
            let outlook = point.outlook.map(|outlook| [outlook.low, outlook.high]);
            [point.actual, point.pace].into_iter().flatten().chain(outlook.into_iter().flatten())
        });
        let axis = Axis::around(*lang, &self.amounts, values.chain(self.target));
        ShownBurnUp { chart: self, lang, axis }
    }

    fn last(&self) -> Option<(usize, i64)> {
        let place = self.points.iter().rposition(|point| point.actual.is_some())?;
        Some((place, self.points.get(place)?.actual?))
    }

    fn sentence(&self, lang: Lang) -> String {
        let say = lang.charts();
        let shown = |value: i64| self.amounts.said(lang, value);
        let mut parts = vec![match self.last() {
            Some((place, actual)) => {
                let point = &self.points[place];
                let mut part = say.burn_up_actual(&self.subject, &point.label, shown(actual));
                if let Some(pace) = point.pace {
                    part = part + say.comma() + &say.burn_up_pace(shown(pace));
                }
                part
            }
            None => say.burn_up_nothing(&self.subject),
        }];
        parts.extend(self.points.last().and_then(|point| point.outlook).map(|outlook| {
            say.burn_up_forecast(shown(outlook.middle), shown(outlook.low), shown(outlook.high))
        }));
        parts.extend(self.target.map(|target| say.burn_up_target(shown(target))));
        parts.join(say.comma())
    }
}

/// A burn-up chart ready to stand in a card.
#[derive(Template)]
#[template(path = "charts/burn_up.html")]
pub struct ShownBurnUp<'a> {
    chart: &'a BurnUp,
    lang: &'a Lang,
    axis: Axis,
}

impl HtmlSafe for ShownBurnUp<'_> {}

impl ShownBurnUp<'_> {
    fn x(&self, place: usize) -> At {
        let last = self.chart.points.len().saturating_sub(1);
        if last == 0 { At(5_000) } else { At::of(place as i128, last as i128) }
    }

    fn lines(&self) -> Vec<AxisLine> {
        self.axis.lines(*self.lang, &self.chart.amounts)
    }

    fn path(&self, value: impl Fn(&BurnUpPoint) -> Option<i64>) -> String {
        let points = self.chart.points.iter().enumerate();
        let pairs = points.filter_map(|(place, point)| {
            Some(format!("{},{}", self.x(place).bare(), self.axis.at(value(point)?).bare()))
        });
        pairs.collect::<Vec<_>>().join(" ")
    }

    fn actual_path(&self) -> String {
        self.path(|point| point.actual)
    }

    fn pace_path(&self) -> String {
        self.path(|point| point.pace)
    }

    fn forecast_path(&self) -> String {
        self.path(|point| point.outlook.map(|outlook| outlook.middle))
    }

    /// Around the band: along its upper edge and back along the lower one.
    fn band(&self) -> String {
        let upper = self.path(|point| point.outlook.map(|outlook| outlook.high));
        let lower = self.path(|point| point.outlook.map(|outlook| outlook.low));
        let back: Vec<&str> = lower.rsplit(' ').collect();
        format!("{upper} {}", back.join(" ")).trim().to_owned()
    }

    fn target(&self) -> Option<At> {
        self.chart.target.map(|target| self.axis.at(target))
    }

    fn today(&self) -> Option<Today> {
        let (place, actual) = self.chart.last()?;
        let (x, y) = (self.x(place), self.axis.at(actual));
        let text =
            format!("{} {}", self.chart.points[place].label, self.chart.amounts.number(*self.lang, actual));
        // On the side away from the pace line, and inside the drawing; left of the dot near the right edge.
        let above = self.chart.points[place].pace.is_some_and(|pace| actual > pace);
        let (anchor, aside) = if x.0 < 8_000 { ("start", 8) } else { ("end", -10) };
        let shift = if (above && y.0 > 1_000) || y.0 >= 8_500 { -10 } else { 20 };
        Some(Today { x, y, text, shift, aside, anchor })
    }

    fn end_labels(&self) -> Vec<EndLabel> {
        let (say, shown) = (self.lang.charts(), |value: i64| self.chart.amounts.tick(*self.lang, value));
        let target = self.chart.target.map(|target| (target, say.target_label(shown(target))));
        let outlook = self.chart.points.last().and_then(|point| point.outlook);
        let forecast = outlook.map(|outlook| (outlook.middle, say.forecast_label(shown(outlook.middle))));
        let labels: Vec<(i64, String)> = [target, forecast].into_iter().flatten().collect();
        let wanted: Vec<i128> = labels.iter().map(|(value, _)| self.axis.at(*value).pixels(HEIGHT)).collect();
        let placed = push_apart(&wanted, LABEL_GAP, HEIGHT);
        let both = labels.into_iter().zip(wanted.into_iter().zip(placed));
        both.map(|((value, text), (wanted, placed))| EndLabel {
            at: self.axis.at(value),
            shift: placed - wanted + 4,
            text,
        })
        .collect()
    }

    /// At most ten labels; a phone shows every second of them.
    fn ticks(&self) -> Vec<Tick> {
        let every = self.chart.points.len().div_ceil(10).max(1);
        let points = self.chart.points.iter().enumerate().step_by(every).enumerate();
        points
            .map(|(number, (place, point))| Tick {
                at: self.x(place),
                label: point.label.clone(),
                class: if number % 2 == 1 { "quiet every-second" } else { "quiet" },
                anchor: if place == 0 && self.chart.points.len() > 1 { "start" } else { "middle" },
            })
            .collect()
    }

    /// The lines of the read-out for every point, as JSON that cannot end its script element.
    fn read_out(&self) -> String {
        let (say, shown) = (self.lang.charts(), |value: i64| self.chart.amounts.said(*self.lang, value));
        let lines = self.chart.points.iter().map(|point| {
            let mut lines = vec![point.title.clone()];
            lines.extend(point.actual.map(|actual| say.tip_actual(shown(actual))));
            lines.extend(point.pace.map(|pace| say.tip_pace(shown(pace))));
            if let (Some(actual), Some(pace)) = (point.actual, point.pace) {
                let gap = actual.saturating_sub(pace);
                lines.push(say.tip_gap(self.chart.amounts.signed_said(*self.lang, gap)));
            } else if let Some(outlook) = point.outlook {
                lines.push(say.tip_forecast(shown(outlook.middle)));
            }
            lines
        });
        let lines: Vec<Vec<String>> = lines.collect();
        serde_json::to_string(&lines).unwrap_or_default().replace('<', "\\u003c")
    }

    fn at(&self) -> usize {
        self.chart.last().map_or(0, |(place, _)| place)
    }

    fn sentence(&self) -> String {
        self.chart.sentence(*self.lang)
    }

    fn data(&self) -> DataTable {
        let (say, chart) = (self.lang.charts(), self.chart);
        let unit = chart.amounts.heading(*self.lang);
        let number = |value: Option<i64>| {
            value.map_or_else(|| "—".to_owned(), |value| chart.amounts.number(*self.lang, value))
        };
        let gap = |point: &BurnUpPoint| Some(point.actual?.saturating_sub(point.pace?));
        DataTable {
            caption: chart.subject.clone(),
            heads: vec![
                chart.axis.clone(),
                say.head_actual(&unit),
                say.head_pace(&unit),
                say.head_gap(&unit),
            ],
            rows: chart
                .points
                .iter()
                .map(|point| {
                    let difference = gap(point)
                        .map_or_else(|| "—".to_owned(), |gap| chart.amounts.signed(*self.lang, gap));
                    vec![point.label.clone(), number(point.actual), number(point.pace), difference]
                })
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dacheng_text::money;

    fn chart(points: Vec<BurnUpPoint>, target: Option<i64>) -> String {
        let amounts = Amounts::Money(money::Column::Wan);
        let (subject, axis) = ("11月累计销售额".into(), "日期".into());
        BurnUp { id: "burn-up", subject, axis, points, target, amounts }.shown(&Lang::Zh).to_string()
    }

    fn day(day: u32, actual: Option<i64>, pace: i64) -> BurnUpPoint {
        let label = format!("11-{day:02}");
        BurnUpPoint { title: label.clone(), label, actual, pace: Some(pace), outlook: None }
    }

    #[test]
    fn a_burn_up_of_each_kind() {
        let wan = 1_000_000;
        let usual = vec![
            day(2, Some(62 * wan), 82 * wan),
            day(3, Some(118 * wan), 164 * wan),
            day(4, None, 246 * wan),
        ];
        insta::assert_snapshot!("burn_up_usual", chart(usual, Some(246 * wan)));
        insta::assert_snapshot!("burn_up_empty", chart(vec![], None));
        insta::assert_snapshot!(
            "burn_up_one_point",
            chart(vec![day(2, Some(62 * wan), 82 * wan)], Some(82 * wan))
        );
        insta::assert_snapshot!(
            "burn_up_all_zero",
            chart(vec![day(2, Some(0), 0), day(3, Some(0), 0)], Some(0))
        );
        let returns = vec![day(2, Some(-30 * wan), 40 * wan), day(3, Some(180 * wan), 80 * wan)];
        insta::assert_snapshot!("burn_up_negative_then_over_the_target", chart(returns, Some(100 * wan)));
    }

    #[test]
    fn target_and_forecast_labels_do_not_touch() {
        let wan = 1_000_000;
        let mut last = day(30, Some(95 * wan), 100 * wan);
        last.outlook = Some(Outlook { low: 90 * wan, middle: 99 * wan, high: 108 * wan });
        let drawn = chart(vec![day(27, Some(80 * wan), 90 * wan), last], Some(100 * wan));
        let shifts: Vec<&str> = drawn.split("class=\"end\" x=\"100%\" dx=\"8\"").skip(1).collect();
        assert_eq!(shifts.len(), 2);
        insta::assert_snapshot!("burn_up_close_labels", drawn);
    }

    #[test]
    fn the_read_out_cannot_end_its_element() {
        let mut point = day(2, Some(1), 1);
        point.title = "</script>".into();
        assert!(!chart(vec![point], None).contains("</script>\""));
    }
}
