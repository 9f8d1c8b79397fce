//! What comes after what was: months as they were, the band of those to come, and their targets.

use askama::Template;
use askama::filters::HtmlSafe;
use dacheng_text::Lang;

use super::axis::{Amounts, Axis, AxisLine};
use super::burn_up::Outlook;
use super::geometry::{At, push_apart};
use crate::components::DataTable;

/// The height of the plot in the style sheet; on a phone it is lower by a fifth.
const HEIGHT: i128 = 300;
/// Two labels closer than this would touch.
const LABEL_GAP: i128 = 18;

/// One month.
#[derive(Debug, Clone)]
pub struct FanPoint {
    /// Its label on the axis: `2026-11`.
    pub label: String,
    /// What it came to; none for months to come.
    pub actual: Option<i64>,
    /// What is expected of it; none for months that are over.
    pub outlook: Option<Outlook>,
    /// Its target; none without one.
    pub target: Option<i64>,
}

/// The data of a fan chart.
#[derive(Debug, Clone)]
pub struct Fan {
    /// An id unique on its page.
    pub id: &'static str,
    /// What is shown: `月度销售额`.
    pub subject: String,
    /// The months in order.
    pub points: Vec<FanPoint>,
    /// The unit.
    pub amounts: Amounts,
}

struct Label {
    at: At,
    shift: i128,
    text: String,
}

struct Tick {
    at: At,
    label: String,
    class: &'static str,
}

impl Fan {
    /// The chart in a language.
    pub fn shown<'a>(&'a self, lang: &'a Lang) -> ShownFan<'a> {
        let values = self.points.iter().flat_map(|point| {
            let outlook = point.outlook.map(|outlook| [outlook.low, outlook.high]);
            [point.actual, point.target].into_iter().flatten().chain(outlook.into_iter().flatten())
        });
        let axis = Axis::around(*lang, &self.amounts, values);
        ShownFan { chart: self, lang, axis }
    }

    fn last(&self) -> Option<usize> {
        self.points.iter().rposition(|point| point.actual.is_some())
    }

    fn sentence(&self, lang: Lang) -> String {
        let (say, shown) = (lang.charts(), |value: i64| self.amounts.said(lang, value));
        let last =
            self.last().and_then(|place| Some((&self.points[place].label, self.points[place].actual?)));
        let mut parts = vec![match last {
            Some((label, actual)) => say.columns_last(&self.subject, label, shown(actual)),
            None => say.burn_up_nothing(&self.subject),
        }];
        let next = self.points.iter().find_map(|point| Some((&point.label, point.outlook?)));
        parts.extend(
            next.map(|(label, next)| {
                say.fan_next(label, shown(next.middle), shown(next.low), shown(next.high))
            }),
        );
        parts.join(say.comma())
    }
}

/// A fan chart ready to stand in a card.
#[derive(Template)]
#[template(path = "charts/fan.html")]
pub struct ShownFan<'a> {
    chart: &'a Fan,
    lang: &'a Lang,
    axis: Axis,
}

impl HtmlSafe for ShownFan<'_> {}

impl ShownFan<'_> {
    fn x(&self, place: usize) -> At {
        let last = self.chart.points.len().saturating_sub(1);
        if last == 0 { At(5_000) } else { At::of(place as i128, last as i128) }
    }

    fn lines(&self) -> Vec<AxisLine> {
        self.axis.lines(*self.lang, &self.chart.amounts)
    }

    fn path(&self, value: impl Fn(usize, &FanPoint) -> Option<i64>) -> String {
        let pairs = self.chart.points.iter().enumerate().filter_map(|(place, point)| {
            Some(format!("{},{}", self.x(place).bare(), self.axis.at(value(place, point)?).bare()))
        });
        pairs.collect::<Vec<_>>().join(" ")
    }

    fn actual_path(&self) -> String {
        self.path(|_, point| point.actual)
    }

    fn target_path(&self) -> String {
        self.path(|_, point| point.target)
    }

    /// From the last month as it was along an edge of the band.
    fn edge(&self, pick: impl Fn(Outlook) -> i64) -> String {
        let last = self.chart.last();
        self.path(|place, point| match point.outlook {
            Some(outlook) => Some(pick(outlook)),
            None => point.actual.filter(|_| Some(place) == last),
        })
    }

    fn forecast_path(&self) -> String {
        self.edge(|outlook| outlook.middle)
    }

    /// Around the band: along its upper edge and back along the lower one.
    fn band(&self) -> String {
        let (upper, lower) = (self.edge(|outlook| outlook.high), self.edge(|outlook| outlook.low));
        let back: Vec<&str> = lower.rsplit(' ').collect();
        format!("{upper} {}", back.join(" ")).trim().to_owned()
    }

    fn dot(&self) -> Option<(At, At)> {
        let place = self.chart.last()?;
        Some((self.x(place), self.axis.at(self.chart.points[place].actual?)))
    }

    /// P10, P50 and P90 of the last month, beside it.
    fn labels(&self) -> Vec<Label> {
        let Some(outlook) = self.chart.points.last().and_then(|point| point.outlook) else {
            return Vec::new();
        };
        let named = [("P90", outlook.high), ("P50", outlook.middle), ("P10", outlook.low)];
        let wanted = named.map(|(_, value)| self.axis.at(value).pixels(HEIGHT));
        let placed = push_apart(&wanted, LABEL_GAP, HEIGHT);
        let both = named.into_iter().zip(wanted.into_iter().zip(placed));
        both.map(|((name, value), (wanted, placed))| Label {
            at: self.axis.at(value),
            shift: placed - wanted + 4,
            text: format!("{name} {}", self.chart.amounts.tick(*self.lang, value)),
        })
        .collect()
    }

    /// At most ten labels; a phone shows every second of them.
    fn ticks(&self) -> Vec<Tick> {
        let every = self.chart.points.len().div_ceil(9).max(1);
        let points = self.chart.points.iter().enumerate().step_by(every).enumerate();
        points
            .map(|(number, (place, point))| Tick {
                at: self.x(place),
                label: point.label.clone(),
                class: if number % 2 == 1 { "quiet every-second" } else { "quiet" },
            })
            .collect()
    }

    /// The lines of the read-out for every month, as JSON that cannot end its script element.
    fn read_out(&self) -> String {
        let (say, shown) = (self.lang.charts(), |value: i64| self.chart.amounts.said(*self.lang, value));
        let lines = self.chart.points.iter().map(|point| {
            let mut lines = vec![point.label.clone()];
            lines.extend(point.actual.map(|actual| say.tip_actual(shown(actual))));
            lines.extend(point.outlook.map(|outlook| say.tip_forecast(shown(outlook.middle))));
            lines.extend(point.outlook.map(|outlook| say.tip_band(shown(outlook.low), shown(outlook.high))));
            lines.extend(point.target.map(|target| say.tip_target(shown(target))));
            lines
        });
        let lines: Vec<Vec<String>> = lines.collect();
        serde_json::to_string(&lines).unwrap_or_default().replace('<', "\\u003c")
    }

    fn at(&self) -> usize {
        self.chart.last().unwrap_or(0)
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
        let of = |point: &FanPoint, pick: fn(Outlook) -> i64| number(point.outlook.map(pick));
        DataTable {
            caption: chart.subject.clone(),
            heads: vec![
                say.head_month().to_owned(),
                say.head_actual_month(&unit),
                format!("P10 ({unit})"),
                format!("P50 ({unit})"),
                format!("P90 ({unit})"),
                say.head_target(&unit),
            ],
            rows: chart
                .points
                .iter()
                .map(|point| {
                    vec![
                        point.label.clone(),
                        number(point.actual),
                        of(point, |outlook| outlook.low),
                        of(point, |outlook| outlook.middle),
                        of(point, |outlook| outlook.high),
                        number(point.target),
                    ]
                })
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dacheng_text::money;

    const WAN: i64 = 1_000_000;

    fn was(label: &str, wan: i64) -> FanPoint {
        FanPoint { label: label.into(), actual: Some(wan * WAN), outlook: None, target: None }
    }

    fn comes(label: &str, wan: [i64; 3]) -> FanPoint {
        let [low, middle, high] = wan.map(|wan| wan * WAN);
        let outlook = Some(Outlook { low, middle, high });
        FanPoint { label: label.into(), actual: None, outlook, target: Some(100 * WAN) }
    }

    fn chart(points: Vec<FanPoint>) -> String {
        let amounts = Amounts::Money(money::Column::Wan);
        Fan { id: "fan", subject: "月度销售额".into(), points, amounts }.shown(&Lang::Zh).to_string()
    }

    #[test]
    fn the_band_begins_where_the_history_ends() {
        let drawn = chart(vec![was("2026-09", 90), was("2026-10", 80), comes("2026-11", [70, 85, 110])]);
        // Of 150: 80, then 110 and 70.
        let last = "50.00,46.67";
        assert!(
            drawn.contains(&format!("class=\"band\" points=\"{last} 100.00,26.67 100.00,53.33 {last}\"")),
            "{drawn}"
        );
        assert!(drawn.contains(&format!("class=\"line-forecast\" points=\"{last} ")), "{drawn}");
        assert!(drawn.contains("2026-11 预测 85.0 万元"), "{drawn}");
    }

    #[test]
    fn nothing_one_month_and_only_the_future_are_drawn() {
        assert!(chart(vec![]).contains("尚无数据"));
        assert!(chart(vec![was("2026-09", 90)]).contains("circle"));
        let drawn = chart(vec![comes("2026-11", [-70, 0, 70])]);
        assert!(!drawn.contains("circle") && drawn.contains("P10 −70"), "{drawn}");
    }
}
