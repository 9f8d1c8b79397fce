//! What was to be achieved: the targets of the plan in force, by owner and time.

use std::collections::{BTreeMap, BTreeSet};

use dacheng_domain::calendar::{Calendar, FiscalStart, Month, Period, Year};
use dacheng_domain::metrics::{Metric, RollUp};
use dacheng_domain::ratio::round_half_away;
use dacheng_domain::tracking::weekly::planned_through;
use dacheng_rollup::Owner;
use dacheng_store::breakdowns::cells_of;
use dacheng_store::target_forms::{self, Average};
use dacheng_store::targets::{Cell, OwnerKind, current};
use dacheng_store::{Read, plans};
use jiff::civil::Date;

use super::ask::{Ask, Dimension};
use crate::Result;

/// The state of a plan whose targets count.
const IN_FORCE: &str = "in_force";

/// The targets of an owner kind by code and month (year × 100 + month), in the metric's smallest unit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Targets {
    cells: BTreeMap<(OwnerKind, String), BTreeMap<i64, i64>>,
    floors: BTreeMap<(OwnerKind, String), BTreeMap<i64, i64>>,
    stretches: BTreeMap<(OwnerKind, String), BTreeMap<i64, i64>>,
    averages: Vec<Average>,
    /// The unit at the top of what is broken down.
    root: Option<String>,
    form: Form,
}

/// A month as cells have it.
pub(super) fn month_number(month: Month) -> i64 {
    i64::from(month.year()) * 100 + i64::from(month.number())
}

/// The targets in force of a metric over a period: one query a fiscal year. `root` is the unit at the top.
pub fn targets(
    tx: &mut Read,
    metric: Metric,
    period: Period,
    start: FiscalStart,
    root: Option<String>,
) -> Result<Targets> {
    let mut targets = Targets { root, form: form_of(metric), ..Targets::default() };
    let (first, last) = (Month::of(period.first_day()), Month::of(period.last_day()));
    for year in Year::of(period.first_day(), start).through(Year::of(period.last_day(), start)) {
        if let Some(plan) = plans::of_year(tx, year.name().into(), IN_FORCE)? {
            let months = (year.first_month().max(first), year.last_month().min(last));
            let cells =
                current(tx, plan.id, metric.code(), (month_number(months.0), month_number(months.1)))?;
            for cell in &cells {
                targets.add(cell);
            }
        }
    }
    Ok(targets)
}

/// The targets in force of some owners alone, over the fiscal years that a period touches: two queries a year,
/// however many others carry a target. `root` is the unit at the top.
pub fn targets_of(
    tx: &mut Read,
    metric: Metric,
    period: Period,
    start: FiscalStart,
    root: Option<String>,
    owners: &BTreeSet<(OwnerKind, String)>,
) -> Result<Targets> {
    targets_during(tx, metric, (period.first_day(), period.last_day()), start, root, owners)
}

/// The same over the fiscal years that some days touch.
pub(super) fn targets_during(
    tx: &mut Read,
    metric: Metric,
    (first, last): (Date, Date),
    start: FiscalStart,
    root: Option<String>,
    owners: &BTreeSet<(OwnerKind, String)>,
) -> Result<Targets> {
    let mut targets = Targets { root, form: form_of(metric), ..Targets::default() };
    let top = targets.root.clone().map(|root| (OwnerKind::Unit, root));
    for year in Year::of(first, start).through(Year::of(last, start)) {
        if let Some(plan) = plans::of_year(tx, year.name().into(), IN_FORCE)? {
            targets.averages.extend(target_forms::of_metric(tx, (plan.id, metric.code()))?);
            for kind in [OwnerKind::Unit, OwnerKind::Member] {
                let asked = owners.iter().chain(top.as_ref()).filter(|(own, _)| *own == kind);
                let codes: BTreeSet<&str> = asked.map(|(_, code)| code.as_str()).collect();
                let codes: Vec<&str> = codes.into_iter().collect();
                if !codes.is_empty() {
                    let cells = cells_of(tx, (plan.id, metric.code()), kind, &codes)?;
                    for cell in &cells {
                        targets.add(cell);
                    }
                }
            }
        }
    }
    Ok(targets)
}

/// How the months of a metric's targets make a longer one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Form {
    /// They add up.
    #[default]
    Sum,
    /// Each holds in its month (ratios and scores): the mean of the months.
    Level,
}

fn form_of(metric: Metric) -> Form {
    match metric.definition().roll_up {
        RollUp::Sum => Form::Sum,
        RollUp::RatioOfSums | RollUp::EachLevel | RollUp::Owner => Form::Level,
    }
}

impl Form {
    /// The amount over all of these.
    fn over(self, amounts: impl Iterator<Item = i64>) -> Option<i64> {
        let (mut sum, mut number) = (0_i128, 0_i128);
        for amount in amounts {
            (sum, number) = (sum + i128::from(amount), number + 1);
        }
        let whole = match self {
            Self::Sum => sum,
            Self::Level if number == 0 => 0,
            Self::Level => round_half_away(sum, number),
        };
        (number > 0).then(|| i64::try_from(whole).unwrap_or(i64::MAX))
    }
}

impl Targets {
    fn add(&mut self, cell: &Cell) {
        if !(cell.product_line.is_empty() && cell.customer_type.is_empty()) {
            return;
        }
        let marks = [
            (&mut self.cells, Some(cell.amount)),
            (&mut self.floors, cell.floor),
            (&mut self.stretches, cell.stretch),
        ];
        for (kept, amount) in marks {
            if let Some(amount) = amount {
                let months = kept.entry((cell.owner_kind, cell.owner.clone())).or_default();
                *months.entry(cell.month).or_default() += amount;
            }
        }
    }

    /// 保底 over a period: Σ months, where every month of the period with a target has one.
    pub fn floor(&self, owner: &Owner, period: Period) -> Option<i64> {
        self.beside(&self.floors, owner, period)
    }

    /// 挑战 over a period, as [`Targets::floor`].
    pub fn stretch(&self, owner: &Owner, period: Period) -> Option<i64> {
        self.beside(&self.stretches, owner, period)
    }

    /// The monthly average (月均) that the target of a longer period was set as, where its months still are that.
    pub fn average(&self, owner: &Owner, period: Period) -> Option<i64> {
        let (kind, code) = self.key(owner)?;
        let (first, last) = (Month::of(period.first_day()), Month::of(period.last_day()));
        let covers = |own: &&Average| {
            let is_theirs = own.owner_kind == kind && own.owner == code;
            is_theirs && own.months.0 <= month_number(first) && month_number(last) <= own.months.1
        };
        let amount = self.averages.iter().find(covers).filter(|_| first < last)?.amount;
        let months = self.months(owner)?;
        let holds = period.months().all(|month| months.get(&month_number(month)) == Some(&amount));
        holds.then_some(amount)
    }

    fn beside(
        &self,
        marks: &BTreeMap<(OwnerKind, String), BTreeMap<i64, i64>>,
        owner: &Owner,
        period: Period,
    ) -> Option<i64> {
        let marks = marks.get(&self.key(owner)?)?;
        let targets = self.months(owner)?;
        let months = match period {
            Period::Year(_) | Period::Quarter(_) | Period::Month(_) => period.months().map(month_number),
            Period::Week(_) | Period::Day(_) => return None,
        };
        let carried = months.filter(|month| targets.contains_key(month));
        let all: Vec<i64> = carried.map(|month| marks.get(&month).copied()).collect::<Option<_>>()?;
        self.form.over(all.into_iter())
    }

    /// The target of an owner in one month.
    pub fn in_month(&self, owner: &Owner, month: Month) -> Option<i64> {
        self.months(owner)?.get(&month_number(month)).copied()
    }

    /// The months of an owner that have a target, and their amounts.
    pub fn by_month(&self, owner: &Owner) -> Vec<(Month, i64)> {
        let months = self.months(owner).into_iter().flatten();
        let month =
            |number: i64| Month::new(i16::try_from(number / 100).ok()?, i8::try_from(number % 100).ok()?);
        months.filter_map(|(number, amount)| Some((month(*number)?, *amount))).collect()
    }

    /// Every owner with a target.
    pub fn owners(&self) -> impl Iterator<Item = (OwnerKind, &str)> {
        self.cells.keys().map(|(kind, code)| (*kind, code.as_str()))
    }

    fn months(&self, owner: &Owner) -> Option<&BTreeMap<i64, i64>> {
        self.cells.get(&self.key(owner)?)
    }

    fn key(&self, owner: &Owner) -> Option<(OwnerKind, String)> {
        Some(match owner {
            Owner::Company => (OwnerKind::Unit, self.root.clone()?),
            Owner::Unit(code) => (OwnerKind::Unit, code.clone()),
            Owner::Member(code) => (OwnerKind::Member, code.clone()),
        })
    }

    /// The target of an owner over a period: Σ months, or their mean where they are levels; for weeks and days the month's share by working days,
    /// half away from zero. `None` where no month of the period has one.
    pub fn over(&self, owner: &Owner, period: Period, calendar: &Calendar) -> Option<i64> {
        let months = self.months(owner)?;
        let found = period.months().filter_map(|month| Some((month, *months.get(&month_number(month))?)));
        match self.form {
            Form::Sum => {
                self.form.over(found.map(|(month, own)| part_of_month(own, month, period, calendar)))
            }
            Form::Level => self.form.over(found.map(|(_, own)| own)),
        }
    }

    /// The target of one row of an answer, where targets are set for its dimensions.
    pub fn of_row(&self, ask: &Ask, key: &[String], start: FiscalStart, calendar: &Calendar) -> Option<i64> {
        let mut owner = ask.owner.clone();
        let mut period = ask.period;
        for (dimension, name) in ask.by.iter().zip(key) {
            match dimension {
                Dimension::Unit => owner = Owner::Unit(name.clone()),
                Dimension::Member => owner = Owner::Member(name.clone()),
                Dimension::Month | Dimension::Quarter | Dimension::Week => {
                    period = Period::parse(name, start).ok()?;
                }
                Dimension::Product
                | Dimension::ProductLine
                | Dimension::Region
                | Dimension::CustomerType
                | Dimension::Customer => return None,
            }
        }
        if period == ask.period || !matches!(period, Period::Week(_)) || self.form == Form::Level {
            return self.over(&owner, period, calendar);
        }
        self.over_week(&owner, period, ask.period, calendar)
    }

    /// A week at the edge of the asked period counts only with its days inside.
    fn over_week(&self, owner: &Owner, week: Period, asked: Period, calendar: &Calendar) -> Option<i64> {
        let months = self.months(owner)?;
        let (first, last) = (week.first_day().max(asked.first_day()), week.last_day().min(asked.last_day()));
        let mut found =
            week.months().filter_map(|month| Some((month, *months.get(&month_number(month))?))).peekable();
        found.peek()?;
        Some(found.map(|(month, amount)| share(amount, month, first, last, calendar)).sum())
    }
}

fn part_of_month(amount: i64, month: Month, period: Period, calendar: &Calendar) -> i64 {
    match period {
        Period::Year(_) | Period::Quarter(_) | Period::Month(_) => amount,
        Period::Week(_) | Period::Day(_) => {
            share(amount, month, period.first_day(), period.last_day(), calendar)
        }
    }
}

/// What is planned in a month from one day to another: 日, 周目标 (`domain.md` §5). Parts of a month sum to it.
fn share(amount: i64, month: Month, first: Date, last: Date, calendar: &Calendar) -> i64 {
    let before = first.yesterday().map_or(0, |before| planned_through(month, amount, before, calendar));
    planned_through(month, amount, last, calendar) - before
}
