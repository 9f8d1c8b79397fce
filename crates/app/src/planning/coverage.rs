//! Everyone carries a target (人人头上有指标): who does not, per metric and month. The rule is `domain::planning`'s.

use std::collections::{HashMap, HashSet};

use dacheng_domain::access::Right;
use dacheng_domain::allocation::method::Ramp;
use dacheng_domain::calendar::Month;
use dacheng_domain::metrics::{Metric, RollUp};
use dacheng_domain::people::{MemberId, Sells};
use dacheng_domain::planning::{Carried, Excuse, Gap, Uncovered, uncovered};
use dacheng_store::targets::{OwnerKind, current};
use dacheng_store::{Read, breakdowns};
use dacheng_text::{Lang, metric};

use super::{Opened, allow, open};
use crate::allocation::{Owner, last_day_in, month_name, month_number, months_of};
use crate::{App, Context, Error, Result};

/// Somebody who sells and carries nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoverageGap {
    /// Who.
    pub member: Owner,
    /// Their name.
    pub name: String,
    /// Of what.
    pub metric: Metric,
    /// When.
    pub month: Month,
    /// What is missing.
    pub gap: Gap,
}

/// Who carries nothing in a plan, by member, metric and month.
pub fn coverage(app: &App, context: &Context, plan: &str) -> Result<Vec<CoverageGap>> {
    let mut tx = app.store.read()?;
    let opened = open(app, &mut tx, plan)?;
    if !allow::company(context, &opened, Right::Read)?.shows_persons() {
        return Err(Error::missing("plan", plan));
    }
    let found = gaps(&mut tx, &opened)?;
    Ok(found.iter().map(|gap| view(&opened, gap)).collect())
}

fn view(opened: &Opened, gap: &Uncovered) -> CoverageGap {
    let member = opened.ground.organisation.member(gap.member);
    let owner = Owner::member(member.map_or("", |member| member.code.as_str()));
    let name = owner.name(&opened.ground).to_owned();
    CoverageGap { member: owner, name, metric: gap.metric, month: gap.month, gap: gap.gap }
}

pub(super) fn sentence(lang: Lang, opened: &Opened, gap: &Uncovered) -> String {
    let CoverageGap { name, metric: of, month, .. } = view(opened, gap);
    lang.plans_refused().gap(name, metric::name(lang, of), month_name(lang, month))
}

/// The gaps of a plan. Asked are the metrics that add up, and of the others those that some member carries: a ratio
/// set for the company alone is nobody's own.
pub(super) fn gaps(tx: &mut Read, opened: &Opened) -> Result<Vec<Uncovered>> {
    let organisation = &opened.ground.organisation;
    let months = months_of(opened.year);
    let range = (month_number(months[0]), month_number(months[11]));
    let mut metrics = Vec::new();
    let mut carried: HashMap<(MemberId, Metric, i64), i64> = HashMap::new();
    for code in breakdowns::metrics(tx, opened.plan.id)? {
        let metric: Metric = code.parse().map_err(|wrong| Error::Internal(format!("{wrong}")))?;
        let cells = current(tx, opened.plan.id, &code, range)?;
        let members = cells.iter().filter(|cell| {
            cell.owner_kind == OwnerKind::Member
                && cell.product_line.is_empty()
                && cell.customer_type.is_empty()
        });
        let mut is_carried = false;
        for cell in members {
            if let Some(member) = organisation.member_of_code(&cell.owner) {
                carried.insert((member.id, metric, cell.month), cell.amount);
                is_carried = true;
            }
        }
        if is_carried || metric.definition().roll_up == RollUp::Sum {
            metrics.push(metric);
        }
    }
    let ramp = Ramp::default();
    let mut on_ramp: HashSet<(MemberId, i64)> = HashSet::new();
    let mut selling = Vec::new();
    for member in &organisation.rows().members {
        if member.position.sells() != Sells::Always {
            continue;
        }
        let present = |month: &Month| {
            last_day_in(member, *month).is_some_and(|day| !organisation.segments(member.id, day).is_empty())
        };
        let present: Vec<Month> = months.iter().copied().filter(present).collect();
        if let Some(hired) = member.employed.from() {
            let waits = present.iter().filter(|month| ramp.percent(hired, **month) == 0);
            on_ramp.extend(waits.map(|month| (member.id, month_number(*month))));
        }
        if !present.is_empty() {
            selling.push((member.id, present));
        }
    }
    Ok(uncovered(&selling, &metrics, |member, metric, month| {
        let number = month_number(month);
        let amount = *carried.get(&(member, metric, number))?;
        let is_excused = amount == 0 && on_ramp.contains(&(member, number));
        Some(if is_excused { Carried::Nothing(Excuse::Ramp) } else { Carried::Amount(amount) })
    }))
}
