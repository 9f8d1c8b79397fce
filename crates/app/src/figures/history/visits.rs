//! What came of visits (拜访结果): those of the last year so far, by whoever stands below. No block knows outcomes (decision 18), so
//! that the visits of those days are walked once after something changed, and nothing before them.

use std::collections::BTreeMap;
use std::sync::Arc;

use dacheng_domain::facts::row::VisitRow;
use dacheng_domain::metrics::Metric;
use dacheng_rollup::{Owner, PATH_SEPARATOR};
use dacheng_store::facts::View;
use dacheng_store::targets::OwnerKind;
use dacheng_store::{Read, counter};
use jiff::civil::Date;

use super::Ground;
use crate::facts::alone::each_of;
use crate::facts::crediting::path_on;
use crate::facts::days::number;
use crate::facts::delta::Touched;
use crate::figures::branch::{Named, below};
use crate::figures::cube::Days;
use crate::figures::sight::Sights;
use crate::{App, Result};

/// Outcomes with a column of their own; the rest stands together.
const SHOWN: usize = 5;

/// What came of the visits of some days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visits {
    /// First and last day.
    pub days: Days,
    /// The outcomes, the most frequent first; `None` is where nothing was said.
    pub outcomes: Vec<Option<String>>,
    /// Whoever stands below, with visits.
    pub rows: Vec<(Named, VisitCounts)>,
    /// The owner with everybody below.
    pub whole: VisitCounts,
}

/// Visits of somebody.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct VisitCounts {
    /// All.
    pub all: i64,
    /// By outcome, in the order of the outcomes.
    pub by_outcome: Vec<i64>,
    /// With an outcome that has no column.
    pub others: i64,
}

/// The visits of some days by member, path of units and outcome, and at which change they were counted.
#[derive(Debug)]
pub struct Walked {
    at: (i64, Days),
    counts: BTreeMap<(String, String, Option<String>), i64>,
}

/// What came of the last year's visits so far; `None` where there were none.
pub(super) fn visits(
    app: &App,
    tx: &mut Read,
    ground: &Ground<'_>,
    (sights, on): (&Sights<'_>, Date),
) -> Result<Option<Visits>> {
    let Some(through) = ground.point.through(Metric::Visits) else { return Ok(None) };
    let (first, last) = (ground.year().first_day(), ground.year().last_day().min(through));
    if last < first {
        return Ok(None);
    }
    let walked = walked(app, tx, ground, (first, last))?;
    let mut all: BTreeMap<Option<String>, i64> = BTreeMap::new();
    for (outcome, visits) in of(&walked, ground.owner) {
        *all.entry(outcome.clone()).or_default() += visits;
    }
    if all.is_empty() {
        return Ok(None);
    }
    let mut outcomes: Vec<(Option<String>, i64)> = all.into_iter().collect();
    outcomes.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let outcomes: Vec<Option<String>> =
        outcomes.into_iter().take(SHOWN).map(|(outcome, _)| outcome).collect();
    let unit = ground.point.unit(ground.owner, on);
    let named = unit.map(|unit| below(ground.point.organisation(), sights, unit, on)).unwrap_or_default();
    let counts = |owner: &Owner| {
        let mut counts = VisitCounts { by_outcome: vec![0; outcomes.len()], ..VisitCounts::default() };
        for (outcome, visits) in of(&walked, owner) {
            counts.all += visits;
            match outcomes.iter().position(|own| own == outcome) {
                Some(place) => counts.by_outcome[place] += visits,
                None => counts.others += visits,
            }
        }
        counts
    };
    let rows = named.into_iter().map(|named| {
        let own = counts(&named.owner);
        (named, own)
    });
    let rows = rows.filter(|(_, own)| own.all > 0).collect();
    Ok(Some(Visits { days: (first, last), whole: counts(ground.owner), rows, outcomes }))
}

/// The visits of an owner by outcome.
fn of<'w>(walked: &'w Walked, owner: &'w Owner) -> impl Iterator<Item = (&'w Option<String>, i64)> {
    let is_own = move |member: &str, path: &str| match owner {
        Owner::Company => true,
        Owner::Unit(code) => path.split(PATH_SEPARATOR).any(|unit| unit == code),
        Owner::Member(code) => member == code,
    };
    let own = walked.counts.iter().filter(move |((member, path, _), _)| is_own(member, path));
    own.map(|((_, _, outcome), visits)| (outcome, *visits))
}

/// From memory where no fact changed since.
fn walked(app: &App, tx: &mut Read, ground: &Ground<'_>, days: Days) -> Result<Arc<Walked>> {
    let at = (counter::last(tx, counter::CHANGE)?, days);
    if let Some(held) = app.memory.visits().filter(|held| held.at == at) {
        return Ok(held);
    }
    let known = &ground.point.ground;
    let mut counts: BTreeMap<(String, String, Option<String>), i64> = BTreeMap::new();
    let touched = Touched::Days(number(days.0), number(days.1));
    each_of::<VisitRow>(tx, touched, View::at(at.0), &mut |visit| {
        let member = visit.member.as_str();
        if visit.date < days.0 || visit.date > days.1 || known.member(member).is_none() {
            return;
        }
        let path = path_on(known, OwnerKind::Member, member, visit.date).unwrap_or_default();
        let outcome = visit.outcome.as_deref().map(str::trim).filter(|said| !said.is_empty());
        *counts.entry((member.to_owned(), path, outcome.map(str::to_owned))).or_default() += 1;
    })?;
    let walked = Arc::new(Walked { at, counts });
    app.memory.keep_visits(Arc::clone(&walked));
    Ok(walked)
}
