//! Why a figure is what it is: formula, parts, the facts counted with shares, those not counted with the reason, and
//! why it is 0 or has no attainment. Never more facts at once than a page.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use dacheng_domain::Ratio;
use dacheng_domain::calendar::{Month, Period};
use dacheng_domain::facts::Measure;
use dacheng_domain::metrics::own::Side;
use dacheng_domain::metrics::{Measured, Recipe, RollUp};
use dacheng_rollup::{Axis, Block, Grain, Owner};
use dacheng_store::facts::{View, volume};
use dacheng_store::{Read, counter};
use jiff::civil::Date;

use super::ask::Ask;
use super::attainment::{Figure, root, table_in};
use super::branch::{Named, below};
use super::counted_own::counted_of_own;
use super::counted_people::counted_people;
use super::cube::Days;
use super::performance::Windowed;
use super::reading::Reading;
use super::sight::{Sight, Sights};
use super::standpoint::Standpoint;
pub use super::walk::{Counted, NotCounted, Why};
use super::walk::{Found, Looked, Sides};
use crate::facts::commit::grain_number;
use crate::facts::days::{month_of, number};
use crate::planning::rubrics::RubricView;
use crate::{App, Context, Error, Result};

/// Orders and payments looked at for one answer, at most: more are leafed through by day.
const MOST: usize = 50_000;

/// Which part of the facts is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// All: for whoever wants a file of them.
    All,
    /// At most so many after a place.
    After(Cursor, usize),
}

/// A place in the facts, which stand in the order of their dates: so many of this date were seen, and all before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// The date; the beginning of the period where `None`.
    pub date: Option<Date>,
    /// How many facts of that date lie before.
    pub seen: usize,
}

/// Why a figure is 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zero {
    /// The period lies ahead.
    NotBegun,
    /// There is no fact of the owner in the period.
    NoFact,
    /// There are facts, and none of them counts.
    NoneCounts,
    /// What counts adds up to 0.
    SumsToZero,
}

/// Why there is no attainment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoAttainment {
    /// No plan of the year is in force.
    NoPlan,
    /// The plan has no target for the owner in the period.
    NoTarget,
    /// There is no figure to compare with the target.
    NoActual,
    /// The target is 0.
    ZeroTarget,
}

/// A figure with everything it is made of.
#[derive(Debug, Clone)]
pub struct Explanation {
    /// The question.
    pub ask: Ask,
    /// How much of it the asker sees: facts only where persons are.
    pub sight: Sight,
    /// The answer.
    pub figure: Figure,
    /// Why it is 0, where it is and that can be told.
    pub zero: Option<Zero>,
    /// Why it has no attainment, where it has none.
    pub no_attainment: Option<NoAttainment>,
    /// The facts counted, by date and code. All of them sum to the figure.
    pub counted: Vec<Counted>,
    /// How many are counted in all; `None` where there are too many to look at all of them for one answer.
    pub counted_in_all: Option<usize>,
    /// Where the next part begins; `None` at the end.
    pub next: Option<Cursor>,
    /// The facts of the owner and period that do not count; at most as many as a part, of the days looked at.
    pub not_counted: Vec<NotCounted>,
    /// How many do not count in all, as for those counted.
    pub not_counted_in_all: Option<usize>,
    /// The units and members directly below, with the figure of each.
    pub below: Vec<(Named, Figure)>,
    /// The months of a longer period, with the figure of each.
    pub months: Vec<(Month, Figure)>,
    /// A ratio over its evaluation window, where that is longer than the period.
    pub window: Option<Windowed>,
    /// The qualitative targets it is made of: who scores each, and when that was done; none of other metrics.
    pub rubrics: Vec<RubricView>,
    /// The code of the plan whose target it is.
    pub plan: Option<String>,
}

/// Explains the figure of an owner over a period, as far as the asker sees it. The figure comes from the roll-up;
/// of the facts no more than a part is read.
pub fn explain(app: &App, context: &Context, ask: Ask, part: Part) -> Result<Explanation> {
    let mut tx = app.store.read()?;
    let point = Standpoint::open(app, &mut tx, context, ask.as_of)?;
    let on = point.day(ask.period);
    let sights = Sights::of(context, point.organisation(), on)?;
    let sight = sights.owner(&ask.owner)?;
    let whole = Ask { by: Vec::new(), ..ask.clone() };
    let figure = table_in(app, &mut tx, &point, whole)?.total;
    let plan =
        dacheng_store::plans::of_year(&mut tx, point.year(ask.period.first_day()).name().into(), "in_force")?;
    let facts = match sight {
        Sight::Persons => Some(facts_of(app, &mut tx, &point, &ask, part)?),
        Sight::Aggregates => None,
    };
    let rubrics = match ask.metric.recipe() {
        Recipe::Rated => {
            let reading = Reading::over(app, &mut tx, &point, ask.metric, &[ask.days()])?;
            reading.rubrics(&ask.owner, ask.days())
        }
        Recipe::Sum(_)
        | Recipe::Ratio { .. }
        | Recipe::Repurchase
        | Recipe::PerHead
        | Recipe::Retention
        | Recipe::Own(_) => Vec::new(),
    };
    let (below, months) = parts(app, &mut tx, &point, &sights, &ask)?;
    let window = windowed(app, &mut tx, &point, &ask, figure.target)?;
    let zero = figure.actual.filter(|actual| *actual == Ratio::whole(0));
    let zero = zero.and_then(|_| zero_of(ask.period.first_day() > point.today, facts.as_ref()));
    let facts = facts.unwrap_or_default();
    Ok(Explanation {
        sight,
        zero,
        no_attainment: no_attainment(&figure, plan.is_some()),
        figure,
        counted: facts.counted,
        counted_in_all: facts.counted_in_all,
        next: facts.next,
        not_counted: facts.not_counted,
        not_counted_in_all: facts.not_counted_in_all,
        below,
        months,
        window,
        rubrics,
        // A qualitative target stands beside the plan.
        plan: plan.map(|plan| plan.code).filter(|_| ask.metric.recipe() != Recipe::Rated),
        ask,
    })
}

/// The facts of a metric, or the people and customers that it counts.
fn facts_of(app: &App, tx: &mut Read, point: &Standpoint, ask: &Ask, part: Part) -> Result<Facts> {
    let adds = match ask.metric.recipe() {
        Recipe::Sum(Measure::NewCustomers) | Recipe::PerHead | Recipe::Retention | Recipe::Repurchase => {
            return Ok(listed(counted_people(app, tx, point, ask)?, part));
        }
        Recipe::Sum(measure) => Sides::Measures { over: measure, under: &[], against: None },
        Recipe::Ratio { over, under, against, .. } => Sides::Measures { over, under, against },
        Recipe::Rated => return Ok(Facts::default()),
        Recipe::Own(own) => Sides::Own(own),
    };
    let alone = match ask.metric.recipe() {
        Recipe::Own(own) => counted_of_own(app, tx, point, (own, ask))?,
        Recipe::Sum(_)
        | Recipe::Ratio { .. }
        | Recipe::Repurchase
        | Recipe::PerHead
        | Recipe::Retention
        | Recipe::Rated => Vec::new(),
    };
    let (view, ground) = match &point.past {
        None => (View::at(counter::last(tx, counter::CHANGE)?), Arc::clone(&point.ground)),
        Some(earlier) => (earlier.view, Arc::clone(&earlier.ground)),
    };
    let root = root(&ground, ask.period.last_day());
    let is_ratio = ask.metric.definition().roll_up != RollUp::Sum;
    let looked = Looked {
        owner: &ask.owner,
        adds,
        view,
        ground: &ground,
        root,
        until: if is_ratio { point.today } else { Date::MAX },
        decided: match adds {
            Sides::Measures { over, .. } => decided(app, tx, over, ask)?,
            Sides::Own(own) => {
                let mut found = BTreeMap::new();
                for measure in own.measures(Side::Over) {
                    found.extend(decided(app, tx, measure, ask)?);
                }
                found
            }
        },
    };
    if alone.is_empty() {
        return facts(tx, &looked, ask.period, part);
    }
    let Found { mut counted, mut not_counted, .. } = looked.find(tx, ask.period)?;
    counted.extend(alone);
    counted.sort_by(|a, b| (a.date, &a.code, &a.member).cmp(&(b.date, &b.code, &b.member)));
    let left_out = not_counted.len();
    if let Part::After(_, limit) = part {
        not_counted.truncate(limit);
    }
    Ok(Facts { not_counted, not_counted_in_all: Some(left_out), ..listed(counted, part) })
}

/// The members with facts of a measure by month, where it has summaries beside them: theirs give way.
fn decided(app: &App, tx: &mut Read, measure: Measure, ask: &Ask) -> Result<BTreeMap<i64, BTreeSet<String>>> {
    if measure.opening().is_none() {
        return Ok(BTreeMap::new());
    }
    let (first, last) = ask.days();
    let months = (i64::from(month_of(first)), i64::from(month_of(last)));
    let fine = grain_number(Grain::Day);
    let found = app
        .memory
        .blocks_of_facts(tx, months, |place| place.measure == measure.number() && place.grain == fine)?;
    let members =
        |block: &Block| block.names(Axis::Member).iter().map(std::string::ToString::to_string).collect();
    Ok(found.into_iter().map(|(place, block)| (place.month, members(&block))).collect())
}

/// A part of a list that is held whole.
fn listed(all: Vec<Counted>, part: Part) -> Facts {
    let number = all.len();
    let (cursor, limit) = match part {
        Part::All => (Cursor::START, usize::MAX),
        Part::After(cursor, limit) => (cursor, limit),
    };
    let before = cursor.date.map_or(0, |date| all.partition_point(|fact| fact.date < date));
    let shown: Vec<Counted> = all.into_iter().skip(before + cursor.seen).take(limit).collect();
    let next = (before + cursor.seen + shown.len() < number).then(|| cursor.behind(&shown)).flatten();
    Facts {
        counted: shown,
        counted_in_all: Some(number),
        next,
        not_counted: Vec::new(),
        not_counted_in_all: Some(0),
    }
}

/// A ratio over its evaluation window, where that is longer than the period.
fn windowed(
    app: &App,
    tx: &mut Read,
    point: &Standpoint,
    ask: &Ask,
    target: Option<i64>,
) -> Result<Option<Windowed>> {
    let window = point.settings.over(ask.metric, ask.period).window;
    let Some(days) = window.map(|window| window.days(ask.period)) else { return Ok(None) };
    if days == ask.days() {
        return Ok(None);
    }
    let reading = Reading::over(app, tx, point, ask.metric, &[days])?;
    let found = reading.total(&ask.owner, days);
    let figure = point.figure((ask.metric, ask.period), found, reading.missing(days), target);
    Ok(Some(Windowed { days, figure }))
}

/// The part of the facts that was asked for.
#[derive(Default)]
struct Facts {
    counted: Vec<Counted>,
    counted_in_all: Option<usize>,
    next: Option<Cursor>,
    not_counted: Vec<NotCounted>,
    not_counted_in_all: Option<usize>,
}

fn facts(tx: &mut Read, looked: &Looked<'_>, period: Period, part: Part) -> Result<Facts> {
    let Part::After(cursor, limit) = part else {
        let Found { counted, not_counted, .. } = looked.find(tx, period)?;
        let (all, left_out) = (counted.len(), not_counted.len());
        let (counted_in_all, not_counted_in_all) = (Some(all), Some(left_out));
        return Ok(Facts { counted, counted_in_all, next: None, not_counted, not_counted_in_all });
    };
    let days = (number(period.first_day()), number(period.last_day()));
    let most = i64::try_from(MOST).unwrap_or(i64::MAX);
    if volume(tx, days, most + 1)? > most {
        return by_day(tx, looked, period, cursor, limit);
    }
    let Found { counted, mut not_counted, .. } = looked.find(tx, period)?;
    let (all, left_out) = (counted.len(), not_counted.len());
    let before = cursor.date.map_or(0, |date| counted.partition_point(|fact| fact.date < date));
    let shown: Vec<Counted> = counted.into_iter().skip(before + cursor.seen).take(limit).collect();
    let next = (before + cursor.seen + shown.len() < all).then(|| cursor.behind(&shown)).flatten();
    not_counted.truncate(limit);
    Ok(Facts {
        counted: shown,
        counted_in_all: Some(all),
        next,
        not_counted,
        not_counted_in_all: Some(left_out),
    })
}

/// Day by day from the cursor until the part is full or enough was looked at: a part may be short, or empty, and
/// still have a next one.
fn by_day(tx: &mut Read, looked: &Looked<'_>, period: Period, cursor: Cursor, limit: usize) -> Result<Facts> {
    let mut facts = Facts::default();
    let mut looked_at = 0;
    let (mut day, mut seen) = (cursor.date.unwrap_or(period.first_day()), cursor.seen);
    while day <= period.last_day() {
        if looked_at >= MOST || facts.counted.len() >= limit {
            facts.next = Some(Cursor { date: Some(day), seen });
            break;
        }
        let found = looked.find(tx, Period::Day(day))?;
        looked_at += found.looked_at;
        let room = limit - facts.counted.len();
        let all = found.counted.len();
        facts.counted.extend(found.counted.into_iter().skip(seen).take(room));
        if seen == 0 {
            facts.not_counted.extend(found.not_counted);
        }
        if all > seen + room {
            facts.next = Some(Cursor { date: Some(day), seen: seen + room });
            break;
        }
        seen = 0;
        let Ok(tomorrow) = day.tomorrow() else { break };
        day = tomorrow;
    }
    facts.not_counted.truncate(limit);
    Ok(facts)
}

impl Cursor {
    /// Where everything begins.
    pub const START: Self = Self { date: None, seen: 0 };

    /// The place behind some facts that follow this one.
    fn behind(self, shown: &[Counted]) -> Option<Self> {
        let date = shown.last()?.date;
        let of_date = shown.iter().rev().take_while(|fact| fact.date == date).count();
        let before = if self.date == Some(date) { self.seen } else { 0 };
        Some(Self { date: Some(date), seen: before + of_date })
    }
}

impl std::fmt::Display for Cursor {
    /// `2026-11-10.12`: as addresses and programs carry it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.date {
            Some(date) => write!(f, "{date}.{}", self.seen),
            None => Ok(()),
        }
    }
}

impl std::str::FromStr for Cursor {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let wrong = || Error::Usage(format!("cursor: {text}"));
        if text.is_empty() {
            return Ok(Self::START);
        }
        let (date, seen) = text.split_once('.').ok_or_else(wrong)?;
        let (date, seen) = (date.parse().map_err(|_| wrong())?, seen.parse().map_err(|_| wrong())?);
        Ok(Self { date: Some(date), seen })
    }
}

fn zero_of(lies_ahead: bool, facts: Option<&Facts>) -> Option<Zero> {
    if lies_ahead {
        return Some(Zero::NotBegun);
    }
    let facts = facts?;
    match (facts.counted_in_all?, facts.not_counted_in_all?) {
        (0, 0) => Some(Zero::NoFact),
        (0, _) => Some(Zero::NoneCounts),
        (_, _) => Some(Zero::SumsToZero),
    }
}

fn no_attainment(figure: &Figure, has_plan: bool) -> Option<NoAttainment> {
    match (figure.attainment, figure.target) {
        (Some(_), _) => None,
        (None, Some(_)) if figure.actual.is_none() => Some(NoAttainment::NoActual),
        (None, Some(_)) => Some(NoAttainment::ZeroTarget),
        (None, None) if has_plan => Some(NoAttainment::NoTarget),
        (None, None) => Some(NoAttainment::NoPlan),
    }
}

/// The figures of those below and of the months of a longer period.
#[expect(clippy::type_complexity, reason = "two lists of parts, named where they are kept")]
fn parts(
    app: &App,
    tx: &mut Read,
    point: &Standpoint,
    sights: &Sights<'_>,
    ask: &Ask,
) -> Result<(Vec<(Named, Figure)>, Vec<(Month, Figure)>)> {
    let days = ask.days();
    let on = point.day(ask.period);
    let reading = Reading::over(app, tx, point, ask.metric, &[days])?;
    let figure = |found: Option<Measured>, days: Days| {
        let found = found.unwrap_or_else(|| reading.nothing(days));
        point.figure((ask.metric, ask.period), found, reading.missing(days), None)
    };
    let unit = point.unit(&ask.owner, on);
    let named = unit.map(|unit| below(point.organisation(), sights, unit, on)).unwrap_or_default();
    let units = if named.is_empty() { BTreeMap::default() } else { reading.of_units(days) };
    let members = reading.of_members(days, &super::branch::members_of(&named));
    let below = named.into_iter().map(|named| {
        let found = if matches!(named.owner, Owner::Member(_)) { &members } else { &units };
        let found = found.get(&named.code).copied();
        (named, figure(found, days))
    });
    let below = below.filter(|(_, figure)| !figure.is_blank()).collect();
    let is_long = matches!(ask.period, Period::Year(_) | Period::Quarter(_));
    let months = if is_long { reading.months_of(&ask.owner, days) } else { BTreeMap::default() };
    let of_month = |(month, found): (Month, Measured)| {
        (month, figure(Some(found), (month.first_day(), month.last_day())))
    };
    Ok((below, months.into_iter().map(of_month).collect()))
}
