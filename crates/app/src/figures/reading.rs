//! What a metric is read from: the blocks of its measures, customer sets, or the organisation. Read once for a few
//! stretches of days, then asked for owners, units, members and months; numerators and denominators stay apart, so
//! that every level is Σ ÷ Σ.

use std::collections::{BTreeMap, BTreeSet};

use dacheng_domain::calendar::Month;
use dacheng_domain::metrics::own::Side;
use dacheng_domain::metrics::{Measured, Metric, Rated, Recipe, head_scale};
use dacheng_rollup::Owner;
use dacheng_store::Read;
use jiff::civil::Date;

use super::cube::{Cube, Days};
use super::missing::Missing;
use super::own::Adds;
use super::people_cube;
use super::rated::Rubrics;
use super::sets::Buyers;
use super::sources::known_from;
use super::standpoint::Standpoint;
use crate::planning::rubrics::RubricView;
use crate::{App, Result};

/// A metric over a few stretches of days.
pub(super) struct Reading {
    pub metric: Metric,
    source: Source,
    today: Date,
    /// The first day whose figures rest on twelve months of orders; for metrics that need them.
    known_from: Option<Date>,
}

enum Source {
    Sum(Cube),
    Ratio { over: Cube, under: Vec<Cube>, against: Option<Cube>, scale: Scale },
    Sets(Buyers),
    Rated(Rubrics),
}

/// Minor units in 1 ÷ 1.
#[derive(Clone, Copy)]
enum Scale {
    Fixed(i64),
    /// Those of one head over the days asked for.
    Heads,
}

impl Reading {
    /// Reads what a metric is made of over some stretches of days.
    pub fn over(
        app: &App,
        tx: &mut Read,
        point: &Standpoint,
        metric: Metric,
        stretches: &[Days],
    ) -> Result<Self> {
        let asked: Vec<Days> = stretches.iter().map(|days| clipped(metric, *days, point.today)).collect();
        let stretches = asked.as_slice();
        let source = match metric.recipe() {
            Recipe::Sum(measure) => Source::Sum(Cube::over(app, tx, point, measure, stretches)?),
            Recipe::Ratio { over, under, against, scale } => {
                let under = under.iter().map(|measure| Cube::over(app, tx, point, *measure, stretches));
                Source::Ratio {
                    under: under.collect::<Result<_>>()?,
                    against: against
                        .map(|measure| Cube::over(app, tx, point, measure, stretches))
                        .transpose()?,
                    over: Cube::over(app, tx, point, over, stretches)?,
                    scale: Scale::Fixed(scale),
                }
            }
            Recipe::PerHead => {
                let revenue = dacheng_domain::facts::Measure::Revenue;
                let heads = people_cube::heads(tx, point, stretches)?;
                let over = Cube::over(app, tx, point, revenue, stretches)?;
                Source::Ratio { over, under: vec![heads], against: None, scale: Scale::Heads }
            }
            Recipe::Retention => {
                let (over, under) = people_cube::retained(point, stretches);
                Source::Ratio { over, under: vec![under], against: None, scale: Scale::Fixed(10_000) }
            }
            Recipe::Repurchase => Source::Sets(Buyers::over(app, tx, point, stretches)?),
            Recipe::Rated => Source::Rated(Rubrics::over(tx, point, stretches)?),
            Recipe::Own(own) => {
                let over = Cube::over(app, tx, point, Adds::Own(own, Side::Over), stretches)?;
                if own.is_ratio() {
                    let under = Cube::over(app, tx, point, Adds::Own(own, Side::Under), stretches)?;
                    Source::Ratio {
                        over,
                        under: vec![under],
                        against: None,
                        scale: Scale::Fixed(own.scale()),
                    }
                } else {
                    Source::Sum(over)
                }
            }
        };
        let known_from = known_from(tx, &point.ground, metric)?;
        Ok(Self { metric, source, today: point.today, known_from })
    }

    /// The figure of an owner.
    pub fn total(&self, owner: &Owner, days: Days) -> Measured {
        match &self.source {
            Source::Sets(buyers) => buyers.total(owner, days),
            Source::Rated(rubrics) => rubrics.total(owner, days),
            Source::Sum(_) | Source::Ratio { .. } => {
                let own = self.clip(days);
                let found = self.merged(days, |cube| [((), cube.total(owner, own))].into());
                found.into_values().next().unwrap_or_else(|| self.nothing(days))
            }
        }
    }

    /// The figure of every unit with its branch.
    pub fn of_units(&self, days: Days) -> BTreeMap<String, Measured> {
        match &self.source {
            Source::Sets(buyers) => buyers.of_units(days),
            Source::Rated(rubrics) => rubrics.of_units(days),
            Source::Sum(_) | Source::Ratio { .. } => self.merged(days, |cube| cube.of_units(self.clip(days))),
        }
    }

    /// The figures of some members, overlay shares included.
    pub fn of_members(&self, days: Days, members: &BTreeSet<String>) -> BTreeMap<String, Measured> {
        match &self.source {
            Source::Sets(buyers) => buyers.of_members(days, members),
            Source::Rated(rubrics) => rubrics.of_members(days, members),
            Source::Sum(_) | Source::Ratio { .. } => {
                self.merged(days, |cube| cube.of_members(self.clip(days), members))
            }
        }
    }

    /// The figures of every unit by month.
    pub fn of_units_by_month(&self, days: Days) -> BTreeMap<(String, Month), Measured> {
        match &self.source {
            Source::Sum(_) | Source::Ratio { scale: Scale::Fixed(_), .. } => {
                self.merged(days, |cube| cube.of_units_by_month(self.clip(days)))
            }
            Source::Sets(_) | Source::Rated(_) | Source::Ratio { scale: Scale::Heads, .. } => {
                let of = |month: Month| {
                    let own = self.of_units((month.first_day(), month.last_day())).into_iter();
                    own.map(move |(unit, found)| ((unit, month), found))
                };
                months(days).flat_map(of).collect()
            }
        }
    }

    /// The figures of an owner by month.
    pub fn months_of(&self, owner: &Owner, days: Days) -> BTreeMap<Month, Measured> {
        match &self.source {
            Source::Sum(_) | Source::Ratio { scale: Scale::Fixed(_), .. } => {
                self.merged(days, |cube| cube.months_of(owner, self.clip(days)))
            }
            Source::Sets(_) | Source::Rated(_) | Source::Ratio { scale: Scale::Heads, .. } => {
                let of = |month: Month| (month, self.total(owner, (month.first_day(), month.last_day())));
                months(days).map(of).collect()
            }
        }
    }

    /// Whether any fact lies in the months of these days.
    pub fn knows(&self, days: Days) -> bool {
        match &self.source {
            Source::Sum(cube) => cube.knows(days),
            Source::Ratio { under, .. } => under.iter().any(|cube| cube.knows(days)),
            Source::Sets(buyers) => buyers.knows(days),
            Source::Rated(rubrics) => rubrics.knows(days),
        }
    }

    /// What an owner has of whom there is no fact.
    pub fn nothing(&self, days: Days) -> Measured {
        match &self.source {
            Source::Sum(_) => Measured::Sum(0),
            Source::Ratio { scale, .. } => {
                Measured::Ratio { over: 0, under: 0, against: 0, scale: self.scale(*scale, days) }
            }
            Source::Sets(_) => Measured::Ratio { over: 0, under: 0, against: 0, scale: 10_000 },
            Source::Rated(_) => Measured::Rated(Rated::default()),
        }
    }

    /// The qualitative targets of an owner over some days; none of other metrics.
    pub fn rubrics(&self, owner: &Owner, days: Days) -> Vec<RubricView> {
        match &self.source {
            Source::Rated(rubrics) => rubrics.of(owner, days).cloned().collect(),
            Source::Sum(_) | Source::Ratio { .. } | Source::Sets(_) => Vec::new(),
        }
    }

    /// Why the metric has no figure over some days, whatever the facts are.
    pub fn missing(&self, days: Days) -> Option<Missing> {
        if matches!(self.source, Source::Sets(_)) && !is_whole_months(days) {
            return Some(Missing::NotWholeMonths);
        }
        self.known_from.filter(|from| days.0 < *from).map(Missing::HistoryBegins)
    }

    /// Whether a part of a period can be compared with the same part of another.
    pub const fn has_parts(&self) -> bool {
        !matches!(self.source, Source::Sets(_) | Source::Rated(_))
    }

    fn clip(&self, days: Days) -> Days {
        clipped(self.metric, days, self.today)
    }

    /// Numerators over denominators of the same key.
    fn merged<K: Ord>(&self, days: Days, ask: impl Fn(&Cube) -> BTreeMap<K, i64>) -> BTreeMap<K, Measured> {
        match &self.source {
            Source::Sum(cube) => ask(cube).into_iter().map(|(key, sum)| (key, Measured::Sum(sum))).collect(),
            Source::Ratio { over, under, against, scale } => {
                let scale = self.scale(*scale, days);
                let mut parts: BTreeMap<K, (i64, i64, i64)> = BTreeMap::new();
                for (key, sum) in ask(over) {
                    parts.entry(key).or_default().0 += sum;
                }
                for (key, sum) in under.iter().flat_map(&ask) {
                    parts.entry(key).or_default().1 += sum;
                }
                for (key, sum) in against.iter().flat_map(&ask) {
                    parts.entry(key).or_default().2 += sum;
                }
                let ratio = |(over, under, against)| Measured::Ratio { over, under, against, scale };
                parts.into_iter().map(|(key, own)| (key, ratio(own))).collect()
            }
            Source::Sets(_) | Source::Rated(_) => BTreeMap::new(),
        }
    }

    fn scale(&self, scale: Scale, (first, last): Days) -> i64 {
        match scale {
            Scale::Fixed(scale) => scale,
            Scale::Heads => head_scale(first, last.min(self.today)),
        }
    }
}

/// The days of a question: that of a ratio never reaches past the day that is looked at, because silence and courses due
/// lie ahead as facts.
fn clipped(metric: Metric, (first, last): Days, today: Date) -> Days {
    match metric.recipe() {
        Recipe::Ratio { .. } | Recipe::Retention | Recipe::PerHead => (first, last.min(today)),
        Recipe::Own(own) if own.is_ratio() => (first, last.min(today)),
        Recipe::Own(_) | Recipe::Sum(_) | Recipe::Repurchase | Recipe::Rated => (first, last),
    }
}

fn months((first, last): Days) -> impl Iterator<Item = Month> {
    let month = Month::of(first);
    (0..=Month::of(last).months_since(month)).map(move |index| month.plus(index))
}

/// Whether days are months and no part of one.
pub(super) fn is_whole_months((first, last): Days) -> bool {
    first == Month::of(first).first_day() && last == Month::of(last).last_day()
}
