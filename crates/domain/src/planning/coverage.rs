//! Everyone carries a target (人人头上有指标): who does not.

use crate::calendar::Month;
use crate::metrics::{Direction, Metric};
use crate::people::MemberId;

/// What a member carries in a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carried {
    /// A target, in minor units of the metric.
    Amount(i64),
    /// An explicit 0, with its reason.
    Nothing(Excuse),
}

/// Why an explicit 0 counts as covered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Excuse {
    /// A newcomer's ramp.
    Ramp,
    /// Leave.
    Leave,
}

/// A selling member without a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Uncovered {
    /// Who.
    pub member: MemberId,
    /// For what.
    pub metric: Metric,
    /// When.
    pub month: Month,
    /// What is missing.
    pub gap: Gap,
}

/// What is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    /// There is no target.
    NoTarget,
    /// The target is 0, neither by ramp nor by leave.
    ZeroWithoutExcuse,
}

/// The gaps of the selling members, each given with the months they sell in, in the order given
/// (`domain.md` §3). A target of 0 for a metric that should be low is a target.
///
/// ```
/// use dacheng_domain::metrics::Metric;
/// use dacheng_domain::people::MemberId;
/// use dacheng_domain::planning::{Carried, Excuse, uncovered};
/// let month = "2026-01".parse()?;
/// let selling = [(MemberId(1), vec![month]), (MemberId(2), vec![month])];
/// let gaps = uncovered(&selling, &[Metric::Revenue], |member, _, _| {
///     (member == MemberId(1)).then_some(Carried::Nothing(Excuse::Ramp))
/// });
/// assert_eq!(gaps.iter().map(|gap| gap.member).collect::<Vec<_>>(), [MemberId(2)]);
/// # Ok::<(), dacheng_domain::calendar::NotAPeriod>(())
/// ```
pub fn uncovered(
    selling: &[(MemberId, Vec<Month>)],
    metrics: &[Metric],
    carried: impl Fn(MemberId, Metric, Month) -> Option<Carried>,
) -> Vec<Uncovered> {
    let mut found = Vec::new();
    for &(member, ref months) in selling {
        for &metric in metrics {
            let gaps = months.iter().filter_map(|&month| {
                let gap = gap(metric, carried(member, metric, month))?;
                Some(Uncovered { member, metric, month, gap })
            });
            found.extend(gaps);
        }
    }
    found
}

fn gap(metric: Metric, carried: Option<Carried>) -> Option<Gap> {
    match (carried, metric.definition().direction) {
        (None, _) => Some(Gap::NoTarget),
        (Some(Carried::Amount(0)), Direction::Higher) => Some(Gap::ZeroWithoutExcuse),
        (Some(Carried::Amount(_) | Carried::Nothing(_)), _) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_member_metric_and_month_is_asked() {
        let month = |number| Month::new(2026, number).unwrap();
        let selling = [(MemberId(1), vec![month(1), month(2)]), (MemberId(2), vec![month(2)])];
        let metrics = [Metric::Revenue, Metric::ComplaintRate];
        let gaps = uncovered(&selling, &metrics, |member, metric, asked| match (member.0, metric) {
            (1, Metric::Revenue) if asked == month(1) => Some(Carried::Amount(5)),
            (1, _) => Some(Carried::Amount(0)),
            (_, Metric::Revenue) => Some(Carried::Nothing(Excuse::Leave)),
            (_, _) => None,
        });
        let gap = |member, metric, number, gap| Uncovered {
            member: MemberId(member),
            metric,
            month: month(number),
            gap,
        };
        assert_eq!(
            gaps,
            [
                gap(1, Metric::Revenue, 2, Gap::ZeroWithoutExcuse),
                gap(2, Metric::ComplaintRate, 2, Gap::NoTarget),
            ]
        );
    }
}
