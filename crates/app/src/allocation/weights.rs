//! In proportion to what a unit's children receive: the methods of `domain.md` §4, fed with what the company knows.

use std::collections::HashMap;

use dacheng_domain::allocation::Exact;
use dacheng_domain::allocation::method::{self, Ramp, Staff, by_capacity};
use dacheng_domain::calendar::Month;
use dacheng_domain::metrics::Metric;
use dacheng_domain::people::Sells;
use dacheng_store::Read;
use dacheng_store::targets::OwnerKind;
use dacheng_text::Lang;

use super::children::{Candidate, days_of, last_day_in};
use super::history::{History, history};
use super::owner::Owner;
use super::sheet::{months_of, places};
use crate::planning::Opened;
use crate::{App, Context, Error, Result};

/// How a breakdown weighs the children.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Method {
    /// The same for each month that a child is there.
    Even,
    /// In proportion to what each achieved in the fiscal year before the plan.
    LastYear,
    /// In proportion to what each achieved in the twelve whole months before today.
    LastTwelveMonths,
    /// Last year times a factor; 1 where none is given.
    Growth(Vec<(Owner, Exact)>),
    /// Capacity of a head in a month, in the metric's smallest unit, × heads that sell, newcomers by their ramp.
    /// Owners that are not named count 1 a head.
    Capacity(Vec<(Owner, i64)>),
    /// Own weights (market potential too); 0 where none is given.
    Own(Vec<(Owner, Exact)>),
    /// Several of them, each with its part: 60 % history and 40 % potential.
    Blend(Vec<(Exact, Method)>),
}

impl Method {
    /// The word that is recorded.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Even => "even",
            Self::LastYear => "last_year",
            Self::LastTwelveMonths => "last_twelve_months",
            Self::Growth(_) => "growth",
            Self::Capacity(_) => "capacity",
            Self::Own(_) => "own",
            Self::Blend(_) => "blend",
        }
    }

    /// Whether it goes by the twelve months before today.
    fn is_recent(&self) -> bool {
        match self {
            Self::LastTwelveMonths => true,
            Self::Blend(parts) => parts.iter().any(|(_, method)| method.is_recent()),
            Self::Even | Self::LastYear | Self::Growth(_) | Self::Capacity(_) | Self::Own(_) => false,
        }
    }
}

/// What weighing looks at.
pub(super) struct Scales<'s> {
    pub opened: &'s Opened,
    pub metric: Metric,
    pub candidates: &'s [Candidate],
    /// Last year's.
    pub last_year: Option<&'s History>,
}

/// One weight a candidate, in their order.
pub(super) fn weights(
    app: &App,
    tx: &mut Read,
    context: &Context,
    scales: &Scales<'_>,
    method: &Method,
) -> Result<Vec<Exact>> {
    let recent = if method.is_recent() {
        let first = Month::of(context.today).plus(-12);
        let months = std::array::from_fn(|place| first.plus(i32::try_from(place).unwrap_or(0)));
        history(app, tx, &scales.opened.company, scales.metric, &months)?
    } else {
        None
    };
    let weights = scales.weigh(context.lang, recent.as_ref(), method)?;
    if weights.iter().all(Exact::is_zero) && !weights.is_empty() {
        let say = context.lang.plans_refused();
        return Err(Error::refused(match method {
            Method::LastYear | Method::LastTwelveMonths | Method::Growth(_) => say.no_history(),
            Method::Even | Method::Capacity(_) | Method::Own(_) | Method::Blend(_) => say.no_weights(),
        }));
    }
    Ok(weights)
}

impl Scales<'_> {
    fn weigh(&self, lang: Lang, recent: Option<&History>, method: &Method) -> Result<Vec<Exact>> {
        let say = lang.plans_refused();
        let known = |history: Option<&History>| {
            let history = history.ok_or_else(|| Error::refused(say.no_history()))?;
            Ok::<_, Error>(
                self.candidates.iter().map(|child| history.total(&child.owner)).collect::<Vec<i64>>(),
            )
        };
        Ok(match method {
            Method::Even => {
                self.candidates.iter().map(|child| u64::from(child.months.count_ones()).into()).collect()
            }
            Method::LastYear => method::in_proportion(&known(self.last_year)?),
            Method::LastTwelveMonths => method::in_proportion(&known(recent)?),
            Method::Growth(factors) => {
                let factors = by_owner(factors);
                let factor =
                    |child: &Candidate| factors.get(&child.owner).map_or(1.into(), |own| (*own).clone());
                let amounts = known(self.last_year)?.into_iter().zip(self.candidates.iter().map(factor));
                method::by_growth(&amounts.collect::<Vec<_>>())
            }
            Method::Own(weights) => {
                let weights = by_owner(weights);
                let weight =
                    |child: &Candidate| weights.get(&child.owner).map_or(Exact::ZERO, |own| (*own).clone());
                self.candidates.iter().map(weight).collect()
            }
            Method::Capacity(heads) => {
                let heads = by_owner(heads);
                let ramp = Ramp::default();
                let of = |child: &Candidate| {
                    self.capacity(child, heads.get(&child.owner).map_or(1, |own| **own), &ramp)
                };
                self.candidates.iter().map(of).collect()
            }
            Method::Blend(parts) => {
                let weighed =
                    parts.iter().map(|(part, method)| Ok((part.clone(), self.weigh(lang, recent, method)?)));
                let weighed = weighed.collect::<Result<Vec<_>>>()?;
                let parts: Vec<(Exact, &[Exact])> =
                    weighed.iter().map(|(part, weights)| (part.clone(), weights.as_slice())).collect();
                method::blend(&parts).map_err(|_| Error::refused(say.blend()))?
            }
        })
    }

    /// Capacity × the heads of a child over the months they are there.
    fn capacity(&self, child: &Candidate, capacity: i64, ramp: &Ramp) -> Exact {
        let organisation = &self.opened.ground.organisation;
        let months = months_of(self.opened.year);
        let members = match child.owner.kind {
            OwnerKind::Member => {
                organisation.member_of_code(&child.owner.code).into_iter().collect::<Vec<_>>()
            }
            OwnerKind::Unit => organisation.unit_of_code(&child.owner.code).map_or_else(Vec::new, |unit| {
                let members = organisation.members_during(unit.id, days_of(self.opened.year));
                let members = members.into_iter().filter_map(|member| organisation.member(member));
                members.filter(|member| member.position.sells() == Sells::Always).collect()
            }),
        };
        members.into_iter().fold(Exact::ZERO, |sum, member| {
            let there = places(child.months).map(|place| months[place]);
            let there: Vec<Month> = there.filter(|month| last_day_in(member, *month).is_some()).collect();
            // Somebody without a day of hiring has been there for ever.
            let hired = vec![member.employed.from().unwrap_or(jiff::civil::Date::MIN)];
            let weight = by_capacity(&[Staff { capacity, hired }], &there, ramp);
            weight.iter().fold(sum, |sum, weight| &sum + weight)
        })
    }
}

fn by_owner<T>(given: &[(Owner, T)]) -> HashMap<&Owner, &T> {
    given.iter().map(|(owner, value)| (owner, value)).collect()
}
