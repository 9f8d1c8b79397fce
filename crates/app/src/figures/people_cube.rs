//! Headcount and newcomers as cubes, read off the organisation: the same questions are asked of them as of facts.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use dacheng_domain::calendar::{Month, days_through};
use dacheng_domain::facts::Measure;
use dacheng_domain::facts::credit::CreditKind;
use dacheng_domain::facts::row::LeaveRow;
use dacheng_domain::metrics::{Heads, Leaves, Metric, heads as in_post, is_long_leave, marks};
use dacheng_domain::people::{MemberId, PathId, Sells, Span};
use dacheng_rollup::{AXES, Axis, Block, Delta, Key};
use dacheng_store::facts::View;
use dacheng_store::targets::OwnerKind;
use dacheng_store::{Read, counter};
use jiff::civil::Date;

use super::cube::{Cube, Days, cut_months, touched};
use super::standpoint::Standpoint;
use super::targets::targets_during;
use crate::Result;
use crate::facts::alone::each_of;
use crate::facts::days::{month_of, number};
use crate::facts::delta::Touched;
use crate::facts::ground::Ground;

/// Cells of people; the measure is only a name for them.
struct Cells<'g> {
    ground: &'g Ground,
    delta: Delta,
}

/// The name of these cells within their own delta.
const CELLS: Measure = Measure::Revenue;

impl<'g> Cells<'g> {
    fn new(ground: &'g Ground) -> Self {
        Self { ground, delta: Delta::default() }
    }

    fn add(&mut self, member: MemberId, path: PathId, day: Date, amount: i64) {
        let code = u32::try_from(member.0).map_or("", |member| self.ground.member_code(member));
        let path = self.ground.paths.get(path.0 as usize).map_or("", String::as_str);
        let mut names = [self.delta.name(""); AXES];
        names[Axis::Member as usize] = self.delta.name(code);
        names[Axis::Path as usize] = self.delta.name(path);
        let key = Key { day: number(day), names, kind: CreditKind::Credit };
        self.delta.add(CELLS, month_of(day), key, amount);
    }

    fn blocks(mut self) -> BTreeMap<i64, Arc<Block>> {
        let touched = self.delta.touched();
        let block = |at: (Measure, i32)| Arc::new(self.delta.applied(at, &Block::default(), |day| day));
        touched.into_iter().map(|at| (i64::from(at.1), block(at))).collect()
    }
}

/// Share × days of everybody who sells, through today: whole months in one cell a member, cut ones by day.
pub(super) fn heads(tx: &mut Read, point: &Standpoint, stretches: &[Days]) -> Result<Cube> {
    let months: BTreeSet<Month> = stretches.iter().flat_map(|days| touched(*days)).collect();
    let (Some(first), Some(last)) = (months.first(), months.last()) else { return Ok(Cube::default()) };
    let whole_span = (first.first_day(), last.last_day());
    let (carried, away) = (carried(tx, point, whole_span)?, Away::read(tx, point, whole_span)?);
    let days_of = |member: MemberId| carried.get(&member).cloned().unwrap_or_default();
    let cut = cut_months(stretches);
    let (mut whole, mut daily) = (Cells::new(&point.ground), Cells::new(&point.ground));
    for month in &months {
        let days = (month.first_day(), month.last_day().min(point.today));
        if days.1 < days.0 {
            continue;
        }
        for own in in_post(point.organisation(), days, &away, days_of) {
            if cut.contains(month) {
                for day in days_through(own.first, own.last) {
                    daily.add(own.member, own.path, day, own.share.parts());
                }
            } else {
                whole.add(own.member, own.path, month.first_day(), own.parts());
            }
        }
    }
    Ok(Cube::of(whole.blocks(), daily.blocks()))
}

/// Who is in post and sells over some days, through today.
pub(super) fn in_post_over(tx: &mut Read, point: &Standpoint, (first, last): Days) -> Result<Vec<Heads>> {
    let days = (first, last.min(point.today));
    let (carried, away) = (carried(tx, point, days)?, Away::read(tx, point, days)?);
    let days_of = |member: MemberId| carried.get(&member).cloned().unwrap_or_default();
    Ok(in_post(point.organisation(), days, &away, days_of))
}

/// Who is on long leave when: the spans of each, disjoint and in order.
#[derive(Default)]
struct Away(BTreeMap<MemberId, Vec<Span>>);

/// Days before some others in which a leave that still lasts in them may have begun.
const BACK: i32 = 3 * 366;

impl Away {
    fn read(tx: &mut Read, point: &Standpoint, (first, last): Days) -> Result<Self> {
        let view = match &point.past {
            None => View::at(counter::last(tx, counter::CHANGE)?),
            Some(past) => past.view,
        };
        let mut away = Self::default();
        let organisation = point.organisation();
        let days = Touched::Days(number(first) - BACK, number(last));
        each_of::<LeaveRow>(tx, days, view, &mut |leave| {
            let member = organisation.member_of_code(leave.member.as_str());
            let end = leave.to.and_then(|to| to.tomorrow().ok());
            let span = Span::new(Some(leave.from), end).filter(|_| is_long_leave(leave));
            if let Some((member, span)) = member.zip(span) {
                away.0.entry(member.id).or_default().push(span);
            }
        })?;
        for spans in away.0.values_mut() {
            *spans = disjoint(std::mem::take(spans));
        }
        Ok(away)
    }
}

/// Spans in order, those that overlap made one.
fn disjoint(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut apart: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match apart.last_mut() {
            Some(last) if last.to().is_none_or(|to| span.from().is_none_or(|from| from <= to)) => {
                let to = last.to().zip(span.to()).map(|(one, other)| one.max(other));
                *last = Span::new(last.from(), to).unwrap_or(*last);
            }
            Some(_) | None => apart.push(span),
        }
    }
    apart
}

impl Leaves for Away {
    fn of(&self, member: MemberId) -> &[Span] {
        self.0.get(&member).map_or(&[], Vec::as_slice)
    }
}

/// The days on which each leader carries a target of their own: months in which their revenue target is above 0.
fn carried(tx: &mut Read, point: &Standpoint, days: Days) -> Result<BTreeMap<MemberId, Vec<Span>>> {
    let leaders = point.organisation().rows().members.iter();
    let leaders: Vec<_> =
        leaders.filter(|member| matches!(member.position.sells(), Sells::WithOwnTarget)).collect();
    let owners = leaders.iter().map(|member| (OwnerKind::Member, member.code.to_string())).collect();
    let targets = targets_during(tx, Metric::Revenue, days, point.start, None, &owners)?;
    let spans = |code: &str| -> Vec<Span> {
        let own = targets.by_month(&dacheng_rollup::Owner::Member(code.to_owned())).into_iter();
        let own = own.filter(|(_, amount)| *amount > 0);
        own.filter_map(|(month, _)| Span::new(Some(month.first_day()), Some(month.next().first_day())))
            .collect()
    };
    Ok(leaders.into_iter().map(|member| (member.id, spans(member.code.as_str()))).collect())
}

/// Newcomers at their six-month mark through today: those still employed, and all.
pub(super) fn retained(point: &Standpoint, stretches: &[Days]) -> (Cube, Cube) {
    let months: BTreeSet<Month> = stretches.iter().flat_map(|days| touched(*days)).collect();
    let (mut kept, mut all) = (Cells::new(&point.ground), Cells::new(&point.ground));
    if let (Some(first), Some(last)) = (months.first(), months.last()) {
        let days = (first.first_day(), last.last_day().min(point.today));
        for mark in marks(point.organisation(), days) {
            all.add(mark.member, mark.path, mark.on, 1);
            if mark.retained {
                kept.add(mark.member, mark.path, mark.on, 1);
            }
        }
    }
    (Cube::of(BTreeMap::new(), kept.blocks()), Cube::of(BTreeMap::new(), all.blocks()))
}
