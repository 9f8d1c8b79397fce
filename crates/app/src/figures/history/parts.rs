//! What the last year is made of: by region, product line, customer type, and by those directly below.

use std::collections::BTreeMap;

use dacheng_domain::Ratio;
use dacheng_domain::metrics::{Change, change};
use dacheng_domain::planning::history::contribution;
use dacheng_rollup::{Axis, Owner};
use jiff::civil::Date;

use super::Ground;
use crate::figures::branch::{Named, below, members_of};
use crate::figures::cube::Days;
use crate::figures::sight::Sights;

/// What it is divided by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartBy {
    /// The customers' region.
    Region,
    /// The product line.
    ProductLine,
    /// The customers' type.
    CustomerType,
    /// Those directly below that the asker sees.
    Below,
}

impl PartBy {
    /// Every way.
    pub const ALL: [Self; 4] = [Self::Region, Self::ProductLine, Self::CustomerType, Self::Below];

    /// Its name in files, addresses and JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Region => "region",
            Self::ProductLine => "product_line",
            Self::CustomerType => "customer_type",
            Self::Below => "below",
        }
    }
}

/// A part of the last year so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its name: of a region, or of a unit or person; `None` for what is not given, or not below anybody any more.
    pub name: Option<String>,
    /// The unit or person, where it is one.
    pub owner: Option<Owner>,
    /// What it came to, in minor units.
    pub now: i64,
    /// On the same days of the year before; `None` where the history does not go back.
    pub before: Option<i64>,
    /// Its share of the whole; `None` where the whole is not above 0.
    pub share: Option<Ratio>,
    /// Against the year before.
    pub change: Option<Change>,
    /// What it adds to the growth of the whole, 1 being 100 percentage points.
    pub contribution: Option<Ratio>,
}

/// The parts by one dimension, the largest first; together they are the whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts {
    /// Divided by what.
    pub by: PartBy,
    /// The parts.
    pub rows: Vec<Part>,
    /// All of it.
    pub whole: Part,
}

pub(super) fn parts(ground: &Ground<'_>, sights: &Sights<'_>, on: Date) -> Vec<Parts> {
    let Some((now, before)) = ground.compared() else { return Vec::new() };
    let stretches = Stretches { now, before: Some(before).filter(|before| ground.knows(before.0)) };
    let whole = stretches.sums(|days| ground.cube.total(ground.owner, days));
    let named = |(by, axis)| {
        let sums = stretches.maps(|days| ground.cube.of_axis(ground.owner, days, axis));
        let rows =
            sums.into_iter().map(|(name, sums)| (Some(name).filter(|name| !name.is_empty()), None, sums));
        Parts::of(by, rows.collect(), whole)
    };
    let axes = [
        (PartBy::Region, Axis::Region),
        (PartBy::ProductLine, Axis::ProductLine),
        (PartBy::CustomerType, Axis::CustomerType),
    ];
    axes.into_iter().map(named).chain(of_below(ground, sights, on, &stretches, whole)).collect()
}

/// Now, and before where it is known.
type Sums = (i64, Option<i64>);

struct Stretches {
    now: Days,
    before: Option<Days>,
}

impl Stretches {
    fn sums(&self, of: impl Fn(Days) -> i64) -> Sums {
        (of(self.now), self.before.map(&of))
    }

    /// By name, those that have anything in one of the two.
    fn maps(&self, of: impl Fn(Days) -> BTreeMap<String, i64>) -> BTreeMap<String, Sums> {
        let (now, before) = (of(self.now), self.before.map(&of));
        let mut all: BTreeMap<String, Sums> = BTreeMap::new();
        for (name, sum) in now {
            all.insert(name, (sum, before.as_ref().map(|_| 0)));
        }
        for (name, sum) in before.into_iter().flatten() {
            all.entry(name).or_default().1 = Some(sum);
        }
        all
    }
}

/// Who stands below today, and as one row what they do not account for: people and units that are gone or moved.
fn of_below(
    ground: &Ground<'_>,
    sights: &Sights<'_>,
    on: Date,
    stretches: &Stretches,
    whole: Sums,
) -> Option<Parts> {
    let unit = ground.point.unit(ground.owner, on)?;
    let named = below(ground.point.organisation(), sights, unit, on);
    let members = members_of(&named);
    let units = stretches.maps(|days| ground.cube.of_units(days));
    let people = stretches.maps(|days| ground.cube.of_members(days, &members));
    let none = || (0, stretches.before.map(|_| 0));
    let row = |named: Named| {
        let of = if matches!(named.owner, Owner::Member(_)) { &people } else { &units };
        let sums = of.get(&named.code).copied().unwrap_or_else(none);
        let carries = sums != none() || !matches!(named.owner, Owner::Member(_));
        carries.then_some((Some(named.name), Some(named.owner), sums))
    };
    let mut rows: Vec<_> = named.into_iter().filter_map(row).collect();
    if rows.is_empty() {
        return None;
    }
    let rest = rows.iter().fold(whole, |rest, (_, _, sums)| {
        (rest.0.saturating_sub(sums.0), rest.1.map(|rest| rest.saturating_sub(sums.1.unwrap_or(0))))
    });
    if rest.0 != 0 || rest.1.unwrap_or(0) != 0 {
        rows.push((None, None, rest));
    }
    Some(Parts::of(PartBy::Below, rows, whole))
}

impl Parts {
    fn of(by: PartBy, rows: Vec<(Option<String>, Option<Owner>, Sums)>, whole: Sums) -> Self {
        let mut rows: Vec<Part> =
            rows.into_iter().map(|(name, owner, sums)| Part::of(name, owner, sums, whole)).collect();
        // What has no name stands last, whatever it comes to.
        rows.sort_by(|one, other| {
            (one.name.is_none(), -i128::from(one.now), &one.name).cmp(&(
                other.name.is_none(),
                -i128::from(other.now),
                &other.name,
            ))
        });
        Self { by, rows, whole: Part::of(None, None, whole, whole) }
    }
}

impl Part {
    fn of(name: Option<String>, owner: Option<Owner>, (now, before): Sums, whole: Sums) -> Self {
        Self {
            name,
            owner,
            now,
            before,
            share: Some(whole.0).filter(|whole| *whole > 0).and_then(|whole| Ratio::new(now, whole)),
            change: before.map(|before| change(now, Some(before))),
            contribution: before.zip(whole.1).and_then(|(before, whole)| contribution(now, before, whole)),
        }
    }
}
