//! A proposal for a year's total: history × seasonality × market growth × capacity, each factor with what it changed.
//! Where the factors come from, and how the proposal becomes a plan's total, lives in `app::planning`.

use crate::Ratio;
use crate::allocation::method::Ramp;
use crate::calendar::Month;
use jiff::civil::Date;

/// What selling members carry, in hundredths of a full member's month: somebody on full target for a year is 1 200.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capacity {
    /// In the year that is the base.
    pub before: u64,
    /// In the year that is proposed for, if everybody in post stays: newcomers of the base year are on full target.
    pub after: u64,
    /// Selling members who left in the last twelve months.
    pub leavers: u32,
    /// Selling members in post, on average over those months.
    pub heads: u32,
    /// What the hires that are planned carry in the year.
    pub hires: u64,
}

/// The factors of a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Factors {
    /// What the counted months of the base year brought, in minor units.
    pub achieved: i64,
    /// The part of a usual year that those months make, above 0 to 1.
    pub season: Ratio,
    /// How the market is expected to grow: 8 % is 0.08.
    pub market: Ratio,
    /// Who sells.
    pub capacity: Capacity,
    /// A correction of one's own, with a reason: 0 for none.
    pub own: Ratio,
    /// How far below the proposal the conservative one lies, from 0 to below 1.
    pub below: Ratio,
    /// How far above it the stretch lies, at least 0.
    pub above: Ratio,
    /// Totals are whole multiples of it, in minor units; at least 1.
    pub rounding: i64,
}

/// What moved the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// What the counted months brought.
    Achieved,
    /// The months that are still to come, by the season.
    Season,
    /// The market.
    Market,
    /// Newcomers who grow into a full target.
    Ramp,
    /// Members who leave in the course of the year.
    Attrition,
    /// Planned hires.
    Hires,
    /// The own correction.
    Own,
    /// Rounding to whole units.
    Rounding,
}

impl Step {
    /// Its word in scripts.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Achieved => "achieved",
            Self::Season => "season",
            Self::Market => "market",
            Self::Ramp => "ramp",
            Self::Attrition => "attrition",
            Self::Hires => "hires",
            Self::Own => "own",
            Self::Rounding => "rounding",
        }
    }
}

/// A step with what it changed and where it leads, in minor units. Changes add up exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    /// Which.
    pub step: Step,
    /// By how much.
    pub change: i64,
    /// To what.
    pub total: i64,
}

/// Three totals for a year and the way to the middle one, in minor units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The steps in their order; the last one leads to the target.
    pub steps: Vec<Moved>,
    /// 保底: conservative.
    pub floor: i64,
    /// 目标: base.
    pub target: i64,
    /// 挑战: stretch.
    pub stretch: i64,
}

/// Why factors make no proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CannotPropose {
    /// The part of a usual year is not above 0, or is above 1.
    Season,
    /// A growth of −100 % or less.
    Market,
    /// A correction of −100 % or less.
    Own,
    /// The conservative total lies not below the proposal, or below nothing.
    Below,
    /// The stretch lies below the proposal.
    Above,
    /// Nobody sold in the base year.
    Capacity,
    /// The rounding unit is not positive.
    Rounding,
    /// The base year brought nothing.
    Nothing,
    /// The amounts are too large.
    TooLarge,
}

/// The proposal of the factors (issue: history × seasonality × market growth × capacity with newcomers' ramp and
/// attrition). Leavers go evenly through the year, so that half of their rate is missing on average. Every total is
/// rounded half away from zero from the exact one; the conservative and the stretch are taken from the rounded target.
///
/// ```
/// use dacheng_domain::Ratio;
/// use dacheng_domain::planning::proposal::{Capacity, Factors, propose};
/// let capacity = Capacity { before: 1_200, after: 1_150, leavers: 6, heads: 60, hires: 100 };
/// let proposal = propose(&Factors {
///     achieved: 800,
///     season: Ratio::percent(80),
///     market: Ratio::percent(8),
///     capacity,
///     own: Ratio::percent(0),
///     below: Ratio::percent(10),
///     above: Ratio::percent(20),
///     rounding: 1,
/// }).unwrap();
/// // 800 → 1 000 → 1 080 → 1 035 → 983.25 → 1 073.25
/// let totals: Vec<i64> = proposal.steps.iter().map(|moved| moved.total).collect();
/// assert_eq!(totals, [800, 1_000, 1_080, 1_035, 983, 1_073, 1_073, 1_073]);
/// assert_eq!((proposal.floor, proposal.target, proposal.stretch), (966, 1_073, 1_288));
/// ```
pub fn propose(factors: &Factors) -> Result<Proposal, CannotPropose> {
    check(factors)?;
    let one = Ratio::whole(1);
    let Capacity { before, after, leavers, heads, hires } = factors.capacity;
    let parts = |part: u64| Ratio::new(part, before).ok_or(CannotPropose::Capacity);
    let staying = Ratio::new(u64::from(heads) * 2 - u64::from(leavers.min(heads)), u64::from(heads) * 2);
    let staying = staying.ok_or(CannotPropose::Capacity)?;
    let achieved = Ratio::whole(factors.achieved);
    let year = Ratio::new(factors.achieved, 1).and_then(|achieved| over(achieved, factors.season));
    let market = times(year, plus(one, factors.market));
    let ramp = times(market, Some(parts(after)?));
    let attrition = times(ramp, Some(staying));
    let with_hires = attrition.zip(times(market, Some(parts(hires)?)));
    let with_hires = with_hires.and_then(|(attrition, hires)| attrition.checked_add(hires));
    let own = times(with_hires, plus(one, factors.own));
    let exact = [
        (Step::Achieved, Some(achieved)),
        (Step::Season, year),
        (Step::Market, market),
        (Step::Ramp, ramp),
        (Step::Attrition, attrition),
        (Step::Hires, with_hires),
        (Step::Own, own),
    ];
    let mut totals = Vec::with_capacity(exact.len() + 1);
    for (step, total) in exact {
        totals.push((step, whole(total, 1)?));
    }
    let target = whole(own, factors.rounding)?;
    totals.push((Step::Rounding, target));
    let mut last = 0;
    let steps = totals.into_iter().map(|(step, total)| {
        let change = total - last;
        last = total;
        Moved { step, change, total }
    });
    let steps = steps.collect();
    let aside = |rate: Option<Ratio>| whole(times(Some(Ratio::whole(target)), rate), factors.rounding);
    let floor = aside(one.checked_sub(factors.below))?.min(target);
    let stretch = aside(one.checked_add(factors.above))?.max(target);
    Ok(Proposal { steps, floor, target, stretch })
}

fn check(factors: &Factors) -> Result<(), CannotPropose> {
    let (none, one) = (Ratio::whole(0), Ratio::whole(1));
    let lost = Ratio::whole(-1);
    let wrong = [
        (factors.achieved <= 0, CannotPropose::Nothing),
        (factors.season <= none || factors.season > one, CannotPropose::Season),
        (factors.market <= lost, CannotPropose::Market),
        (factors.own <= lost, CannotPropose::Own),
        (factors.below < none || factors.below >= one, CannotPropose::Below),
        (factors.above < none, CannotPropose::Above),
        (factors.capacity.before == 0 || factors.capacity.heads == 0, CannotPropose::Capacity),
        (factors.rounding <= 0, CannotPropose::Rounding),
    ];
    wrong.into_iter().find(|(is_wrong, _)| *is_wrong).map_or(Ok(()), |(_, why)| Err(why))
}

fn plus(one: Ratio, other: Ratio) -> Option<Ratio> {
    one.checked_add(other)
}

fn times(amount: Option<Ratio>, factor: Option<Ratio>) -> Option<Ratio> {
    amount?.checked_mul(factor?)
}

fn over(amount: Ratio, part: Ratio) -> Option<Ratio> {
    amount.checked_mul(Ratio::new(part.den(), part.num())?)
}

/// The nearest whole multiple of a unit, half away from zero.
fn whole(amount: Option<Ratio>, unit: i64) -> Result<i64, CannotPropose> {
    let parts = times(amount, Ratio::new(1, unit)).ok_or(CannotPropose::TooLarge)?;
    let many = i64::try_from(parts.scaled(1)).map_err(|_| CannotPropose::TooLarge)?;
    many.checked_mul(unit).ok_or(CannotPropose::TooLarge)
}

/// What selling members carry in some months, in hundredths of a full member's month: by the ramp from their hiring to
/// the month before they leave. `left` is the day after the last day employed.
///
/// ```
/// use dacheng_domain::allocation::method::Ramp;
/// use dacheng_domain::planning::proposal::carried;
/// use jiff::civil::date;
/// let months = ["2026-01", "2026-02", "2026-03", "2026-04", "2026-05"].map(|month| month.parse().unwrap());
/// let long_ago = (date(2020, 1, 1), None);
/// let new = (date(2026, 2, 1), None);
/// let leaver = (date(2020, 1, 1), Some(date(2026, 3, 1)));
/// assert_eq!(carried([long_ago], &months, &Ramp::default()), 500);
/// assert_eq!(carried([new], &months, &Ramp::default()), 50 + 75 + 100);
/// assert_eq!(carried([leaver], &months, &Ramp::default()), 200);
/// ```
pub fn carried(
    members: impl IntoIterator<Item = (Date, Option<Date>)>,
    months: &[Month],
    ramp: &Ramp,
) -> u64 {
    let of = |(hired, left): (Date, Option<Date>)| -> u64 {
        let there = |month: &&Month| left.is_none_or(|left| month.first_day() < left);
        months.iter().filter(there).map(|month| u64::from(ramp.percent(hired, *month))).sum()
    };
    members.into_iter().map(of).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn factors() -> Factors {
        Factors {
            achieved: 1_000_000,
            season: Ratio::whole(1),
            market: Ratio::whole(0),
            capacity: Capacity { before: 1_200, after: 1_200, leavers: 0, heads: 1, hires: 0 },
            own: Ratio::whole(0),
            below: Ratio::percent(10),
            above: Ratio::percent(10),
            rounding: 1,
        }
    }

    #[test]
    fn factors_of_one_change_nothing() {
        let proposal = propose(&factors()).unwrap();
        assert_eq!((proposal.floor, proposal.target, proposal.stretch), (900_000, 1_000_000, 1_100_000));
        assert!(proposal.steps[1..].iter().all(|moved| moved.change == 0));
    }

    #[test]
    fn each_factor_moves_its_own_step_only() {
        let moved = |factors: Factors, step: Step| {
            let steps = propose(&factors).unwrap().steps;
            let others = steps.iter().filter(|moved| moved.step != step && moved.step != Step::Achieved);
            assert!(others.clone().all(|moved| moved.change == 0), "{steps:?}");
            steps.iter().find(|moved| moved.step == step).unwrap().change
        };
        let own = factors();
        // Ten months that are four fifths of a year: the rest is a fifth.
        assert_eq!(moved(Factors { season: Ratio::percent(80), ..own }, Step::Season), 250_000);
        assert_eq!(moved(Factors { market: Ratio::percent(-5), ..own }, Step::Market), -50_000);
        let capacity = Capacity { after: 1_275, ..own.capacity };
        assert_eq!(moved(Factors { capacity, ..own }, Step::Ramp), 62_500);
        // 12 of 60 leave in a year: a tenth is missing on average.
        let capacity = Capacity { leavers: 12, heads: 60, ..own.capacity };
        assert_eq!(moved(Factors { capacity, ..own }, Step::Attrition), -100_000);
        let capacity = Capacity { hires: 300, ..own.capacity };
        assert_eq!(moved(Factors { capacity, ..own }, Step::Hires), 250_000);
        assert_eq!(moved(Factors { own: Ratio::percent(3), ..own }, Step::Own), 30_000);
        assert_eq!(moved(Factors { achieved: 1_004_999, rounding: 10_000, ..own }, Step::Rounding), -4_999);
    }

    #[test]
    fn changes_add_up_to_the_target_whatever_the_factors() {
        let capacity = Capacity { before: 70_333, after: 71_017, leavers: 7, heads: 59, hires: 1_111 };
        for achieved in [1, 7, 33_333, 98_765_432_101] {
            for rate in [-37, 0, 8, 113] {
                let own = Factors {
                    achieved,
                    season: Ratio::new(817, 1_000).unwrap(),
                    market: Ratio::percent(rate),
                    capacity,
                    ..factors()
                };
                let proposal = propose(&own).unwrap();
                let sum: i64 = proposal.steps.iter().map(|moved| moved.change).sum();
                assert_eq!(sum, proposal.target);
                assert!(proposal.floor <= proposal.target && proposal.target <= proposal.stretch);
            }
        }
    }

    #[test]
    fn what_makes_no_sense_is_named() {
        let own = factors();
        let wrong = |factors: Factors| propose(&factors).unwrap_err();
        assert_eq!(wrong(Factors { achieved: 0, ..own }), CannotPropose::Nothing);
        assert_eq!(wrong(Factors { season: Ratio::percent(101), ..own }), CannotPropose::Season);
        assert_eq!(wrong(Factors { market: Ratio::whole(-1), ..own }), CannotPropose::Market);
        assert_eq!(wrong(Factors { below: Ratio::whole(1), ..own }), CannotPropose::Below);
        assert_eq!(wrong(Factors { above: Ratio::percent(-1), ..own }), CannotPropose::Above);
        let nobody = Capacity { before: 0, ..own.capacity };
        assert_eq!(wrong(Factors { capacity: nobody, ..own }), CannotPropose::Capacity);
        assert_eq!(wrong(Factors { rounding: 0, ..own }), CannotPropose::Rounding);
        let huge = Factors { achieved: i64::MAX, market: Ratio::whole(9), ..own };
        assert_eq!(wrong(huge), CannotPropose::TooLarge);
    }
}
