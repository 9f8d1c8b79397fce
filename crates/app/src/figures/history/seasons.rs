//! How the months of a year usually lie, from the years that are known whole.

use dacheng_domain::calendar::Year;
use dacheng_domain::planning::history::{SeasonMonth, seasonality};

use super::Ground;

/// The seasons of a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seasons {
    /// The years they come from, oldest first: those of which every month is known.
    pub years: Vec<Year>,
    /// The months of the fiscal year in order; `None` without a whole year that came to something.
    pub months: Option<[SeasonMonth; 12]>,
}

pub(super) fn seasons(ground: &Ground<'_>) -> Seasons {
    let all = std::iter::once(ground.years[0].previous()).chain(ground.years);
    let is_over = |year: &Year| ground.through.is_some_and(|through| year.last_day() <= through);
    let whole = all.filter(|year| is_over(year) && ground.knows(year.first_day()));
    let months = |year: &Year| -> [i64; 12] {
        let mut months = year.months().map(|month| ground.months.get(&month).copied().unwrap_or(0));
        std::array::from_fn(|_| months.next().unwrap_or(0))
    };
    let years: Vec<Year> =
        whole.filter(|year| months(year).iter().map(|own| i128::from(*own)).sum::<i128>() > 0).collect();
    let sums: Vec<[i64; 12]> = years.iter().map(months).collect();
    Seasons { months: seasonality(&sums), years }
}
