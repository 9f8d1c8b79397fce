//! What is known around a stated target: its metric's facts, what its base came to, what the people can do, which
//! objectives it serves.

use dacheng_domain::Ratio;
use dacheng_domain::access::{Action, Object, Owner as Whose, Right};
use dacheng_domain::allocation::method::Ramp;
use dacheng_domain::calendar::{FiscalStart, Month, Period, Quarter, Year};
use dacheng_domain::metrics::{Metric, RollUp, TargetForm};
use dacheng_domain::people::{MemberId, UnitId};
use dacheng_domain::planning::smart::{
    Base, Capacity, Facts, Figure, Formula, Frame, Grounds, ScopeKind, Stated, When,
};
use dacheng_domain::ratio::round_half_away;
use dacheng_rollup::Owner;
use dacheng_store::objectives::{Link, links};
use dacheng_store::{Read, facts};
use jiff::civil::Date;

use super::super::Opened;
use crate::company::Company;
use crate::facts::days::date_of;
use crate::facts::ground::Ground;
use crate::figures::forecast::chance_of;
use crate::figures::{Ask, Dimension, actuals, reaches_as};
use crate::{App, Context, Result};

/// Months of history from which the capacity of a head is taken.
const HISTORY: i32 = 12;

/// Where a target is looked at from.
pub(super) struct Around<'a> {
    pub app: &'a App,
    pub context: &'a Context,
    pub company: &'a Company,
    pub ground: &'a Ground,
    pub plan: Option<&'a Opened>,
    pub frame: Frame,
}

impl Around<'_> {
    /// Everything that the verdicts on a target need.
    pub fn grounds(&self, tx: &mut Read, stated: &Stated) -> Result<Grounds> {
        let owner = self.owner(stated);
        let sees = self.sees(&owner)?;
        let base = if sees { self.base(tx, stated, &owner)? } else { None };
        let months = stated.when.map(|when| when.length(|day| self.frame.year_of(day)));
        let total = stated.figure.ok().and_then(|figure| match (figure, months) {
            (Figure::Amount(TargetForm::Total(minor)), None) => Some(minor),
            (figure, Some(months)) => figure.total(months, base),
            (Figure::Amount(TargetForm::MonthlyAverage(_)) | Figure::Change(..), None) => None,
        });
        Ok(Grounds {
            today: self.context.today,
            plan: self.plan.map(|opened| opened.year),
            facts: stated.metric.map_or(Ok(NO_FACTS), |metric| self.facts(tx, metric))?,
            base,
            total,
            probability: if sees { self.probability(tx, stated, &owner, total)? } else { None },
            band: self.company.healthy,
            capacity: if sees { self.capacity(tx, stated, &owner)? } else { None },
            objectives: stated.metric.map_or(Ok(Vec::new()), |own| self.objectives(tx, own, &owner))?,
        })
    }

    /// Whose target it is: the first owner it names, or the company.
    fn owner(&self, stated: &Stated) -> Owner {
        let named = stated.scopes.iter().find(|scope| scope.kind.is_owner());
        match named {
            Some(scope) if scope.kind == ScopeKind::Member => Owner::Member(scope.code.clone()),
            Some(scope) if Some(&scope.code) != self.top().as_ref() => Owner::Unit(scope.code.clone()),
            Some(_) | None => Owner::Company,
        }
    }

    /// The code of the unit that stands alone at the top.
    fn top(&self) -> Option<String> {
        let id = self.top_unit()?;
        self.ground.organisation.unit(id).map(|unit| unit.code.to_string())
    }

    fn top_unit(&self) -> Option<UnitId> {
        let mut tops = self.ground.organisation.top(self.day());
        tops.next().filter(|_| tops.next().is_none())
    }

    /// The day on which people are looked at.
    fn day(&self) -> Date {
        self.frame.year.last_day()
    }

    /// Whether the asker reads the figures of the owner; owners other than the company are named only by who does.
    fn sees(&self, owner: &Owner) -> Result<bool> {
        let scope = self.context.scope(&self.ground.organisation, Action::BreakDown, Right::Read)?;
        Ok(*owner != Owner::Company || scope.view(&Object::on(Whose::Company, self.context.today)).is_some())
    }

    /// Whether the metric is computed from facts, and of which day the newest are.
    fn facts(&self, tx: &mut Read, metric: Metric) -> Result<Facts> {
        if metric == Metric::Rubric {
            return Ok(Facts { formula: Formula::Given, last: None });
        }
        let last = match reaches_as(metric) {
            Some(kind) => facts::last_day_of(tx, kind)?.map(date_of),
            // It is about the people, who are there today.
            None => Some(self.context.today),
        };
        Ok(Facts { formula: Formula::Computed, last })
    }

    /// What the base of a change came to: the same months a year before, or as many months just before.
    fn base(&self, tx: &mut Read, stated: &Stated, owner: &Owner) -> Result<Option<i64>> {
        let (Some(metric), Ok(Figure::Change(_, Some(base))), Some(when)) =
            (stated.metric, stated.figure, stated.when)
        else {
            return Ok(None);
        };
        let is_whole = stated.scopes.iter().all(|scope| scope.kind.is_owner());
        let Some((first, last)) = when.months(|day| self.frame.year_of(day)).filter(|_| is_whole) else {
            return Ok(None);
        };
        let back = match base {
            Base::LastYear => -12,
            Base::PreviousPeriod => -(last.months_since(first) + 1),
        };
        let sum = self.achieved(tx, metric, owner, (first.plus(back), last.plus(back)))?;
        Ok(sum.map(|(sum, _)| sum).filter(|sum| *sum != 0))
    }

    /// What an owner achieved in some months, and the months in which that was anything. `None` where the metric is not
    /// added up.
    fn achieved(
        &self,
        tx: &mut Read,
        metric: Metric,
        owner: &Owner,
        (first, last): (Month, Month),
    ) -> Result<Option<(i64, Vec<Month>)>> {
        if !is_added_up(metric) {
            return Ok(None);
        }
        let (mut sum, mut seen) = (0_i64, Vec::new());
        let through = self.frame.year_of(last.first_day());
        for year in self.frame.year_of(first.first_day()).through(through) {
            let by = vec![Dimension::Month];
            let ask = Ask { metric, period: Period::Year(year), by, owner: owner.clone(), as_of: None };
            for (key, amount) in actuals(self.app, tx, &ask, self.company.fiscal_start)?.rows {
                let month = key.first().and_then(|month| month.parse::<Month>().ok());
                if let Some(month) = month.filter(|month| first <= *month && *month <= last && amount != 0) {
                    sum = sum.saturating_add(amount);
                    seen.push(month);
                }
            }
        }
        Ok(Some((sum, seen)))
    }

    /// The chance of a target over a month, a quarter or a year, of the owner as a whole.
    fn probability(
        &self,
        tx: &mut Read,
        stated: &Stated,
        owner: &Owner,
        total: Option<i64>,
    ) -> Result<Option<Ratio>> {
        let is_whole = stated.scopes.iter().all(|scope| scope.kind.is_owner());
        let metric = stated.metric.filter(|metric| is_whole && is_added_up(*metric));
        let months = stated.when.and_then(|when| when.months(|day| self.frame.year_of(day)));
        let period = months.and_then(|months| whole_period(months, self.company.fiscal_start));
        let (Some(metric), Some(period), Some(total)) = (metric, period, total) else { return Ok(None) };
        let chance = chance_of(self.app, tx, self.context, (owner, metric, period), total)?;
        Ok(chance.and_then(|chance| Ratio::new(chance.ten_thousandths(), 10_000_u16)))
    }

    /// Heads × capacity × ramp in the target's months: what a head brought a month in the last year, newcomers counting
    /// as the ramp says, times the heads of those months.
    fn capacity(&self, tx: &mut Read, stated: &Stated, owner: &Owner) -> Result<Option<Capacity>> {
        let (Some(metric), Some(when)) = (stated.metric, stated.when) else { return Ok(None) };
        if metric.definition().roll_up != RollUp::Sum {
            return Ok(None);
        }
        let now = Month::of(self.context.today);
        let past = (now.plus(-HISTORY), now.previous());
        let Some((sum, seen)) = self.achieved(tx, metric, &Owner::Company, past)? else { return Ok(None) };
        let worked = self.head_months(&Owner::Company, &seen);
        if worked <= 0 || sum <= 0 {
            return Ok(None);
        }
        let Ok(each) = i64::try_from(round_half_away(i128::from(sum) * 100, i128::from(worked))) else {
            return Ok(None);
        };
        let (first, last) = spread(when, |day| self.frame.year_of(day));
        let count = last.months_since(first) + 1;
        let head_months =
            self.head_months(owner, &(0..count).map(|place| first.plus(place)).collect::<Vec<_>>());
        let total = round_half_away(i128::from(each) * i128::from(head_months), 100);
        Ok(i64::try_from(total).ok().map(|total| Capacity { head_months, each, total }))
    }

    /// Months of people who sell, each weighted by the ramp, in hundredths.
    fn head_months(&self, owner: &Owner, months: &[Month]) -> i64 {
        let organisation = &self.ground.organisation;
        let ramp = Ramp::default();
        let weight = |member: MemberId, month: Month| {
            let hired = organisation.member(member).and_then(|member| member.employed.from());
            hired.map_or(100, |hired| i64::from(ramp.percent(hired, month)))
        };
        let unit = match owner {
            Owner::Company => self.top_unit(),
            Owner::Unit(code) => organisation.unit_of_code(code).map(|unit| unit.id),
            Owner::Member(code) => {
                let member = organisation.member_of_code(code).map(|member| member.id);
                return member.map_or(0, |member| months.iter().map(|month| weight(member, *month)).sum());
            }
        };
        let Some(unit) = unit else { return 0 };
        let sellers = |month: Month| organisation.selling_members(unit, month.last_day(), |_| false);
        months.iter().flat_map(|month| sellers(*month).into_iter().map(move |own| weight(own, *month))).sum()
    }

    /// The names of the objectives that a target serves: those its own target or one above it is linked to.
    fn objectives(&self, tx: &mut Read, metric: Metric, owner: &Owner) -> Result<Vec<String>> {
        let links = links(tx, self.plan.map(|opened| opened.plan.id))?;
        let serving =
            links.into_iter().filter(|link| link.metric == metric.code() && self.covers(link, owner));
        let mut names: Vec<String> = serving.map(|link| link.name).collect();
        names.dedup();
        Ok(names)
    }

    fn covers(&self, link: &Link, owner: &Owner) -> bool {
        if link.unit.is_empty() {
            return true;
        }
        let organisation = &self.ground.organisation;
        let Some(unit) = organisation.unit_of_code(&link.unit).map(|unit| unit.id) else { return false };
        match owner {
            Owner::Company => false,
            Owner::Unit(code) => {
                let own = organisation.unit_of_code(code).map(|own| own.id);
                own.and_then(|own| organisation.unit_path(own, self.day()))
                    .is_some_and(|path| path.contains(&unit))
            }
            Owner::Member(code) => {
                let member = organisation.member_of_code(code).map(|member| member.id);
                member.is_some_and(|member| organisation.members_on(unit, self.day()).contains(&member))
            }
        }
    }
}

const NO_FACTS: Facts = Facts { formula: Formula::Missing, last: None };

fn is_added_up(metric: Metric) -> bool {
    metric.definition().roll_up == RollUp::Sum
}

/// The month, quarter or fiscal year that some months are all of.
fn whole_period((first, last): (Month, Month), start: FiscalStart) -> Option<Period> {
    let day = first.first_day();
    let periods =
        [Period::Month(first), Period::Quarter(Quarter::of(day, start)), Period::Year(Year::of(day, start))];
    periods.into_iter().find(|own| own.first_day() == day && own.last_day() == last.last_day())
}

/// The months a time touches.
fn spread(when: When, fiscal: impl Fn(Date) -> Year) -> (Month, Month) {
    match when {
        When::Span { first, last } => (first, last),
        When::By(day) => (fiscal(day).first_month(), Month::of(day)),
    }
}
