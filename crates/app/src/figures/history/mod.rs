//! What the past says before targets are set (数据收集与分析): three fiscal years of a unit side by side, its seasons, what
//! its growth is made of, on how few customers it rests, how well it sells, who sells in it with which skills, and what of that matters.
//!
//! Sums come from roll-up blocks by month, in a few walks however long the history is; only sums by customer do not
//! ([`super::by_customer`]).

mod customers;
mod efficiency;
mod finding;
mod json;
mod parts;
mod seasons;
mod skills;
mod spans;
mod team;
mod visits;

use std::collections::BTreeMap;

use dacheng_domain::calendar::{Month, Period, Year};
use dacheng_domain::metrics::Metric;
use dacheng_domain::tracking::progress::time_progress;
use dacheng_rollup::Owner;
use dacheng_store::Read;
use jiff::civil::Date;

pub use customers::{CustomerYear, Customers, LargeCustomer, hold};
pub use efficiency::{Efficiency, EfficiencyYear};
pub use finding::Finding;
pub use parts::{Part, PartBy, Parts};
pub use seasons::Seasons;
pub use skills::{Skill, Yardstick};
pub use spans::{Compared, SpanCell, SpanKind, SpanRow};
pub use team::{Team, TeamYear};
pub use visits::{VisitCounts, Visits, Walked};

use super::ask::measure_of;
use super::cube::{Cube, Days};
use super::own::Adds;
use super::sight::{Sight, Sights};
use super::standpoint::{Footing, Standpoint};
use crate::{App, Context, Error, Result};

/// Years that stand side by side.
pub const YEARS: usize = 3;

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryAsk {
    /// Which metric, of those that facts are added up for.
    pub metric: Metric,
    /// The last of the years; the one that the data reach into where `None`.
    pub year: Option<Year>,
    /// The company or a unit.
    pub owner: Owner,
}

/// The answer.
#[derive(Debug, Clone)]
pub struct History {
    /// The metric.
    pub metric: Metric,
    /// The metrics that add up and that facts speak of.
    pub offered: Vec<Metric>,
    /// Whose.
    pub owner: Owner,
    /// The years, oldest first.
    pub years: [Year; YEARS],
    /// How much the asker sees: persons and customers, or units alone.
    pub sight: Sight,
    /// What the figures rest on.
    pub footing: Footing,
    /// The first month with a fact of the metric, of the years shown and the one before; `None` where there is none.
    pub begins: Option<Month>,
    /// Years, quarters, months.
    pub spans: Vec<SpanRow>,
    /// How the months usually lie.
    pub seasons: Seasons,
    /// By region, product line, customer type, and who stands below.
    pub parts: Vec<Parts>,
    /// On how few customers it rests.
    pub customers: Customers,
    /// How well it sells.
    pub efficiency: Vec<Efficiency>,
    /// What came of visits.
    pub visits: Option<Visits>,
    /// Who sells.
    pub team: Team,
    /// What they can do, the skill furthest behind first.
    pub skills: Vec<Skill>,
    /// What matters, the most telling first.
    pub findings: Vec<Finding>,
}

/// What every section needs: the sums by month of the years and of the one before them.
struct Ground<'p> {
    point: &'p Standpoint,
    metric: Metric,
    adds: Adds,
    owner: &'p Owner,
    years: [Year; YEARS],
    through: Option<Date>,
    begins: Option<Month>,
    months: BTreeMap<Month, i64>,
    cube: Cube,
}

impl Ground<'_> {
    /// The last of the years.
    fn year(&self) -> Year {
        self.years[YEARS - 1]
    }

    /// The last year's days so far, where it has begun, and the same days of the year before.
    fn compared(&self) -> Option<(Days, Days)> {
        let (year, through) = (Period::Year(self.year()), self.through?);
        let before = year.days_last_year(through)?;
        Some(((year.first_day(), year.last_day().min(through)), before))
    }

    /// Whether everything since a day is known: the history goes back to the month's first.
    fn knows(&self, first: Date) -> bool {
        self.begins.is_some_and(|begins| begins.first_day() <= first)
    }
}

/// The history of a unit or the company, as far as the asker sees it. A member has no page of history.
pub fn history(app: &App, context: &Context, ask: &HistoryAsk) -> Result<History> {
    if matches!(ask.owner, Owner::Member(_)) {
        return Err(Error::Usage("owner: the company or a unit".to_owned()));
    }
    let adds = measure_of(ask.metric)?;
    let mut tx = app.store.read()?;
    let point = Standpoint::open(app, &mut tx, context, None)?;
    let through = point.through(ask.metric);
    let last = ask.year.unwrap_or_else(|| point.year(through.unwrap_or(point.today)));
    let years = [last.previous().previous(), last.previous(), last];
    let on = point.day(Period::Year(last));
    let sights = Sights::of(context, point.organisation(), on)?;
    let sight = sights.owner(&ask.owner)?;
    let ground = ground(app, &mut tx, &point, (ask.metric, adds), (&ask.owner, years))?;
    let spans = spans::spans(&ground);
    let seasons = seasons::seasons(&ground);
    let parts = parts::parts(&ground, &sights, on);
    let customers = customers::customers(app, &mut tx, &ground, sight)?;
    let efficiency = efficiency::efficiency(app, &mut tx, &ground)?;
    let visits = visits::visits(app, &mut tx, &ground, (&sights, on))?;
    let team = team::team(&mut tx, &ground)?;
    let skills = skills::skills(&mut tx, &ground, &sights, team.on)?;
    let findings = finding::findings(&ground, &spans, &seasons, &parts, &customers);
    let time = time_progress(Period::Year(last), &[], &point.as_of(ask.metric));
    let (begins, footing) = (ground.begins, point.footing(ask.metric, time));
    Ok(History {
        metric: ask.metric,
        offered: point.sums(),
        owner: ask.owner.clone(),
        years,
        sight,
        footing,
        begins,
        spans,
        seasons,
        parts,
        customers,
        efficiency,
        visits,
        team,
        skills,
        findings,
    })
}

fn ground<'p>(
    app: &App,
    tx: &mut Read,
    point: &'p Standpoint,
    (metric, adds): (Metric, Adds),
    (owner, years): (&'p Owner, [Year; YEARS]),
) -> Result<Ground<'p>> {
    let through = point.through(metric);
    let whole = (years[0].previous().first_day(), years[YEARS - 1].last_day());
    let mut stretches = vec![whole];
    if let Some(through) = through {
        stretches.extend(spans::stretches(years[YEARS - 1], through));
    }
    let cube = Cube::over(app, tx, point, adds, &stretches)?;
    let begins = Period::Year(years[0].previous()).first_day();
    let months = (0..).map(|index| Month::of(begins).plus(index));
    let mut months = months.take_while(|month| month.first_day() <= whole.1);
    let begins = months.find(|month| cube.knows((month.first_day(), month.last_day())));
    let months = cube.months_of(owner, whole);
    Ok(Ground { point, metric, adds, owner, years, through, begins, months, cube })
}
