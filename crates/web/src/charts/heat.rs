//! Which team, which month: a real table in seven steps; the running month is outlined and not coloured.

use askama::Template;
use askama::filters::HtmlSafe;
use dacheng_domain::Ratio;
use dacheng_text::{Lang, rate};

use crate::components::Link;

/// One month of one team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HeatCell {
    /// A closed month; the link explains the figure.
    Closed {
        /// Actual ÷ target.
        attainment: Ratio,
        /// The explanation of the figure.
        explain: String,
    },
    /// The month that is still running.
    Running {
        /// Actual ÷ target so far.
        attainment: Ratio,
        /// The explanation of the figure.
        explain: String,
    },
    /// No target, or not begun.
    Blank,
}

/// One team.
#[derive(Debug, Clone)]
pub struct HeatRow {
    /// Its name and page.
    pub unit: Link,
    /// As many cells as the table has months.
    pub cells: Vec<HeatCell>,
}

/// The data of a heat table.
#[derive(Debug, Clone)]
pub struct HeatTable {
    /// What is shown: 团队月度完成率.
    pub caption: String,
    /// The months: `1月`; a phone shows the last six.
    pub months: Vec<String>,
    /// The teams.
    pub rows: Vec<HeatRow>,
}

/// The lower ends of steps 2 to 7 in per cent, and what the key says.
const STEPS: [(i64, &str); 6] =
    [(60, "60–69"), (70, "70–79"), (80, "80–94"), (95, "95–104"), (105, "105–119"), (120, "≥120")];

/// The step of an unrounded attainment: 79.96 % is in the step below 80 %.
fn step(attainment: Ratio) -> usize {
    1 + STEPS.iter().filter(|(from, _)| attainment >= Ratio::percent(*from)).count()
}

impl HeatCell {
    fn class(&self) -> String {
        match self {
            Self::Closed { attainment, .. } => format!("step-{}", step(*attainment)),
            Self::Running { .. } => "running".to_owned(),
            Self::Blank => "blank".to_owned(),
        }
    }

    fn figure(&self) -> Option<(String, String, &str)> {
        match self {
            Self::Closed { attainment, explain } | Self::Running { attainment, explain } => {
                Some((rate::whole(*attainment), rate::percent(*attainment), explain))
            }
            Self::Blank => None,
        }
    }
}

impl HeatTable {
    /// The table in a language.
    pub fn shown<'a>(&'a self, lang: &'a Lang) -> ShownHeat<'a> {
        ShownHeat { table: self, lang }
    }
}

/// A heat table ready to stand in a card.
#[derive(Template)]
#[template(path = "charts/heat.html")]
pub struct ShownHeat<'a> {
    table: &'a HeatTable,
    lang: &'a Lang,
}

impl HtmlSafe for ShownHeat<'_> {}

impl ShownHeat<'_> {
    /// On a phone only the last six months are shown.
    fn width(&self, place: &usize) -> &'static str {
        if place + 6 < self.table.months.len() { "wide-only" } else { "" }
    }

    fn key(&self) -> Vec<(usize, &'static str)> {
        let rest = STEPS.iter().enumerate().map(|(place, (_, text))| (place + 2, *text));
        [(1, "<60")].into_iter().chain(rest).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_begin_exactly_at_their_threshold() {
        for (num, expected) in [
            (5_999, 1),
            (6_000, 2),
            (7_996, 3),
            (8_000, 4),
            (9_500, 5),
            (10_500, 6),
            (11_999, 6),
            (12_000, 7),
        ] {
            assert_eq!(step(Ratio::new(num, 10_000).unwrap()), expected, "{num}");
        }
        assert_eq!(step(Ratio::new(-1, 2).unwrap()), 1);
    }

    #[test]
    fn a_heat_table_of_each_kind() {
        let closed =
            |percent| HeatCell::Closed { attainment: Ratio::percent(percent), explain: "/explain".into() };
        let running = HeatCell::Running { attainment: Ratio::percent(45), explain: "/explain".into() };
        let rows = vec![
            HeatRow {
                unit: Link::new("上海组", "/targets/sh"),
                cells: vec![closed(134), HeatCell::Blank, running],
            },
            HeatRow {
                unit: Link::new("一个名字非常非常长的小组", "/targets/x"),
                cells: vec![closed(0), closed(-3), closed(79)],
            },
        ];
        let months = ["9月", "10月", "11月"].map(str::to_owned).to_vec();
        let table = HeatTable { caption: "团队月度完成率".into(), months, rows };
        insta::assert_snapshot!("heat_usual", table.shown(&Lang::Zh));
        let empty = HeatTable { caption: "团队月度完成率".into(), months: vec![], rows: vec![] };
        insta::assert_snapshot!("heat_empty", empty.shown(&Lang::En));
    }
}
