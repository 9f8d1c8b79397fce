//! Who stands where: a sorted list with a bar each; no podium.

use askama::Template;
use askama::filters::HtmlSafe;
use dacheng_domain::Ratio;
use dacheng_text::rate;

use super::geometry::At;
use crate::components::{Link, Tone};

/// One place.
#[derive(Debug, Clone)]
pub struct Ranked {
    /// The place; equal figures share one, whoever has no figure has none.
    pub place: Option<u32>,
    /// The name and its page; without an address where the page is not for the viewer.
    pub name: Link,
    /// The figure that ranks; none where it does not exist, listed last.
    pub attainment: Option<Ratio>,
    /// The colour.
    pub tone: Tone,
}

/// A ranking, best first.
#[derive(Debug, Clone, Template)]
#[template(path = "charts/ranking.html")]
pub struct Ranking {
    /// What ranks: 11月销售额完成率.
    pub subject: String,
    /// The places in order.
    pub rows: Vec<Ranked>,
}

impl HtmlSafe for Ranking {}

impl Ranking {
    /// The longest bar is the best figure, at least 100 %.
    fn full(&self) -> i128 {
        self.rows
            .iter()
            .filter_map(|row| row.attainment)
            .map(|rate| rate.scaled(10_000))
            .fold(10_000, i128::max)
    }

    fn bar(&self, row: &Ranked) -> At {
        At::of(row.attainment.map_or(0, |rate| rate.scaled(10_000)), self.full())
    }

    fn goal(&self) -> At {
        At::of(10_000, self.full())
    }
}

impl Ranked {
    fn value(&self) -> String {
        self.attainment.map_or_else(|| "—".to_owned(), rate::percent)
    }

    const fn fill(&self) -> &'static str {
        match self.tone {
            Tone::Ok => "fill-ok",
            Tone::Warn => "fill-warn",
            Tone::Bad => "fill-bad",
            Tone::None | Tone::Info => "fill-plain",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ranking_of_each_kind() {
        let row = |place, name: &str, attainment: Option<i64>| Ranked {
            place: Some(place),
            name: Link::new(name, "/targets/x"),
            attainment: attainment.map(Ratio::percent),
            tone: Tone::Ok,
        };
        let rows = vec![
            row(1, "陈思远", Some(182)),
            row(2, "一个名字非常非常长的销售专员", Some(0)),
            row(3, "赵敏", Some(-20)),
            row(4, "林可欣", None),
        ];
        insta::assert_snapshot!("ranking_usual", Ranking { subject: "完成率".into(), rows });
        insta::assert_snapshot!("ranking_empty", Ranking { subject: "完成率".into(), rows: vec![] });
    }
}
