//! The rows of an organisation arranged for questions: by unit, by member, by day. The questions themselves live
//! in [`super::organisation`], [`super::tree`] and [`super::superiors`].

use std::collections::BTreeSet;

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::share::fill;
use super::timeline::Timeline;
use super::{Leadership, MemberId, PathId, Paths, Placement, Rows, Seat, Segment, Share, Span, UnitId};

/// Rows that were checked, arranged.
#[derive(Debug, Clone)]
pub(super) struct Index {
    pub(super) units: FxHashMap<UnitId, UnitEntry>,
    pub(super) members: FxHashMap<MemberId, MemberEntry>,
    /// The units below a unit, or at the top, in the order of the list of units.
    children: FxHashMap<Option<UnitId>, Vec<(Span, UnitId)>>,
}

/// What is known about a unit.
#[derive(Debug, Clone, Default)]
pub(super) struct UnitEntry {
    /// Its place in the list of units.
    pub(super) row: usize,
    /// By first day.
    pub(super) placements: Vec<Placement>,
    pub(super) leaders: Vec<Leadership>,
    /// In the order of the list of members.
    pub(super) seats: Vec<Seat>,
    pub(super) paths: Timeline<PathId>,
}

/// What is known about a member.
#[derive(Debug, Clone, Default)]
pub(super) struct MemberEntry {
    /// Their place in the list of members.
    pub(super) row: usize,
    /// By first day.
    pub(super) seats: Vec<Seat>,
    pub(super) leads: Vec<Leadership>,
    pub(super) segments: Timeline<Vec<Segment>>,
}

impl Index {
    /// Arranges checked rows and gives numbers to their paths.
    pub(super) fn new(rows: &Rows, paths: &mut Paths) -> Self {
        let mut index = Self {
            units: (rows.units.iter().zip(0..))
                .map(|(unit, row)| (unit.id, UnitEntry { row, ..UnitEntry::default() }))
                .collect(),
            members: (rows.members.iter().zip(0..))
                .map(|(member, row)| (member.id, MemberEntry { row, ..MemberEntry::default() }))
                .collect(),
            children: FxHashMap::default(),
        };
        index.arrange_units(rows);
        index.arrange_members(rows);
        index.number_paths(rows, paths);
        index.find_segments();
        index
    }

    /// The units below a unit, or at the top, on some day.
    pub(super) fn children(&self, parent: Option<UnitId>) -> &[(Span, UnitId)] {
        self.children.get(&parent).map_or(&[], Vec::as_slice)
    }

    fn arrange_units(&mut self, rows: &Rows) {
        for placement in &rows.placements {
            self.units.entry(placement.unit).or_default().placements.push(*placement);
        }
        for unit in &rows.units {
            let placements = &mut self.units.entry(unit.id).or_default().placements;
            placements.sort_by_key(|placement| placement.span);
            for placement in placements {
                self.children.entry(placement.parent).or_default().push((placement.span, unit.id));
            }
        }
        for leadership in &rows.leaderships {
            self.units.entry(leadership.unit).or_default().leaders.push(*leadership);
            self.members.entry(leadership.member).or_default().leads.push(*leadership);
        }
    }

    fn arrange_members(&mut self, rows: &Rows) {
        for seat in &rows.seats {
            self.members.entry(seat.member).or_default().seats.push(*seat);
        }
        for member in &rows.members {
            let seats = &mut self.members.entry(member.id).or_default().seats;
            seats.sort_by_key(|seat| seat.span.from());
            for seat in seats {
                self.units.entry(seat.unit).or_default().seats.push(*seat);
            }
        }
    }

    /// Numbers are given in the order of the list of units and of days, so that they can be repeated.
    fn number_paths(&mut self, rows: &Rows, paths: &mut Paths) {
        for unit in &rows.units {
            let mut steps = Vec::new();
            self.climb(&mut vec![unit.id], Span::ALWAYS, &mut |first_day, path| {
                steps.push((first_day, paths.intern(path)));
            });
            self.units.entry(unit.id).or_default().paths = Timeline::new(steps);
        }
    }

    /// Follows the last unit of the path upwards through the span, and says every path that reaches the top.
    fn climb(&self, path: &mut Vec<UnitId>, span: Span, found: &mut impl FnMut(Date, &[UnitId])) {
        let Some(entry) = path.last().and_then(|unit| self.units.get(unit)) else { return };
        for placement in &entry.placements {
            match (span.intersect(placement.span), placement.parent) {
                (Some(days), Some(parent)) => {
                    path.push(parent);
                    self.climb(path, days, found);
                    path.pop();
                }
                (Some(days), None) => found(days.first(), path),
                (None, _) => {}
            }
        }
    }

    fn find_segments(&mut self) {
        for member in self.members.values_mut() {
            member.segments = segments(&member.seats, &self.units);
        }
    }
}

/// The paths of a member's seats: they change with the seats and with the places of their units.
fn segments(seats: &[Seat], units: &FxHashMap<UnitId, UnitEntry>) -> Timeline<Vec<Segment>> {
    let mut steps = Vec::new();
    for (days, seats) in Timeline::new(seat_sets(seats)).pieces() {
        let paths: Vec<&Timeline<PathId>> =
            seats.iter().filter_map(|seat| Some(&units.get(&seat.unit)?.paths)).collect();
        let shares = fill(&seats.iter().map(|seat| seat.share).collect::<Vec<Share>>());
        let changes = paths.iter().flat_map(|paths| paths.during(days)).map(|(first, _)| *first);
        let first_days: BTreeSet<Date> =
            changes.filter(|day| days.contains(*day)).chain([days.first()]).collect();
        for on in first_days {
            let in_force = paths.iter().zip(&shares);
            let segments =
                in_force.filter_map(|(paths, &share)| Some(Segment { path: *paths.at(on)?, share }));
            steps.push((on, segments.collect()));
        }
    }
    Timeline::new(steps)
}

/// The seats in force, from every day on which they change, without the days that have none.
fn seat_sets(seats: &[Seat]) -> impl Iterator<Item = (Date, Vec<Seat>)> {
    let days: BTreeSet<Date> =
        seats.iter().flat_map(|seat| [Some(seat.span.first()), seat.span.to()]).flatten().collect();
    days.into_iter().filter_map(|on| {
        let in_force: Vec<Seat> = seats.iter().filter(|seat| seat.span.contains(on)).copied().collect();
        (!in_force.is_empty()).then_some((on, in_force))
    })
}
