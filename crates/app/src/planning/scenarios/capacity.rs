//! What people can carry of a metric in a plan's year: what a full month of work brought in the last year, times the
//! months of those who sell, newcomers as the ramp says. The same rule as that of the SMART check.

use std::collections::HashMap;

use dacheng_domain::allocation::method::Ramp;
use dacheng_domain::calendar::Month;
use dacheng_domain::metrics::Metric;
use dacheng_domain::people::{MemberId, Organisation, UnitId};
use dacheng_domain::ratio::round_half_away;
use dacheng_store::Read;
use dacheng_store::targets::OwnerKind;

use crate::allocation::{Owner, months_of};
use crate::figures::forecast::company_months;
use crate::planning::Opened;
use crate::planning::total::top;
use crate::{App, Context, Result};

/// Months of history from which it is taken what a month of work brings.
const HISTORY: i32 = 12;

/// Months of work of units and members, in hundredths.
#[derive(Debug, Default)]
struct Heads {
    units: HashMap<UnitId, i64>,
    members: HashMap<MemberId, i64>,
}

impl Heads {
    fn over(organisation: &Organisation, top: UnitId, months: &[Month]) -> Self {
        let (mut found, ramp) = (Self::default(), Ramp::default());
        for month in months {
            let day = month.last_day();
            for member in organisation.selling_members(top, day, |_| false) {
                let hired = organisation.member(member).and_then(|member| member.employed.from());
                let weight = hired.map_or(100, |hired| i64::from(ramp.percent(hired, *month)));
                *found.members.entry(member).or_default() += weight;
                let home = organisation.home_unit(member, day);
                let path = home.and_then(|home| organisation.nearest_unit_path(home, day));
                for unit in path.unwrap_or_default() {
                    *found.units.entry(*unit).or_default() += weight;
                }
            }
        }
        found
    }
}

/// What everybody can carry.
pub(super) struct Carrying {
    /// What a full month of work brings, in the metric's smallest unit; `None` where nothing says so.
    pub each: Option<i64>,
    heads: Heads,
}

impl Carrying {
    pub fn read(
        app: &App,
        tx: &mut Read,
        context: &Context,
        (opened, metric): (&Opened, Metric),
    ) -> Result<Self> {
        let organisation = &opened.ground.organisation;
        let top = top(opened).and_then(|top| organisation.unit_of_code(&top.code).map(|unit| unit.id));
        let Some(top) = top else { return Ok(Self { each: None, heads: Heads::default() }) };
        let (next, sums) = company_months(app, tx, context, metric)?;
        let past: Vec<(Month, i64)> = sums
            .into_iter()
            .filter(|(month, sum)| *month >= next.plus(-HISTORY) && *month < next && *sum != 0)
            .collect();
        let months: Vec<Month> = past.iter().map(|(month, _)| *month).collect();
        let worked = Heads::over(organisation, top, &months).units.get(&top).copied().unwrap_or(0);
        let sum: i64 = past.iter().map(|(_, sum)| sum).sum();
        let each = (worked > 0 && sum > 0)
            .then(|| round_half_away(i128::from(sum) * 100, i128::from(worked)))
            .and_then(|each| i64::try_from(each).ok());
        Ok(Self { each, heads: Heads::over(organisation, top, &months_of(opened.year)) })
    }

    /// What an owner can carry over the plan's year; `None` where nobody there sells, or nothing says what a month brings.
    pub fn of(&self, organisation: &Organisation, owner: &Owner) -> Option<i64> {
        let months = match owner.kind {
            OwnerKind::Unit => self.heads.units.get(&organisation.unit_of_code(&owner.code)?.id),
            OwnerKind::Member => self.heads.members.get(&organisation.member_of_code(&owner.code)?.id),
        };
        let exact = i128::from(self.each?) * i128::from(*months?);
        i64::try_from(round_half_away(exact, 100)).ok().filter(|carried| *carried > 0)
    }
}
