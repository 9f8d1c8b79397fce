//! A target: who carries how much of a metric in which months. How it changes in force lives in [`crate::adjustment`].

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::calendar::Month;
use crate::metrics::{Direction, Metric, RollUp};
use crate::people::{MemberId, UnitId};

/// Who carries a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Owner {
    /// A unit of the organisation.
    Unit(UnitId),
    /// A person.
    Member(MemberId),
}

/// The three marks of a month, in minor units of the metric. Attainment is on the target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marks {
    /// 保底
    pub floor: Option<i64>,
    /// 目标
    pub target: i64,
    /// 挑战
    pub stretch: Option<i64>,
}

/// Why marks cannot stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CannotSet {
    /// A mark is below zero.
    Negative(Month),
    /// The floor is harder to reach than the target.
    FloorBeyondTarget(Month),
    /// The stretch is easier to reach than the target.
    StretchBeforeTarget(Month),
}

/// A target with its months (`domain.md` §3). The marks of every month stand in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    owner: Owner,
    metric: Metric,
    months: BTreeMap<Month, Marks>,
}

impl Target {
    /// A target, with floor ≤ target ≤ stretch in every month; the other way round where low is better.
    ///
    /// ```
    /// use dacheng_domain::metrics::Metric;
    /// use dacheng_domain::people::MemberId;
    /// use dacheng_domain::planning::{Marks, Owner, Target};
    /// let marks = Marks { floor: Some(800), target: 1_000, stretch: Some(1_200) };
    /// let months = [("2026-01".parse()?, marks), ("2026-02".parse()?, marks)].into();
    /// let target = Target::new(Owner::Member(MemberId(7)), Metric::Revenue, months).unwrap();
    /// assert_eq!(target.total(), Some(2_000));
    /// # Ok::<(), dacheng_domain::calendar::NotAPeriod>(())
    /// ```
    pub fn new(owner: Owner, metric: Metric, months: BTreeMap<Month, Marks>) -> Result<Self, CannotSet> {
        let direction = metric.definition().direction;
        for (&month, marks) in &months {
            marks.check(direction, month)?;
        }
        Ok(Self { owner, metric, months })
    }

    /// Who carries it.
    pub fn owner(&self) -> Owner {
        self.owner
    }

    /// Of what.
    pub fn metric(&self) -> Metric {
        self.metric
    }

    /// The marks of each month that has any.
    pub fn months(&self) -> &BTreeMap<Month, Marks> {
        &self.months
    }

    /// The target over all months, in minor units; `None` for a metric that does not add up, or beyond `i64`.
    pub fn total(&self) -> Option<i64> {
        match self.metric.definition().roll_up {
            RollUp::Sum => self.months.values().try_fold(0_i64, |sum, marks| sum.checked_add(marks.target)),
            RollUp::RatioOfSums | RollUp::EachLevel | RollUp::Owner => None,
        }
    }
}

impl Marks {
    fn check(&self, direction: Direction, month: Month) -> Result<(), CannotSet> {
        if [self.floor, Some(self.target), self.stretch].into_iter().flatten().any(|mark| mark < 0) {
            return Err(CannotSet::Negative(month));
        }
        let is_beyond = |mark: i64, other: i64| match direction {
            Direction::Higher => mark > other,
            Direction::Lower => mark < other,
        };
        if self.floor.is_some_and(|floor| is_beyond(floor, self.target)) {
            return Err(CannotSet::FloorBeyondTarget(month));
        }
        if self.stretch.is_some_and(|stretch| is_beyond(self.target, stretch)) {
            return Err(CannotSet::StretchBeforeTarget(month));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(
        metric: Metric,
        floor: Option<i64>,
        target: i64,
        stretch: Option<i64>,
    ) -> Result<Target, CannotSet> {
        let marks = Marks { floor, target, stretch };
        Target::new(Owner::Unit(UnitId(1)), metric, [(january(), marks)].into())
    }

    fn january() -> Month {
        Month::new(2026, 1).unwrap()
    }

    #[test]
    fn marks_stand_in_the_order_of_what_is_harder() {
        assert!(set(Metric::Revenue, Some(80), 100, Some(120)).is_ok());
        assert!(set(Metric::Revenue, Some(100), 100, Some(100)).is_ok());
        assert!(set(Metric::Revenue, None, 0, None).is_ok());
        assert!(set(Metric::ComplaintRate, Some(500), 300, Some(0)).is_ok());
        let floor = Err(CannotSet::FloorBeyondTarget(january()));
        assert_eq!(set(Metric::Revenue, Some(101), 100, None), floor);
        assert_eq!(set(Metric::ComplaintRate, Some(200), 300, None), floor);
        let stretch = Err(CannotSet::StretchBeforeTarget(january()));
        assert_eq!(set(Metric::Revenue, None, 100, Some(99)), stretch);
        assert_eq!(set(Metric::Revenue, None, -1, None), Err(CannotSet::Negative(january())));
    }

    #[test]
    fn only_additive_targets_have_a_total() {
        assert_eq!(set(Metric::Revenue, None, 100, None).unwrap().total(), Some(100));
        assert_eq!(set(Metric::ConversionRate, None, 100, None).unwrap().total(), None);
    }
}
