//! Who sells: headcount and output per head by year, months of service, who came and who left in twelve months.

use std::collections::{BTreeMap, BTreeSet};

use dacheng_domain::Ratio;
use dacheng_domain::calendar::{Period, Year};
use dacheng_domain::people::{MemberId, Presence, Sells, Span, UnitId};
use dacheng_domain::planning::history::{ServiceBand, average_headcount, months_of_service};
use dacheng_rollup::Owner;
use dacheng_store::Read;
use dacheng_store::targets::OwnerKind;
use jiff::ToSpan as _;
use jiff::civil::Date;

use super::{Ground, YEARS};
use crate::Result;
use crate::figures::attainment::root;
use crate::figures::targets::targets;

/// The people of a unit who sell: specialists, and leaders in the years in which they carry a target of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Team {
    /// The day on which they are counted.
    pub on: Date,
    /// How many there are.
    pub headcount: usize,
    /// By year, oldest first.
    pub years: [TeamYear; YEARS],
    /// How many have been there how long.
    pub service: [(ServiceBand, usize); 4],
    /// How many have no day of hire.
    pub without_hire: usize,
    /// The mean of the months of service, in whole and tenth months; `None` where no day of hire is known.
    pub mean_service: Option<Ratio>,
    /// Hired in the twelve months before the day.
    pub joined: usize,
    /// Left in the twelve months before the day.
    pub left: usize,
}

/// A year of the team.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TeamYear {
    /// Which.
    pub year: Year,
    /// Average headcount of its days so far, by calendar day and seat share (`domain.md` §2).
    pub average: Option<Ratio>,
    /// What the year came to so far ÷ the average, in minor units; `None` where nobody sold or the year is not known whole.
    pub per_head: Option<Ratio>,
}

pub(super) fn team(tx: &mut Read, ground: &Ground<'_>) -> Result<Team> {
    let organisation = ground.point.organisation();
    let on = ground.point.day(Period::Year(ground.year()));
    let mut years = Vec::with_capacity(YEARS);
    for year in ground.years {
        years.push(Sellers::of(tx, ground, year)?);
    }
    let sellers = &years[YEARS - 1];
    let present: BTreeSet<MemberId> =
        sellers.presences(ground, Span::day(on)).iter().map(|presence| presence.member).collect();
    let hired: Vec<Option<Date>> =
        present.iter().map(|member| organisation.member(*member)?.employed.from()).collect();
    let months: Vec<u32> = hired.iter().flatten().map(|hired| months_of_service(*hired, on)).collect();
    let count = |band| months.iter().filter(|own| ServiceBand::of(**own) == band).count();
    let (joined, left) = sellers.moved(ground, on);
    let mean = Ratio::new(months.iter().map(|own| i128::from(*own)).sum::<i128>(), months.len() as i128);
    Ok(Team {
        on,
        headcount: present.len(),
        years: std::array::from_fn(|place| years[place].year(ground, on)),
        service: ServiceBand::ALL.map(|band| (band, count(band))),
        without_hire: hired.len() - months.len(),
        mean_service: mean,
        joined,
        left,
    })
}

/// Who of the organisation sells in a year.
struct Sellers {
    year: Year,
    /// Leaders with a target of their own.
    leaders: BTreeSet<MemberId>,
}

impl Sellers {
    fn of(tx: &mut Read, ground: &Ground<'_>, year: Year) -> Result<Self> {
        let organisation = ground.point.organisation();
        let root = root(&ground.point.ground, year.last_day());
        let set = targets(tx, ground.metric, Period::Year(year), ground.point.start, root)?;
        let members = set.owners().filter(|(kind, _)| *kind == OwnerKind::Member);
        let leaders =
            members.filter_map(|(_, code)| organisation.member_of_code(code).map(|member| member.id));
        Ok(Self { year, leaders: leaders.collect() })
    }

    fn sells(&self, ground: &Ground<'_>, member: MemberId) -> bool {
        let position = ground.point.organisation().member(member).map(|row| row.position);
        match position.map(dacheng_domain::people::Position::sells) {
            Some(Sells::Always) => true,
            Some(Sells::WithOwnTarget) => self.leaders.contains(&member),
            Some(Sells::Never) | None => false,
        }
    }

    fn presences(&self, ground: &Ground<'_>, span: Span) -> Vec<Presence> {
        let organisation = ground.point.organisation();
        let mut found: Vec<Presence> =
            units(ground, span).into_iter().flat_map(|unit| organisation.presences(unit, span)).collect();
        found.retain(|presence| self.sells(ground, presence.member));
        found
    }

    fn year(&self, ground: &Ground<'_>, on: Date) -> TeamYear {
        let (first, last) = (self.year.first_day(), self.year.last_day().min(on));
        let days = Span::new(Some(first), last.tomorrow().ok());
        let average = days.and_then(|days| average_headcount(&self.presences(ground, days), days));
        let months = self.year.months().filter_map(|month| ground.months.get(&month));
        let amount: i128 = months.map(|amount| i128::from(*amount)).sum();
        let counts = average.filter(|average| average.num() > 0 && ground.knows(first));
        let per_head = counts.and_then(|average| Ratio::new(amount * average.den(), average.num()));
        TeamYear { year: self.year, average, per_head }
    }

    /// How many were hired and how many left in the twelve months before a day.
    fn moved(&self, ground: &Ground<'_>, on: Date) -> (usize, usize) {
        let since = on.saturating_sub(1.year());
        let within = |day: Option<Date>| day.is_some_and(|day| since < day && day <= on);
        let Some(span) = Span::new(Some(since), on.tomorrow().ok()) else { return (0, 0) };
        let people: BTreeMap<MemberId, Span> = self
            .presences(ground, span)
            .into_iter()
            .filter_map(|presence| {
                Some((presence.member, ground.point.organisation().member(presence.member)?.employed))
            })
            .collect();
        let joined = people.values().filter(|employed| within(employed.from())).count();
        (joined, people.values().filter(|employed| within(employed.to())).count())
    }
}

/// The unit that is looked at; of the company those at the top on any of its ends.
fn units(ground: &Ground<'_>, span: Span) -> BTreeSet<UnitId> {
    let organisation = ground.point.organisation();
    match ground.owner {
        Owner::Company | Owner::Member(_) => {
            let last = span.to().and_then(|day| day.yesterday().ok());
            let days = span.from().into_iter().chain(last);
            days.flat_map(|day| organisation.top(day).collect::<Vec<_>>()).collect()
        }
        Owner::Unit(code) => organisation.unit_of_code(code).map(|unit| unit.id).into_iter().collect(),
    }
}
