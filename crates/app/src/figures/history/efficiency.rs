//! How well the unit sells (客单价, 客户转化率, 销售周期, 推荐率): each year so far, and what it moved against the year before.

use dacheng_domain::Ratio;
use dacheng_domain::calendar::{Period, Year};
use dacheng_domain::metrics::{Metric, Moved, moved};
use dacheng_store::Read;

use super::{Ground, YEARS};
use crate::figures::cube::Days;
use crate::figures::reading::Reading;
use crate::{App, Result};

/// What is shown, where facts speak of it.
const SHOWN: [Metric; 4] =
    [Metric::AverageOrder, Metric::ConversionRate, Metric::SalesCycleDays, Metric::ReferralRate];

/// A metric over the years.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Efficiency {
    /// Which.
    pub metric: Metric,
    /// By year, oldest first.
    pub years: [EfficiencyYear; YEARS],
}

/// A year of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EfficiencyYear {
    /// Which.
    pub year: Year,
    /// Over the days so far, in minor units of the metric; `None` without a denominator.
    pub actual: Option<Ratio>,
    /// The NPS beside it, in hundredths of a point, where the metric has one.
    pub nps: Option<Ratio>,
    /// Against the same days of the year before; `None` where one of the two is not there.
    pub moved: Option<Moved>,
}

/// A walk over the blocks for each measure of a metric.
pub(super) fn efficiency(app: &App, tx: &mut Read, ground: &Ground<'_>) -> Result<Vec<Efficiency>> {
    let spoken_of = ground.point.metrics();
    let shown = SHOWN.into_iter().filter(|metric| spoken_of.contains(metric));
    shown.map(|metric| of_metric(app, tx, ground, metric)).collect()
}

fn of_metric(app: &App, tx: &mut Read, ground: &Ground<'_>, metric: Metric) -> Result<Efficiency> {
    let pairs = ground.years.map(|year| so_far(ground, metric, year));
    let stretches: Vec<Days> =
        pairs.iter().flat_map(|(now, before)| [Some(*now), *before]).flatten().collect();
    let reading = Reading::over(app, tx, ground.point, metric, &stretches)?;
    let found = |days: Days| reading.total(ground.owner, days);
    let figure = |days: Days| found(days).figure();
    let years = std::array::from_fn(|place| {
        let (now, before) = pairs[place];
        let actual = figure(now);
        let base = before.and_then(figure);
        let moved = actual.filter(|_| base.is_some()).map(|actual| moved(metric, actual, base));
        let nps = metric.has_net().then(|| found(now).net()).flatten();
        EfficiencyYear { year: ground.years[place], actual, nps, moved }
    });
    Ok(Efficiency { metric, years })
}

/// The days of a year that are known, and the same days of the year before.
fn so_far(ground: &Ground<'_>, metric: Metric, year: Year) -> (Days, Option<Days>) {
    let period = Period::Year(year);
    let through = ground.point.through(metric).unwrap_or(ground.point.today);
    ((period.first_day(), period.last_day().min(through)), period.days_last_year(through))
}
