//! Everyone carries a target (人人头上有指标): who does not, per metric and month. The rule is `domain::planning`'s.

use std::collections::{HashMap, HashSet};

use dacheng_domain::access::{Action, Object, Owner as Whose, Right, View};
use dacheng_domain::allocation::method::Ramp;
use dacheng_domain::calendar::Month;
use dacheng_domain::metrics::own::CarriedBy;
use dacheng_domain::metrics::{Metric, RollUp};
use dacheng_domain::people::{MemberId, Sells};
use dacheng_domain::planning::{Carried, Excuse, Gap, Uncovered, uncovered};
use dacheng_store::targets::{Cell, OwnerKind, current};
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

/// Who sells, and who of them carries nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// Members who sell in some month of the plan.
    pub selling: usize,
    /// Those of them without a gap.
    pub covered: usize,
    /// What is missing, by member, metric and month.
    pub gaps: Vec<CoverageGap>,
}

/// Who carries nothing in a plan, of the members whom the asker sees.
pub fn coverage(app: &App, context: &Context, plan: &str) -> Result<Coverage> {
    let mut tx = app.store.read()?;
    let opened = open(app, &mut tx, plan)?;
    allow::read_plan(context, &opened)?;
    let scope = context.scope(&opened.ground.organisation, Action::BreakDown, Right::Read)?;
    let on = opened.year.last_day();
    let is_seen = |member: MemberId| {
        scope.view(&Object::on(Whose::Member(member), on)).is_some_and(View::shows_persons)
    };
    let Asked { mut selling, metrics } = asked(&mut tx, &opened)?;
    selling.retain(|(member, _)| is_seen(*member));
    if selling.is_empty()
        && allow::company(context, &opened, Right::Read).is_ok_and(|view| !view.shows_persons())
    {
        return Err(Error::missing("plan", plan));
    }
    let found = missing(&mut tx, &opened, &selling, &metrics)?;
    let without: HashSet<MemberId> = found.iter().map(|gap| gap.member).collect();
    Ok(Coverage {
        selling: selling.len(),
        covered: selling.len() - without.len(),
        gaps: found.iter().map(|gap| view(&opened, gap)).collect(),
    })
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

/// Who is asked for a target, in which months, and of which metrics.
struct Asked {
    selling: Vec<(MemberId, Vec<Month>)>,
    metrics: Vec<Metric>,
}

/// The gaps of a plan.
pub(super) fn gaps(tx: &mut Read, opened: &Opened) -> Result<Vec<Uncovered>> {
    let Asked { selling, metrics } = asked(tx, opened)?;
    missing(tx, opened, &selling, &metrics)
}

/// Asked are the metrics that add up, and of the others those that some member carries: a ratio set for the company
/// alone is nobody's own. A plan without any target yet is asked for revenue.
fn asked(tx: &mut Read, opened: &Opened) -> Result<Asked> {
    let mut metrics = Vec::new();
    for code in breakdowns::metrics(tx, opened.plan.id)? {
        let metric = opened.catalogue.read(&code).map_err(|wrong| Error::Internal(format!("{wrong}")))?;
        let by_members = metric.definition().roll_up == RollUp::Sum && !is_of_teams(opened, metric);
        if by_members || breakdowns::is_carried(tx, (opened.plan.id, &code))? {
            metrics.push(metric);
        }
    }
    if metrics.is_empty() {
        metrics.push(Metric::Revenue);
    }
    Ok(Asked { selling: selling(opened), metrics })
}

/// Whether somebody enters it for teams and not for members: nobody is asked for a target of their own then.
fn is_of_teams(opened: &Opened, metric: Metric) -> bool {
    let entering = metric.own().and_then(|own| own.entering(opened.year.last_month()));
    entering.is_some_and(|own| own.carried_by == CarriedBy::Teams)
}

/// The members whose position sells, with the months in which they are there.
fn selling(opened: &Opened) -> Vec<(MemberId, Vec<Month>)> {
    let organisation = &opened.ground.organisation;
    let months = months_of(opened.year);
    let sellers =
        organisation.rows().members.iter().filter(|member| member.position.sells() == Sells::Always);
    let present = sellers.map(|member| {
        let is_there = |month: &Month| {
            last_day_in(member, *month).is_some_and(|day| !organisation.segments(member.id, day).is_empty())
        };
        (member.id, months.iter().copied().filter(is_there).collect::<Vec<_>>())
    });
    present.filter(|(_, months)| !months.is_empty()).collect()
}

/// What those asked do not carry. A newcomer whose ramp gives nothing yet may carry 0.
fn missing(
    tx: &mut Read,
    opened: &Opened,
    selling: &[(MemberId, Vec<Month>)],
    metrics: &[Metric],
) -> Result<Vec<Uncovered>> {
    let organisation = &opened.ground.organisation;
    let mut carried: HashMap<(MemberId, Metric, i64), i64> = HashMap::new();
    for metric in metrics {
        for cell in carried_cells(tx, opened, *metric)? {
            if let Some(member) = organisation.member_of_code(&cell.owner) {
                carried.insert((member.id, *metric, cell.month), cell.amount);
            }
        }
    }
    let ramp = Ramp::default();
    let is_on_ramp = |member: MemberId, month: Month| {
        let hired = organisation.member(member).and_then(|member| member.employed.from());
        hired.is_some_and(|hired| ramp.percent(hired, month) == 0)
    };
    Ok(uncovered(selling, metrics, |member, metric, month| {
        let amount = *carried.get(&(member, metric, month_number(month)))?;
        let is_excused = amount == 0 && is_on_ramp(member, month);
        Some(if is_excused { Carried::Nothing(Excuse::Ramp) } else { Carried::Amount(amount) })
    }))
}

/// The whole cells of members.
fn carried_cells(tx: &mut Read, opened: &Opened, metric: Metric) -> Result<Vec<Cell>> {
    let months = months_of(opened.year);
    let range = (month_number(months[0]), month_number(months[11]));
    let mut cells = current(tx, opened.plan.id, metric.code(), range)?;
    cells.retain(|cell| {
        cell.owner_kind == OwnerKind::Member && cell.product_line.is_empty() && cell.customer_type.is_empty()
    });
    Ok(cells)
}
