//! What a letter begins with: the targets a member carries, and those of the unit they lead, as items with weights.

use std::collections::{BTreeMap, HashMap};

use dacheng_domain::allocation::letter::{Item, Mark, Measured, Template, Terms, shared_weights};
use dacheng_domain::metrics::{Direction, Metric, RollUp};
use dacheng_domain::people::MemberId;
use dacheng_domain::planning::Marks;
use dacheng_domain::ratio::round_half_away;
use dacheng_store::target_forms::{self, Average};
use dacheng_store::targets::{OwnerKind, TARGETS, current};
use dacheng_store::{Read, breakdowns, counter};
use dacheng_text::{Lang, date, metric};
use jiff::civil::Date;

use crate::Result;
use crate::allocation::{Owner, month_number, months_of};
use crate::planning::{Opened, weights};

/// Marks by month of the fiscal year.
type Months = [Option<Marks>; 12];

/// The targets of a plan, by owner.
pub(super) struct Carried {
    /// The version of the targets.
    pub sequence: i64,
    metrics: Vec<(Metric, u32)>,
    averages: Vec<Vec<Average>>,
    /// By owner: place of the metric and product line.
    cells: HashMap<Owner, BTreeMap<(usize, String), Months>>,
}

/// Reads them, a query a metric.
pub(super) fn carried(tx: &mut Read, opened: &Opened) -> Result<Carried> {
    let months = months_of(opened.year).map(month_number);
    let weighed = weights::of_plan(tx, opened.plan.id)?;
    let mut own = Carried {
        sequence: counter::last(tx, TARGETS)?,
        metrics: Vec::new(),
        averages: Vec::new(),
        cells: HashMap::new(),
    };
    let planned = breakdowns::metrics(tx, opened.plan.id)?;
    // In the order in which the company names its metrics.
    for metric in opened.catalogue.all().filter(|metric| planned.iter().any(|code| code == metric.code())) {
        let code = metric.code();
        let weight = weighed.get(code).copied().unwrap_or(weights::USUAL);
        let Some(weight) = u32::try_from(weight).ok().filter(|weight| *weight > 0) else { continue };
        let place = own.metrics.len();
        for cell in current(tx, opened.plan.id, code, (months[0], months[11]))? {
            let Some(month) = months.iter().position(|month| *month == cell.month) else { continue };
            if !cell.customer_type.is_empty() {
                continue;
            }
            let owner = Owner { kind: cell.owner_kind, code: cell.owner };
            let lines = own.cells.entry(owner).or_default();
            let marks = lines.entry((place, cell.product_line)).or_insert([None; 12]);
            marks[month] = Some(Marks { floor: cell.floor, target: cell.amount, stretch: cell.stretch });
        }
        own.averages.push(target_forms::of_metric(tx, (opened.plan.id, code))?);
        own.metrics.push((metric, weight));
    }
    Ok(own)
}

impl Carried {
    /// The terms a member's first letter begins with; `None` where they carry nothing.
    pub fn terms(
        &self,
        opened: &Opened,
        lang: Lang,
        member: MemberId,
        on: Date,
        template: &Template,
    ) -> Option<Terms> {
        let found = self.of(opened, member, on);
        if found.is_empty() {
            return None;
        }
        let parts: Vec<u32> = found.iter().map(|own| own.weight).collect();
        let items = found.iter().zip(shared_weights(&parts)).map(|(own, weight)| Item {
            name: own.name(opened, lang),
            detail: date::year(lang, opened.year.name()),
            mark: Mark::Target(own.measured.clone()),
            weight,
            criterion: criterion(lang, own.metric).to_owned(),
            deadline: opened.year.last_day(),
            assessed_by: lang.responsibility().source(metric::formula(lang, own.metric)),
        });
        Some(Terms {
            items: items.collect(),
            rights: template.rights.clone(),
            limits: template.limits.clone(),
            rewards: template.rewards.clone(),
            ..Terms::default()
        })
    }

    /// The terms of a letter with the targets as they are now; `None` where they are as the letter says. What people wrote stays;
    /// weights are shared out anew only where there are other items than before.
    pub fn renewed(
        &self,
        opened: &Opened,
        lang: Lang,
        member: MemberId,
        on: Date,
        old: &Terms,
        template: &Template,
    ) -> Option<Terms> {
        let fresh = self.terms(opened, lang, member, on, template).unwrap_or_default();
        let of = |item: &Item| match &item.mark {
            Mark::Target(own) => Some((own.metric.clone(), own.unit.clone(), own.product_line.clone())),
            Mark::Words(_) => None,
        };
        let mut items = Vec::with_capacity(old.items.len());
        for item in &old.items {
            match of(item) {
                None => items.push(item.clone()),
                Some(key) => {
                    let now = fresh.items.iter().find(|own| of(own).as_ref() == Some(&key));
                    items.extend(now.map(|now| Item { mark: now.mark.clone(), ..item.clone() }));
                }
            }
        }
        let is_known = |item: &Item| old.items.iter().any(|own| of(own) == of(item));
        let added: Vec<Item> = fresh.items.iter().filter(|item| !is_known(item)).cloned().collect();
        let is_other = !added.is_empty() || items.len() < old.items.len();
        items.extend(added);
        if is_other {
            let parts: Vec<u32> = items.iter().map(|item| item.weight.hundredths()).collect();
            for (item, weight) in items.iter_mut().zip(shared_weights(&parts)) {
                item.weight = weight;
            }
        }
        (items != old.items).then(|| Terms { items, ..old.clone() })
    }

    /// What a member carries: the targets of the highest unit they lead, then their own.
    fn of(&self, opened: &Opened, member: MemberId, on: Date) -> Vec<One> {
        let organisation = &opened.ground.organisation;
        let led = organisation.units_led(member, on).first().and_then(|unit| organisation.unit(*unit));
        let led = led.map(|unit| Owner::unit(unit.code.to_string()));
        let own = organisation.member(member).map(|member| Owner::member(member.code.to_string()));
        [led, own].into_iter().flatten().flat_map(|owner| self.of_owner(&owner)).collect()
    }

    fn of_owner(&self, owner: &Owner) -> Vec<One> {
        let Some(lines) = self.cells.get(owner) else { return Vec::new() };
        let one = |((place, line), months): (&(usize, String), &Months)| {
            let (metric, weight) = self.metrics[*place];
            let unit = match owner.kind {
                OwnerKind::Unit => owner.code.clone(),
                OwnerKind::Member => String::new(),
            };
            let monthly = self.monthly(*place, owner, months).filter(|_| line.is_empty());
            let measured = measured(metric, months)?;
            let measured = Measured { unit, product_line: line.clone(), monthly, ..measured };
            Some(One { metric, weight, measured })
        };
        lines.iter().filter_map(one).collect()
    }

    /// The target of every month, where it was set as one of 月均 n and all months still are that.
    fn monthly(&self, place: usize, owner: &Owner, months: &Months) -> Option<i64> {
        let is_own = |own: &&Average| own.owner_kind == owner.kind && own.owner == owner.code;
        let amount = self.averages[place].iter().find(is_own)?.amount;
        months.iter().all(|own| own.is_some_and(|own| own.target == amount)).then_some(amount)
    }
}

/// One target.
struct One {
    metric: Metric,
    weight: u32,
    measured: Measured,
}

impl One {
    fn name(&self, opened: &Opened, lang: Lang) -> String {
        let say = lang.responsibility();
        let name = metric::name(lang, self.metric);
        let line = &self.measured.product_line;
        let name = if line.is_empty() { name.to_owned() } else { say.of_line(line) };
        match self.measured.unit.as_str() {
            "" => name,
            unit => format!("{} · {name}", Owner::unit(unit).name(&opened.ground)),
        }
    }
}

fn criterion(lang: Lang, metric: Metric) -> &'static str {
    match metric.definition().direction {
        Direction::Higher => lang.responsibility().criterion_high(),
        Direction::Lower => lang.responsibility().criterion_low(),
    }
}

/// A year of a metric: the sum of its months where it adds up, else their mean (`domain.md` §2).
fn measured(metric: Metric, months: &Months) -> Option<Measured> {
    let present: Vec<Marks> = months.iter().flatten().copied().collect();
    let adds_up = match metric.definition().roll_up {
        RollUp::Sum => true,
        RollUp::RatioOfSums | RollUp::EachLevel | RollUp::Owner => false,
    };
    let whole = |amounts: Vec<i64>| -> Option<i64> {
        let sum: i128 = amounts.iter().map(|own| i128::from(*own)).sum();
        let number = i128::try_from(amounts.len()).ok().filter(|number| *number > 0)?;
        i64::try_from(if adds_up { sum } else { round_half_away(sum, number) }).ok()
    };
    let all = |mark: fn(&Marks) -> Option<i64>| -> Option<i64> {
        whole(present.iter().map(mark).collect::<Option<Vec<i64>>>()?)
    };
    let quarter = |at: usize| months[at * 3..at * 3 + 3].iter().flatten().map(|own| own.target).sum();
    Some(Measured {
        metric: metric.code().to_owned(),
        unit: String::new(),
        product_line: String::new(),
        floor: all(|own| own.floor),
        target: all(|own| Some(own.target))?,
        stretch: all(|own| own.stretch),
        quarters: adds_up.then(|| std::array::from_fn(quarter)),
        monthly: None,
    })
}
