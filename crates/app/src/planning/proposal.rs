//! A proposal for the company's year: what the history, the season, the market and the people make of it, what people
//! typed into it, and taking it into the plan's total. The rule is `domain::planning::proposal`'s.

use std::collections::BTreeMap;

use dacheng_domain::Ratio;
use dacheng_domain::access::Right;
use dacheng_domain::allocation::method::Ramp;
use dacheng_domain::calendar::{Month, Period, Year};
use dacheng_domain::metrics::{Metric, Unit};
use dacheng_domain::people::Sells;
use dacheng_domain::planning::proposal::{CannotPropose, Capacity, Factors, Proposal, carried, propose};
use dacheng_forecast::{Band, Chance};
use dacheng_rollup::Owner;
use dacheng_store::proposals::{self, Kept};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::market::{Growth, growth_rates};
use super::{
    ByMonth, Opened, SetTotal, Total, TotalSet, additive, allow, open, open_draft, overview, set_total,
};
use crate::allocation::months_of;
use crate::figures::forecast::{Outlooks, Told, company_months, outlooks};
use crate::figures::pipeline::{self, weighted_of_company};
use crate::{App, Context, Error, Read, Result, audit};

/// What people type into a proposal. Rates in hundredths of a per cent.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Typed {
    /// The base year's counted months, where they are not as booked, in the metric's smallest unit.
    pub achieved: Option<i64>,
    /// Growth of the market.
    pub market: i64,
    /// Who says so, and when.
    pub market_source: String,
    /// Members who leave in a year, where the last twelve months are no guide.
    pub leaving: Option<i64>,
    /// How many people are to be hired.
    pub hires: u32,
    /// In which month of the plan's year, from 1.
    pub hired_in: u8,
    /// An own correction.
    pub own: i64,
    /// Why.
    pub own_reason: String,
    /// How far below the conservative total lies; by the forecast's P10 where absent.
    pub below: Option<i64>,
    /// How far above the stretch lies; by the forecast's P90 where absent.
    pub above: Option<i64>,
}

/// What the company's own figures say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Base {
    /// The months that are counted: the complete ones of the year before, else the last twelve.
    pub first: Month,
    /// The last of them.
    pub last: Month,
    /// How many.
    pub months: usize,
    /// What they brought, in the metric's smallest unit.
    pub achieved: i64,
    /// The part of a usual year that those months make.
    pub season: Ratio,
    /// Full years that say so; 0 where working days do.
    pub season_years: usize,
    /// Selling members in post today.
    pub heads: u32,
    /// Of them on the ramp.
    pub ramping: u32,
    /// Selling members who left in the last twelve months.
    pub leavers: u32,
    /// What they carried in the base year, and carry in the plan's if all stay: hundredths of a full member's month.
    pub carried: (u64, u64),
}

/// A proposal as it stands.
#[derive(Debug, Clone)]
pub struct Proposed {
    /// Of which metric.
    pub metric: Metric,
    /// The plan's year.
    pub year: Year,
    /// What was typed.
    pub typed: Typed,
    /// The version of what was typed, 0 for nothing yet.
    pub version: i64,
    /// What the figures say; `None` where nothing is booked before the year.
    pub base: Option<Base>,
    /// How far below and above the outer totals lie, as they are used, in hundredths of a per cent.
    pub spread: (i64, i64),
    /// Whether the forecast's band made them.
    pub by_band: bool,
    /// The three totals and the way to them, or why there are none.
    pub proposal: std::result::Result<Proposal, CannotPropose>,
    /// What the market notes say of the plan's year for the whole market, the youngest first: the first is taken where
    /// nothing was typed.
    pub growth: Vec<Growth>,
    /// Whether the market's growth and its source come from a note.
    pub market_noted: bool,
    /// Weighted open opportunities that may be decided in the plan's year, in fen, and how many; of revenue only. They are
    /// told beside the totals and change none.
    pub pipeline: Option<(i64, usize)>,
    /// The forecast of the plan's year.
    pub band: Option<Band>,
    /// The chances of floor, target and stretch by that forecast.
    pub chances: [Option<Chance>; 3],
}

/// The usual distance of the outer totals, in hundredths of a per cent.
const USUAL: i64 = 1_000;
/// Proposed totals are whole multiples of it: 1 万元, or one piece.
const fn rounding(metric: Metric) -> i64 {
    match metric.definition().unit {
        Unit::Money => 1_000_000,
        Unit::Count | Unit::Percent | Unit::Score | Unit::Days => 1,
    }
}

/// The proposal for a plan's year, for who reads the company's targets ahead.
pub fn proposal(app: &App, context: &Context, plan: &str, metric: Metric) -> Result<Proposed> {
    additive(context.lang, metric)?;
    let (opened, kept, growth, pipeline) = {
        let mut tx = app.store.read()?;
        let opened = open(app, &mut tx, plan)?;
        allow::company(context, &opened, Right::Read)?;
        let kept = proposals::current(&mut tx, (opened.plan.id, metric.code()))?;
        let growth = of_the_whole_market(growth_rates(&mut tx, opened.year.name())?);
        let year = Period::Year(opened.year);
        let worth = |tx: &mut Read| weighted_of_company(app, tx, context, year);
        let pipeline = (metric == pipeline::METRIC).then(|| worth(&mut tx)).transpose()?;
        (opened, kept, growth, pipeline)
    };
    let typed = kept.as_ref().map(|kept| read(&kept.factors)).transpose()?;
    let version = kept.map_or(0, |kept| kept.version);
    let noted = Noted { growth, pipeline, is_untouched: typed.is_none() };
    let typed = noted.prefilled(typed.unwrap_or_default());
    let found = outlooks(app, context, &Owner::Company, (metric, Period::Year(opened.year)))?;
    let known = months(app, context, metric)?;
    let base = base(context, &opened, &known);
    Ok(proposed(metric, &opened, (typed, noted), version, base, &found))
}

/// Keeps what was typed; the state must be a draft. `seen` is the version that its writer saw.
pub fn keep_proposal(
    app: &App,
    context: &Context,
    plan: &str,
    metric: Metric,
    (typed, seen): (&Typed, i64),
) -> Result<i64> {
    additive(context.lang, metric)?;
    let mut tx = app.store.write()?;
    let opened = open_draft(app, &mut tx, context, plan)?;
    allow::company(context, &opened, Right::Update)?;
    let of = (opened.plan.id, metric.code());
    let before = proposals::current(&mut tx, of)?;
    let found = before.as_ref().map_or(0, |kept| kept.version);
    let factors = serde_json::to_string(typed).map_err(|wrong| Error::Internal(wrong.to_string()))?;
    let new = Kept {
        version: seen + 1,
        factors,
        recorded_at: context.now.as_millisecond(),
        actor: context.actor.name().to_owned(),
    };
    if found != seen || !proposals::append(&mut tx, of, seen, &new)? {
        return Err(Error::Stale { seen, found });
    }
    let before = before.map(|kept| read(&kept.factors)).transpose()?;
    let detail = json!({ "metric": metric.code(), "before": before, "after": typed, "version": seen + 1 });
    audit::record(app, &mut tx, context, "plan.keep_proposal", &format!("plan/{plan}"), &detail)?;
    tx.commit()?;
    Ok(seen + 1)
}

/// Takes the three totals of the proposal into the plan, by the season where there is a year before. `seen` is the
/// version of what was typed, so that nobody takes what they did not see.
pub fn take_proposal(
    app: &App,
    context: &Context,
    plan: &str,
    metric: Metric,
    seen: i64,
) -> Result<TotalSet> {
    let proposed = proposal(app, context, plan, metric)?;
    if proposed.version != seen {
        return Err(Error::Stale { seen, found: proposed.version });
    }
    let totals = proposed.proposal.map_err(|_| Error::refused(context.lang.proposal().cannot_take()))?;
    let overview = overview(app, context, plan, metric)?;
    let has_season = overview.last_year.is_some_and(|months| months.iter().any(|month| *month != 0));
    let total = Total::Year {
        target: totals.target,
        floor: Some(totals.floor),
        stretch: Some(totals.stretch),
        by: if has_season { ByMonth::Season } else { ByMonth::WorkingDays },
        rounding: rounding(metric),
    };
    set_total(app, context, &SetTotal { plan: plan.to_owned(), metric, total, seen: overview.version })
}

fn read(factors: &str) -> Result<Typed> {
    serde_json::from_str(factors).map_err(|wrong| Error::Internal(format!("proposal: {wrong}")))
}

fn proposed(
    metric: Metric,
    opened: &Opened,
    (typed, noted): (Typed, Noted),
    version: i64,
    base: Option<Base>,
    found: &Outlooks,
) -> Proposed {
    let band = match &found.whole.told {
        Told::Ahead(_) => found.whole.band().filter(|band| band.p50 > 0),
        Told::Over | Told::TooShort(_) | Told::TooFar => None,
    };
    let apart = |end: i64, middle: i64| {
        let parts = i128::from(end - middle).abs() * 10_000 / i128::from(middle);
        i64::try_from(parts).unwrap_or(USUAL)
    };
    let below = band.map_or(USUAL, |band| apart(band.p10, band.p50).min(9_999));
    let above = band.map_or(USUAL, |band| apart(band.p90, band.p50));
    let spread = (typed.below.unwrap_or(below), typed.above.unwrap_or(above));
    let proposal = base
        .as_ref()
        .ok_or(CannotPropose::Nothing)
        .and_then(|base| propose(&factors(metric, &typed, base, opened.year, spread)));
    let chance =
        |pick: fn(&Proposal) -> i64| proposal.as_ref().ok().and_then(|own| found.whole.reaches(pick(own)));
    let chances = [chance(|own| own.floor), chance(|own| own.target), chance(|own| own.stretch)];
    let by_band = band.is_some() && (typed.below.is_none() || typed.above.is_none());
    Proposed {
        metric,
        year: opened.year,
        market_noted: noted.is_taken(),
        growth: noted.growth,
        pipeline: noted.pipeline,
        typed,
        version,
        base,
        spread,
        by_band,
        proposal,
        band,
        chances,
    }
}

/// What is known beside the company's own figures.
struct Noted {
    growth: Vec<Growth>,
    pipeline: Option<(i64, usize)>,
    /// Nobody typed a factor yet.
    is_untouched: bool,
}

impl Noted {
    /// Whether a note says how fast the market grows.
    fn is_taken(&self) -> bool {
        self.is_untouched && !self.growth.is_empty()
    }

    /// The factors with the youngest note's growth and its source, where nobody typed any.
    fn prefilled(&self, typed: Typed) -> Typed {
        match self.growth.first().filter(|_| self.is_untouched) {
            None => typed,
            Some(growth) => Typed {
                market: i64::try_from(growth.rate.scaled(10_000)).unwrap_or(0),
                market_source: format!("{} {} {}", growth.source, growth.note, growth.subject),
                ..typed
            },
        }
    }
}

/// The rates of the whole market: those of a region or of a product line say nothing of the company's total.
fn of_the_whole_market(growth: Vec<Growth>) -> Vec<Growth> {
    growth.into_iter().filter(|own| own.region.is_none() && own.product_line.is_none()).collect()
}

fn factors(metric: Metric, typed: &Typed, base: &Base, year: Year, (below, above): (i64, i64)) -> Factors {
    let rate = |hundredths: i64| Ratio::new(hundredths, 10_000).unwrap_or(Ratio::percent(0));
    let (leavers, heads) = match typed.leaving {
        Some(rate) => (u32::try_from(rate).unwrap_or(0), 10_000),
        None => (base.leavers, base.heads),
    };
    Factors {
        achieved: typed.achieved.unwrap_or(base.achieved),
        season: base.season,
        market: rate(typed.market),
        capacity: Capacity {
            before: base.carried.0,
            after: base.carried.1,
            leavers,
            heads,
            hires: hires(typed, year),
        },
        own: rate(typed.own),
        below: rate(below),
        above: rate(above),
        rounding: rounding(metric),
    }
}

/// What planned hires carry in the year.
fn hires(typed: &Typed, year: Year) -> u64 {
    let months = months_of(year);
    let Some(month) = usize::from(typed.hired_in.max(1)).checked_sub(1).and_then(|place| months.get(place))
    else {
        return 0;
    };
    carried([(month.first_day(), None)], &months, &Ramp::default()) * u64::from(typed.hires)
}

/// The company's complete months.
struct History {
    next: Month,
    sums: BTreeMap<Month, i64>,
}

fn months(app: &App, context: &Context, metric: Metric) -> Result<History> {
    let mut tx = app.store.read()?;
    let (next, sums) = company_months(app, &mut tx, context, metric)?;
    Ok(History { next, sums })
}

/// What the figures say before a plan's year.
fn base(context: &Context, opened: &Opened, known: &History) -> Option<Base> {
    let before = opened.year.previous();
    let complete: Vec<Month> = before.months().filter(|month| *month < known.next).collect();
    // A year that has hardly begun says too little: then the last twelve months.
    let counted: Vec<Month> = if complete.len() >= 3 {
        complete
    } else {
        (1..=12).rev().map(|ago| known.next.plus(-ago)).collect()
    };
    let sum = |months: &[Month]| months.iter().filter_map(|month| known.sums.get(month)).sum::<i64>();
    let achieved = sum(&counted);
    let (season, season_years) = season(opened, known, &counted);
    let today = context.today;
    let sellers = || {
        opened
            .ground
            .organisation
            .rows()
            .members
            .iter()
            .filter(|member| member.position.sells() == Sells::Always)
    };
    let spans =
        |member: &dacheng_domain::people::Member| Some((member.employed.from()?, member.employed.to()));
    let in_post =
        |(hired, left): &(Date, Option<Date>)| *hired <= today && left.is_none_or(|left| today < left);
    let year_ago = today.saturating_sub(jiff::Span::new().years(1));
    let left = |(_, left): &(Date, Option<Date>)| left.is_some_and(|left| year_ago < left && left <= today);
    let (ramp, now) = (Ramp::default(), Month::of(today));
    let all: Vec<(Date, Option<Date>)> = sellers().filter_map(spans).collect();
    let staying: Vec<(Date, Option<Date>)> = all.iter().copied().filter(in_post).collect();
    let count = |many: usize| u32::try_from(many).unwrap_or(u32::MAX);
    let base_year: Vec<Month> = if counted.len() == 12 { counted.clone() } else { before.months().collect() };
    (achieved != 0).then(|| Base {
        first: counted[0],
        last: counted[counted.len() - 1],
        months: counted.len(),
        achieved,
        season,
        season_years,
        heads: count(staying.len()),
        ramping: count(staying.iter().filter(|(hired, _)| ramp.percent(*hired, now) < 100).count()),
        leavers: count(all.iter().filter(|span| left(span)).count()),
        carried: (carried(all, &base_year, &ramp), carried(staying, &months_of(opened.year), &ramp)),
    })
}

/// The part of a usual year that months make: as in the full years before, else by working days.
fn season(opened: &Opened, known: &History, counted: &[Month]) -> (Ratio, usize) {
    let one = Ratio::whole(1);
    if counted.len() >= 12 {
        return (one, 0);
    }
    let (mut part, mut whole, mut years) = (0_i64, 0_i64, 0);
    let mut year = opened.year.previous().previous();
    for _ in 0..3 {
        let months: Vec<Month> = year.months().collect();
        let known_of = |month: &Month| known.sums.get(month).copied().unwrap_or(0);
        let is_full = months.iter().all(|month| known_of(month) > 0);
        if !is_full {
            break;
        }
        whole += months.iter().map(known_of).sum::<i64>();
        let same = |month: &&Month| counted.iter().any(|own| own.number() == month.number());
        part += months.iter().filter(same).map(known_of).sum::<i64>();
        years += 1;
        year = year.previous();
    }
    if let Some(season) = Ratio::new(part, whole).filter(|_| years > 0) {
        return (season, years);
    }
    let calendar = opened.company.calendar();
    let days = |month: Month| calendar.working_days(month.first_day(), month.last_day());
    let all: u32 = opened.year.previous().months().map(days).sum();
    let own: u32 = counted.iter().copied().map(days).sum();
    (Ratio::new(own, all).unwrap_or(one), 0)
}
