//! Pipeline coverage: what open opportunities are worth to a period and how far they cover what it lacks, for an owner
//! and for those below or everybody who sells there. The rules are `domain::tracking::pipeline`'s.

mod held;
mod json;
pub mod settled;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use dacheng_domain::Fen;
use dacheng_domain::calendar::{Month, Period};
use dacheng_domain::facts::row::OpportunityRow;
use dacheng_domain::metrics::Metric;
use dacheng_domain::people::UnitId;
use dacheng_domain::tracking::pipeline::{
    Counted, Coverage, Left, PipelineVersion, Weight, Weights, coverage,
};
use dacheng_rollup::Owner;
use dacheng_store::Read;
use dacheng_store::targets::OwnerKind;
use jiff::civil::Date;

use super::ask::measure_of;
use super::attainment::root;
use super::branch::{Named, below, members_of};
use super::cube::Cube;
use super::overview::key_of;
use super::sight::{Sight, Sights};
use super::standpoint::{Footing, Standpoint};
use super::targets::{Targets, targets_during};
use crate::{App, Context, Error, Result};

pub use held::{Held, Seen};

/// Opportunities are contracts in the making: their amounts are revenue, nothing else.
pub const METRIC: Metric = Metric::Revenue;

/// Whose coverage stands in the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rows {
    /// Those directly below.
    Below,
    /// Every selling member of the branch.
    Members,
}

impl Rows {
    /// The word of addresses and scripts.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Below => "below",
            Self::Members => "members",
        }
    }
}

/// How an owner is covered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Covered {
    /// Whose.
    pub owner: Owner,
    /// The target of the plan in force, in fen.
    pub target: Option<i64>,
    /// What of the period is booked, in fen.
    pub booked: i64,
    /// What counted opportunities are worth together, weighted, in fen.
    pub weighted: i64,
    /// The same without weights.
    pub amount: i64,
    /// How many counted.
    pub count: usize,
    /// Weighted ÷ gap.
    pub coverage: Coverage,
    /// Whether it is red.
    pub is_short: bool,
}

/// An opportunity that nobody decided, and what it adds or why nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// It.
    pub row: OpportunityRow,
    /// The name of whose it is.
    pub member: String,
    /// What it adds to the period.
    pub counted: std::result::Result<Counted, Left>,
}

/// An owner's coverage with what is around it.
#[derive(Debug, Clone)]
pub struct Pipeline {
    /// Over which period.
    pub period: Period,
    /// How much of the owner the asker sees.
    pub sight: Sight,
    /// The owner's own.
    pub whole: Covered,
    /// Whose rows these are.
    pub rows: Rows,
    /// The others, the worst covered first; without a gap or a target last.
    pub below: Vec<(Named, Covered)>,
    /// The owner's opportunities, those that count first, the largest first; none where no person is seen.
    pub opportunities: Vec<Listed>,
    /// The stages that open opportunities stand in, and what each weighs.
    pub stages: Vec<(String, Option<Weight>)>,
    /// What the company settled.
    pub settled: PipelineVersion,
    /// What the figures rest on.
    pub footing: Footing,
}

/// How a period is covered by open opportunities. Two walks over the roll-up's blocks of the period and two queries for
/// targets, whatever the history; the opportunities come from memory ([`held`]).
pub fn pipeline(
    app: &App,
    context: &Context,
    owner: &Owner,
    (period, rows): (Period, Rows),
) -> Result<Pipeline> {
    match period {
        Period::Year(_) | Period::Quarter(_) | Period::Month(_) => {}
        Period::Week(_) | Period::Day(_) => {
            return Err(Error::Usage(format!("{period}: write a month, a quarter or a year")));
        }
    }
    let mut tx = app.store.read()?;
    let point = Standpoint::open(app, &mut tx, context, None)?;
    let on = point.day(period).min(point.today);
    let sights = Sights::of(context, point.organisation(), on)?;
    let sight = sights.owner(owner)?;
    let named = named(&point, &sights, owner, (on, rows));
    let own = Own::read(app, &mut tx, &point, (period, owner, &named))?;
    let worth = Worth::of(&own, &point, period);
    let whole = own.covered(&worth, owner);
    let mut below: Vec<(Named, Covered)> = named
        .into_iter()
        .map(|named| {
            let covered = own.covered(&worth, &named.owner);
            (named, covered)
        })
        .filter(|(named, covered)| carries(named, covered))
        .collect();
    below.sort_by(|(one, first), (other, second)| {
        let key = |covered: &Covered| (covered.coverage.ratio().is_none(), covered.coverage.ratio());
        key(first).cmp(&key(second)).then_with(|| one.code.cmp(&other.code))
    });
    let opportunities = match sight {
        Sight::Persons => own.listed(&worth, owner),
        Sight::Aggregates => Vec::new(),
    };
    let time = point.time(METRIC, period, &own.targets.by_month(owner));
    Ok(Pipeline {
        period,
        sight,
        whole,
        rows,
        below,
        opportunities,
        stages: stages_of(&own.held, &own.settled),
        footing: point.footing(METRIC, time),
        settled: own.settled,
    })
}

/// What open opportunities are worth to a period for the whole company, weighted, and how many count.
pub(crate) fn weighted_of_company(
    app: &App,
    tx: &mut Read,
    context: &Context,
    period: Period,
) -> Result<(i64, usize)> {
    let held = held::held(app, tx, context.today)?;
    let settled = settled::current(tx)?.0.at(Month::of(period.last_day()));
    let weights = Weights { settled: &settled, learned: &held.learned, silence: &held.silence };
    let days = (period.first_day(), period.last_day());
    let counted = held.open.iter().filter_map(|row| weights.weigh(row, days, context.today).ok());
    Ok(counted.fold((0, 0), |(sum, count), own| (sum + own.weighted.0, count + 1)))
}

/// The stages that open opportunities stand in, and what each weighs this month.
pub fn stages(app: &App, tx: &mut Read, context: &Context) -> Result<Vec<(String, Option<Weight>)>> {
    let held = held::held(app, tx, context.today)?;
    let settled = settled::current(tx)?.0.at(Month::of(context.today));
    Ok(stages_of(&held, &settled))
}

fn stages_of(held: &Held, settled: &PipelineVersion) -> Vec<(String, Option<Weight>)> {
    let stages: BTreeSet<&str> = held.open.iter().filter_map(|row| row.stage.as_deref()).collect();
    let weights = Weights { settled, learned: &held.learned, silence: &held.silence };
    stages.into_iter().map(|stage| (stage.to_owned(), weights.stage(stage))).collect()
}

/// A member with neither target nor opportunity, as in a supporting post, is left out.
fn carries(named: &Named, covered: &Covered) -> bool {
    let is_member = matches!(named.owner, Owner::Member(_));
    !is_member || covered.target.is_some() || covered.count > 0
}

fn named(point: &Standpoint, sights: &Sights<'_>, owner: &Owner, (on, rows): (Date, Rows)) -> Vec<Named> {
    let organisation = point.organisation();
    let Some(unit) = point.unit(owner, on) else { return Vec::new() };
    match rows {
        Rows::Below => below(organisation, sights, unit, on),
        Rows::Members => {
            let members = organisation.members_on(unit, on).into_iter();
            let seen = members.filter(|member| sights.member(*member));
            seen.filter_map(|member| Named::member(organisation, member)).collect()
        }
    }
}

/// What is read for a page.
struct Own {
    held: Arc<Held>,
    settled: PipelineVersion,
    targets: Targets,
    period: Period,
    booked: BTreeMap<String, i64>,
    places: BTreeMap<String, (String, BTreeSet<String>)>,
    today: Date,
    root: Option<String>,
    calendar: dacheng_domain::calendar::Calendar,
}

impl Own {
    fn read(
        app: &App,
        tx: &mut Read,
        point: &Standpoint,
        (period, owner, named): (Period, &Owner, &[Named]),
    ) -> Result<Self> {
        let days = (period.first_day(), period.last_day());
        let held = held::held(app, tx, point.today)?;
        let settled = settled::current(tx)?.0.at(Month::of(period.last_day()));
        let keys: BTreeSet<(OwnerKind, String)> = named.iter().map(Named::key).chain(key_of(owner)).collect();
        let root = root(&point.ground, point.today);
        let targets = targets_during(tx, METRIC, days, point.start, root.clone(), &keys)?;
        let cube = Cube::over(app, tx, point, measure_of(METRIC)?, &[days])?;
        let booked = booked(&cube, days, owner, named);
        let (targets, today) = (targets, point.today);
        let places = places(point, &held.open);
        let calendar = point.calendar.clone();
        Ok(Self { held, settled, targets, period, booked, places, today, root, calendar })
    }

    fn weights(&self) -> Weights<'_> {
        Weights { settled: &self.settled, learned: &self.held.learned, silence: &self.held.silence }
    }

    fn covered(&self, worth: &Worth, owner: &Owner) -> Covered {
        let sum = worth.sums.get(&self.key(owner)).copied().unwrap_or_default();
        let target = self.targets.over(owner, self.period, &self.calendar);
        let booked = self.booked.get(&name(owner)).copied().unwrap_or(0);
        let is_over = self.period.last_day() < self.today;
        let coverage = if is_over { Coverage::Over } else { coverage(sum.weighted, target, booked) };
        Covered {
            owner: owner.clone(),
            target,
            booked,
            weighted: sum.weighted,
            amount: sum.amount,
            count: sum.count,
            coverage,
            is_short: coverage.is_short(self.settled.red_below),
        }
    }

    /// The name under which an owner's opportunities are summed.
    fn key(&self, owner: &Owner) -> String {
        match owner {
            Owner::Unit(code) if self.root.as_ref() == Some(code) => String::new(),
            Owner::Company | Owner::Unit(_) | Owner::Member(_) => name(owner),
        }
    }

    /// The opportunities of an owner, those that count first, the largest first.
    fn listed(&self, worth: &Worth, owner: &Owner) -> Vec<Listed> {
        let key = self.key(owner);
        let own = |row: &OpportunityRow| {
            let member = row.member.as_str();
            let place = self.places.get(member);
            key.is_empty()
                || key == format!("member:{member}")
                || place.is_some_and(|(_, units)| units.contains(&key))
        };
        let found = self.held.open.iter().zip(&worth.counted).filter(|(row, _)| own(row));
        let mut found: Vec<Listed> = found
            .map(|(row, counted)| Listed {
                member: self
                    .places
                    .get(row.member.as_str())
                    .map_or_else(|| row.member.to_string(), |(name, _)| name.clone()),
                row: row.clone(),
                counted: *counted,
            })
            .collect();
        found.sort_by_key(|own| {
            let weighted = own.counted.map_or(Fen(0), |counted| counted.weighted);
            (own.counted.err(), -weighted.0, own.row.opportunity.clone())
        });
        found
    }
}

/// The name of an owner among sums.
fn name(owner: &Owner) -> String {
    match owner {
        Owner::Company => String::new(),
        Owner::Unit(code) => format!("unit:{code}"),
        Owner::Member(code) => format!("member:{code}"),
    }
}

/// What of the period is booked for each: one walk for units, one for members.
fn booked(cube: &Cube, days: (Date, Date), owner: &Owner, named: &[Named]) -> BTreeMap<String, i64> {
    let mut booked: BTreeMap<String, i64> = BTreeMap::new();
    booked.insert(name(owner), cube.total(owner, days));
    let one = |_: Date| String::new();
    if named.iter().any(|named| matches!(named.owner, Owner::Unit(_))) {
        let units = cube.of_units_by(days, &one).into_iter();
        booked.extend(units.map(|([unit, _], sum)| (name(&Owner::Unit(unit)), sum)));
    }
    let members = members_of(named);
    if !members.is_empty() {
        let found = cube.of_members_by(days, &members, &one).into_iter();
        booked.extend(found.map(|([member, _], sum)| (name(&Owner::Member(member)), sum)));
    }
    booked
}

/// The name and the units, as keys, of everybody with an open opportunity: where they sit today.
fn places(point: &Standpoint, open: &[OpportunityRow]) -> BTreeMap<String, (String, BTreeSet<String>)> {
    let organisation = point.organisation();
    let key = |unit: &UnitId| organisation.unit(*unit).map(|unit| format!("unit:{}", unit.code));
    let place = |code: &str| {
        let member = organisation.member_of_code(code)?;
        let home = organisation.home_unit(member.id, point.today);
        let path = home.and_then(|unit| organisation.nearest_unit_path(unit, point.today));
        Some((member.name.clone(), path.into_iter().flatten().filter_map(key).collect()))
    };
    let codes: BTreeSet<&str> = open.iter().map(|row| row.member.as_str()).collect();
    codes.into_iter().filter_map(|code| Some((code.to_owned(), place(code)?))).collect()
}

#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    weighted: i64,
    amount: i64,
    count: usize,
}

/// What each opportunity adds, and the sums by owner: an opportunity once for its member and once at every level.
struct Worth {
    counted: Vec<std::result::Result<Counted, Left>>,
    sums: BTreeMap<String, Sum>,
}

impl Worth {
    fn of(own: &Own, point: &Standpoint, period: Period) -> Self {
        let weights = own.weights();
        let days = (period.first_day(), period.last_day());
        let weigh = |row: &OpportunityRow| weights.weigh(row, days, point.today);
        let counted: Vec<_> = own.held.open.iter().map(weigh).collect();
        let mut sums: BTreeMap<String, Sum> = BTreeMap::new();
        for (row, counted) in own.held.open.iter().zip(&counted) {
            let Ok(counted) = counted else { continue };
            let member = row.member.as_str();
            let units = own.places.get(member).into_iter().flat_map(|(_, units)| units.iter().cloned());
            for key in units.chain([String::new(), format!("member:{member}")]) {
                let sum = sums.entry(key).or_default();
                sum.weighted += counted.weighted.0;
                sum.amount += row.amount.map_or(0, |amount| amount.0);
                sum.count += 1;
            }
        }
        Self { counted, sums }
    }
}
