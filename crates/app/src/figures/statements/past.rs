//! How good somebody's word was: what was said so many weeks before the end of a period against what came of it.

use std::collections::BTreeMap;

use dacheng_domain::calendar::{FiscalStart, Month, Period, Quarter};
use dacheng_domain::metrics::Metric;
use dacheng_domain::tracking::statement::{Accuracy, LOOKED_BACK, Reach, accuracy};
use dacheng_rollup::Owner;
use dacheng_store::Read;
use dacheng_store::statements::{self, Statement};

use super::super::forecast::booked_by_month;
use super::{Asked, first_month, week_number};
use crate::{App, Context, Result};

/// A period that is over: what was said of it and what came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// Which.
    pub period: Period,
    /// The commitment that counts.
    pub said: i64,
    /// What came, as it is known now.
    pub came: i64,
}

/// The accuracy of some members, over the periods before those whose data are not complete.
pub(super) fn accuracies(
    app: &App,
    tx: &mut Read,
    context: &Context,
    asked: Asked,
    start: FiscalStart,
    members: &[&str],
) -> Result<BTreeMap<String, Accuracy>> {
    let held = held(app, tx, context, (asked.metric, asked.reach), start, members)?;
    let judged = held.into_iter().filter_map(|(member, held)| {
        let pairs: Vec<(i64, i64)> = held.iter().map(|own| (own.said, own.came)).collect();
        Some((member, accuracy(&pairs)?))
    });
    Ok(judged.collect())
}

/// What was said of the last complete periods and what came of them, the newest first, by member.
pub(super) fn held(
    app: &App,
    tx: &mut Read,
    context: &Context,
    (metric, reach): (Metric, Reach),
    start: FiscalStart,
    members: &[&str],
) -> Result<BTreeMap<String, Vec<Held>>> {
    if members.is_empty() {
        return Ok(BTreeMap::new());
    }
    let owners: Vec<Owner> = members.iter().map(|code| Owner::Member((*code).to_owned())).collect();
    let (next, known) = booked_by_month(app, tx, context, metric, &owners)?;
    let periods = complete(reach, next, start);
    let (Some(newest), Some(oldest)) = (periods.first(), periods.last()) else { return Ok(BTreeMap::new()) };
    let weeks = (
        week_number(dacheng_domain::calendar::Week::of(oldest.first_day())),
        week_number(reach.judged_in(*newest)),
    );
    let said = statements::of_members(tx, metric.code(), weeks, members)?;
    let mut held: BTreeMap<String, Vec<Held>> = BTreeMap::new();
    for (code, known) in members.iter().zip(known) {
        let own: Vec<&Statement> = said.iter().filter(|own| own.member == *code).collect();
        for period in &periods {
            if let Some(said) = counts(&own, reach, *period) {
                let held = held.entry((*code).to_owned()).or_default();
                held.push(Held { period: *period, said, came: known.booked(*period) });
            }
        }
    }
    Ok(held)
}

/// The last complete periods before a month, the newest first.
fn complete(reach: Reach, next: Month, start: FiscalStart) -> Vec<Period> {
    let running = match reach {
        Reach::Month => Period::Month(next),
        Reach::Quarter => Period::Quarter(Quarter::of(next.first_day(), start)),
    };
    std::iter::successors(Some(running.previous()), |period| Some(period.previous()))
        .take(LOOKED_BACK)
        .collect()
}

/// The commitment of a period that was in force in the week that is judged.
fn counts(own: &[&Statement], reach: Reach, period: Period) -> Option<i64> {
    let (month, judged) = (first_month(period), week_number(reach.judged_in(period)));
    let of_it = |own: &&&Statement| {
        let spoken = match reach {
            Reach::Month => own.month,
            Reach::Quarter => own.quarter,
        };
        spoken == month && own.week <= judged
    };
    own.iter().filter(of_it).max_by_key(|own| own.week).map(|own| own.said(reach).commit)
}
