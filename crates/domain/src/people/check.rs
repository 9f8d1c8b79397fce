//! Whether rows make an organisation: no unit above itself, no day counted twice. Asked once, when it is built.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::Hash;

use jiff::civil::Date;

use super::{Leadership, Member, MemberId, Placement, Problem, Rows, Seat, Share, Span, Unit, UnitId};

/// Everything wrong with the rows. What rests on a broken row is looked at once that row is right.
pub(super) fn problems(rows: &Rows) -> Vec<Problem> {
    let unknown = unknown_and_double_names(rows);
    if !unknown.is_empty() {
        return unknown;
    }
    let placements = by_unit(&rows.placements, |placement| (placement.unit, placement.span));
    let leaderships = by_unit(&rows.leaderships, |leadership| (leadership.unit, leadership.span));
    let mut found = Vec::new();
    found.extend(first_overlaps(&rows.units, &placements).map(|(unit, on)| Problem::TwoPlaces { unit, on }));
    found
        .extend(first_overlaps(&rows.units, &leaderships).map(|(unit, on)| Problem::TwoLeaders { unit, on }));
    if found.is_empty() {
        found.extend(rows.placements.iter().filter_map(|placement| cycle(placement, &placements)));
        found.extend(rows.placements.iter().filter_map(|placement| missing_parent(placement, &placements)));
        found.extend(seat_problems(rows, &placements));
    }
    found
}

/// The rows of each unit in order of days.
type ByUnit<'a, T> = HashMap<UnitId, Vec<(Span, &'a T)>>;

fn by_unit<T>(rows: &[T], key: impl Fn(&T) -> (UnitId, Span)) -> ByUnit<'_, T> {
    let mut grouped: ByUnit<T> = HashMap::new();
    for row in rows {
        let (unit, span) = key(row);
        grouped.entry(unit).or_default().push((span, row));
    }
    for group in grouped.values_mut() {
        group.sort_by_key(|(span, _)| *span);
    }
    grouped
}

fn unknown_and_double_names(rows: &Rows) -> Vec<Problem> {
    let units: HashSet<UnitId> = rows.units.iter().map(|unit| unit.id).collect();
    let members: HashSet<MemberId> = rows.members.iter().map(|member| member.id).collect();
    let double_units = repeated(&rows.units, |unit: &Unit| unit.id, |unit| &unit.code);
    let double_members = repeated(&rows.members, |member: &Member| member.id, |member| &member.code);
    let named_units = (rows.placements.iter().flat_map(|row| [Some(row.unit), row.parent]).flatten())
        .chain(rows.leaderships.iter().map(|row: &Leadership| row.unit))
        .chain(rows.seats.iter().map(|row: &Seat| row.unit));
    let named_members =
        (rows.leaderships.iter().map(|row| row.member)).chain(rows.seats.iter().map(|row| row.member));
    let unknown_units: BTreeSet<UnitId> = named_units.filter(|unit| !units.contains(unit)).collect();
    let unknown_members: BTreeSet<MemberId> =
        named_members.filter(|member| !members.contains(member)).collect();
    (double_units.into_iter().map(Problem::UnitTwice))
        .chain(double_members.into_iter().map(Problem::MemberTwice))
        .chain(unknown_units.into_iter().map(Problem::UnknownUnit))
        .chain(unknown_members.into_iter().map(Problem::UnknownMember))
        .collect()
}

fn repeated<'a, T, I: Copy + Eq + Hash, C: Eq + Hash + 'a>(
    rows: &'a [T],
    id: impl Fn(&T) -> I,
    code: impl Fn(&'a T) -> &'a C,
) -> Vec<I> {
    let (mut ids, mut codes) = (HashSet::new(), HashSet::new());
    let is_new = |row: &'a T, ids: &mut HashSet<I>, codes: &mut HashSet<&'a C>| {
        let (new_id, new_code) = (ids.insert(id(row)), codes.insert(code(row)));
        new_id && new_code
    };
    rows.iter().filter(|row| !is_new(row, &mut ids, &mut codes)).map(&id).collect()
}

/// For each unit the first day on which two of its rows hold.
fn first_overlaps<T>(units: &[Unit], rows: &ByUnit<'_, T>) -> impl Iterator<Item = (UnitId, Date)> {
    units.iter().filter_map(|unit| {
        let spans = rows.get(&unit.id)?;
        let both = spans.windows(2).find_map(|pair| pair[0].0.intersect(pair[1].0))?;
        Some((unit.id, both.first()))
    })
}

/// A cycle begins on the first day of one of its placements, so it is enough to walk up from each row on its
/// first day.
fn cycle(placement: &Placement, placements: &ByUnit<'_, Placement>) -> Option<Problem> {
    let on = placement.span.first();
    let mut above = placement.parent;
    for _ in 0..=placements.len() {
        let unit = above?;
        if unit == placement.unit {
            return Some(Problem::Cycle { unit, on });
        }
        above = parent_on(unit, on, placements);
    }
    None
}

fn parent_on(unit: UnitId, on: Date, placements: &ByUnit<'_, Placement>) -> Option<UnitId> {
    let (_, placement) = placements.get(&unit)?.iter().find(|(span, _)| span.contains(on))?;
    placement.parent
}

fn missing_parent(placement: &Placement, placements: &ByUnit<'_, Placement>) -> Option<Problem> {
    let parent = placement.parent?;
    let on = first_day_without(parent, placement.span, placements)?;
    Some(Problem::NoParent { unit: placement.unit, parent, on })
}

fn first_day_without(unit: UnitId, span: Span, placements: &ByUnit<'_, Placement>) -> Option<Date> {
    let placed = placements.get(&unit).map_or(&[][..], Vec::as_slice);
    span.first_day_outside(placed.iter().map(|(span, _)| *span))
}

fn seat_problems(rows: &Rows, placements: &ByUnit<'_, Placement>) -> Vec<Problem> {
    let mut seats: HashMap<MemberId, Vec<&Seat>> = HashMap::new();
    for seat in &rows.seats {
        seats.entry(seat.member).or_default().push(seat);
    }
    let mut found = Vec::new();
    for member in &rows.members {
        let seats = seats.get(&member.id).map_or(&[][..], Vec::as_slice);
        found.extend(seats.iter().filter_map(|seat| {
            // Seats outside the days employed only lend their path, so their unit need only exist at some time.
            let on = match seat.span.intersect(member.employed) {
                Some(days) => first_day_without(seat.unit, days, placements)?,
                None if placements.contains_key(&seat.unit) => return None,
                None => seat.span.first(),
            };
            Some(Problem::NoUnit { member: member.id, unit: seat.unit, on })
        }));
        found.extend(double_seat(member.id, seats));
        found.extend(over_full(member.id, seats));
    }
    found
}

fn double_seat(member: MemberId, seats: &[&Seat]) -> Option<Problem> {
    seats.iter().enumerate().find_map(|(at, seat)| {
        let same_unit = seats[at + 1..].iter().filter(|other| other.unit == seat.unit);
        let both = same_unit.filter_map(|other| seat.span.intersect(other.span)).min()?;
        Some(Problem::TwoSeats { member, unit: seat.unit, on: both.first() })
    })
}

/// The sum of shares only grows on the first day of a seat.
fn over_full(member: MemberId, seats: &[&Seat]) -> Option<Problem> {
    let total = |on: Date| -> i64 {
        seats.iter().filter(|seat| seat.span.contains(on)).map(|seat| seat.share.parts()).sum()
    };
    let first_days: BTreeSet<Date> = seats.iter().map(|seat| seat.span.first()).collect();
    let on = first_days.into_iter().find(|&on| total(on) > Share::FULL.parts())?;
    Some(Problem::OverFull { member, on })
}
