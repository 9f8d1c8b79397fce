//! Working out a breakdown on what one transaction sees: who takes part, what is declared, what each receives.

use std::collections::HashSet;

use dacheng_domain::Fen;
use dacheng_domain::allocation::{Child, Exact, Request, Unit, allocate};
use dacheng_domain::people::Sells;
use dacheng_store::Read;

use super::children::{Candidate, candidates, without_claimed};
use super::division::Division;
use super::history::{History, history};
use super::owner::Owner;
use super::request::{BreakDown, Declaration, Proposal, ProposedChild, Split};
use super::say::Words;
use super::sheet::{Months, Sheet};
use super::weights::{Scales, weights};
use crate::planning::Opened;
use crate::{App, Context, Error, Result};

/// Works out a breakdown on what the transaction sees.
pub(super) fn propose(
    app: &App,
    tx: &mut Read,
    context: &Context,
    opened: &Opened,
    request: &BreakDown,
) -> Result<(Sheet, Proposal)> {
    let words = Words { lang: context.lang, metric: request.metric, ground: &opened.ground };
    let say = context.lang.plans_refused();
    crate::planning::additive(context.lang, request.metric)?;
    let unit = opened.ground.organisation.unit_of_code(&request.unit);
    let unit = unit.ok_or_else(|| Error::missing("unit", &request.unit))?;
    let own = Owner::unit(request.unit.as_str());
    let mut sheet = Sheet::open(tx, opened.plan.id, request.metric, opened.year)?;
    sheet.load(tx, [request.unit.as_str()])?;
    sheet.load_owners(tx, [&own])?;
    if !sheet.has_cells(&own) {
        return Err(Error::refused(say.no_total(words.unit(&request.unit))));
    }
    let found = without_claimed(tx, &sheet, &request.unit, candidates(&opened.ground, unit.id, opened.year))?;
    let children = chosen(words, request, found, &sheet)?;
    let owners: Vec<Owner> = children.iter().map(|child| child.owner.clone()).collect();
    sheet.load_owners(tx, &owners)?;
    let parent: Months = std::array::from_fn(|place| sheet.amount(&own, place));
    let (reserve, buffer) = declared(words, request, &parent)?;
    let months = std::array::from_fn(|place| {
        opened.year.previous().first_month().plus(i32::try_from(place).unwrap_or(0))
    });
    let last_year = history(app, tx, &opened.company, request.metric, &months)?;
    let division = Division { words, request, sheet: &sheet, parent, reserve, buffer, children: &children };
    let (rows, remainder) = match &request.split {
        Split::Given(given) => (division.given(given)?, None),
        Split::By { method, rounding, bounds } => {
            let scales = Scales {
                opened,
                metric: request.metric,
                candidates: &children,
                last_year: last_year.as_ref(),
            };
            let weights = weights(app, tx, context, &scales, method)?;
            division.divided(weights, *rounding, bounds)?
        }
    };
    let children = children.iter().zip(rows).map(|(child, row)| ProposedChild {
        name: words.owner(&child.owner),
        months: std::array::from_fn(|place| (child.months >> place & 1 == 1).then_some(row[place])),
        current: sheet.row(&child.owner),
        last_year: last_year.as_ref().map(|history: &History| history.months(&child.owner)),
        owner: child.owner.clone(),
    });
    let proposal = Proposal {
        unit: request.unit.clone(),
        version: sheet.version(&request.unit),
        parent,
        children: children.collect(),
        reserve,
        buffer,
        remainder,
    };
    Ok((sheet, proposal))
}

/// The candidates that take part, in order.
fn chosen(
    words: Words<'_>,
    request: &BreakDown,
    mut found: Vec<Candidate>,
    sheet: &Sheet,
) -> Result<Vec<Candidate>> {
    let say = words.lang.plans_refused();
    let unit = || words.unit(&request.unit);
    let named: Vec<&Owner> = match &request.split {
        Split::Given(given) => given.iter().map(|(owner, _)| owner).collect(),
        Split::By { bounds, .. } => bounds.iter().map(|bound| &bound.owner).collect(),
    };
    let leaders: Vec<Owner> = request.leaders.iter().map(|code| Owner::member(code.as_str())).collect();
    let known: HashSet<Owner> = found.iter().map(|child| child.owner.clone()).collect();
    if let Some(stranger) = named.iter().copied().chain(&leaders).find(|owner| !known.contains(*owner)) {
        return Err(Error::refused(say.child(words.owner(stranger), unit())));
    }
    let mut seen = HashSet::new();
    if let Some(twice) = named.iter().find(|owner| !seen.insert(**owner)) {
        return Err(Error::refused(say.twice(words.owner(twice))));
    }
    let takes_part = |child: &Candidate| match (&request.split, child.sells) {
        (Split::Given(_), _) | (Split::By { .. }, Sells::Never) => seen.contains(&child.owner),
        (Split::By { .. }, Sells::Always) => true,
        (Split::By { .. }, Sells::WithOwnTarget) => {
            let carries = sheet
                .family(&request.unit)
                .is_some_and(|family| family.children.iter().any(|kin| kin.owner == child.owner));
            carries || seen.contains(&child.owner) || leaders.contains(&child.owner)
        }
    };
    found.retain(takes_part);
    if found.is_empty() { Err(Error::refused(say.nobody(unit()))) } else { Ok(found) }
}

/// The declared differences by month.
fn declared(words: Words<'_>, request: &BreakDown, parent: &Months) -> Result<(Months, Months)> {
    let say = words.lang.plans_refused();
    let size = |amount: u64| i64::try_from(amount).map_err(|_| Error::refused(say.too_large()));
    match request.declared {
        Declaration::Year(declared) => {
            let spread = |amount: u64| -> Result<Months> {
                let weight = |month: &i64| Child::weighing(Exact::from(u64::try_from(*month).unwrap_or(0)));
                let children = parent.iter().map(weight).collect();
                let total = Fen(size(amount)?);
                let request = Request { total, buffer: Exact::from(1), unit: Unit::FEN, children };
                let shares = allocate(&request).map_err(|_| Error::refused(say.too_large()))?.values;
                Ok(std::array::from_fn(|place| shares[place].0))
            };
            Ok((spread(declared.reserve)?, spread(declared.buffer)?))
        }
        Declaration::Months(months) => {
            let mut found = (Months::default(), Months::default());
            for (place, declared) in months.iter().enumerate() {
                found.0[place] = size(declared.reserve)?;
                found.1[place] = size(declared.buffer)?;
            }
            Ok(found)
        }
    }
}
