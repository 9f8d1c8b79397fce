//! The organisation as built from its rows: who and what exists, and the path of a unit or member on a day.
//! Walks downwards live in [`super::tree`], upwards in [`super::superiors`].

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::index::Index;
use super::{
    Member, MemberId, PathId, Paths, Placement, Problem, Rows, Seat, Share, Span, Unit, UnitId, check,
};

/// Units, members and their dated relations, checked and arranged. Questions about a member or unit that is not
/// listed find nothing.
#[derive(Debug, Clone)]
pub struct Organisation {
    rows: Rows,
    paths: Paths,
    pub(super) index: Index,
    unit_codes: FxHashMap<String, usize>,
    member_codes: FxHashMap<String, usize>,
}

/// A path and how much of a member's results rolls up through it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Segment {
    /// Through which units.
    pub path: PathId,
    /// How much; the shares of all segments of a day sum to 100 %, also in a part-time post.
    pub share: Share,
}

impl Organisation {
    /// Checks the rows and arranges them. `paths` is the table as stored; paths that are new are added to it.
    /// Every reason why the rows make no organisation is returned.
    ///
    /// ```
    /// use dacheng_domain::people::{Organisation, Paths, Placement, Problem, Rows, Span, Unit, UnitId};
    /// let unit = |id, code: &str| Unit { id: UnitId(id), code: code.parse().unwrap(), name: code.into() };
    /// let place = |id, parent| Placement { unit: UnitId(id), parent, span: Span::ALWAYS };
    /// let mut rows = Rows { units: vec![unit(1, "company"), unit(2, "HN")], ..Rows::default() };
    /// rows.placements = vec![place(1, None), place(2, Some(UnitId(1)))];
    /// let organisation = Organisation::new(rows.clone(), Paths::default()).unwrap();
    /// let day = jiff::civil::date(2026, 11, 23);
    /// assert_eq!(organisation.unit_path(UnitId(2), day), Some(&[UnitId(2), UnitId(1)][..]));
    ///
    /// rows.placements[0].parent = Some(UnitId(2));
    /// assert!(matches!(Organisation::new(rows, Paths::default()).unwrap_err()[0], Problem::Cycle { .. }));
    /// ```
    pub fn new(rows: Rows, mut paths: Paths) -> Result<Self, Vec<Problem>> {
        let problems = check::problems(&rows);
        if !problems.is_empty() {
            return Err(problems);
        }
        let index = Index::new(&rows, &mut paths);
        let unit_codes = rows.units.iter().zip(0..).map(|(unit, at)| (unit.code.to_string(), at)).collect();
        let member_codes =
            rows.members.iter().zip(0..).map(|(member, at)| (member.code.to_string(), at)).collect();
        Ok(Self { rows, paths, index, unit_codes, member_codes })
    }

    /// The rows it is made of.
    pub fn rows(&self) -> &Rows {
        &self.rows
    }

    /// The table of paths: what was stored and what is new.
    pub fn paths(&self) -> &Paths {
        &self.paths
    }

    /// The unit of that number.
    pub fn unit(&self, unit: UnitId) -> Option<&Unit> {
        self.index.units.get(&unit).map(|entry| &self.rows.units[entry.row])
    }

    /// The member of that number.
    pub fn member(&self, member: MemberId) -> Option<&Member> {
        self.index.members.get(&member).map(|entry| &self.rows.members[entry.row])
    }

    /// The unit of that code, exactly as imported.
    pub fn unit_of_code(&self, code: &str) -> Option<&Unit> {
        self.unit_codes.get(code).map(|&at| &self.rows.units[at])
    }

    /// The member of that code, exactly as imported.
    pub fn member_of_code(&self, code: &str) -> Option<&Member> {
        self.member_codes.get(code).map(|&at| &self.rows.members[at])
    }

    /// Where the unit stands on that day; `None` before it is founded and after it is closed.
    pub fn placement(&self, unit: UnitId, on: Date) -> Option<&Placement> {
        self.index.units.get(&unit)?.placements.iter().find(|placement| placement.span.contains(on))
    }

    /// The unit, the unit above it, and so on to the top, on a day on which it exists.
    pub fn unit_path(&self, unit: UnitId, on: Date) -> Option<&[UnitId]> {
        self.placement(unit, on)?;
        self.nearest_unit_path(unit, on)
    }

    /// As [`Organisation::unit_path`]; outside the days of the unit its last path before, else its first after.
    pub fn nearest_unit_path(&self, unit: UnitId, on: Date) -> Option<&[UnitId]> {
        let path = self.index.units.get(&unit)?.paths.at(on)?;
        Some(self.paths.units(*path))
    }

    /// The paths of a unit on the days of a span, each with its days; outside the days of the unit the nearest one.
    pub fn paths_during(&self, unit: UnitId, span: Span) -> Vec<(Span, PathId)> {
        let steps = self.index.units.get(&unit).map_or(&[][..], |entry| entry.paths.during(span));
        let ends = steps.iter().skip(1).map(|(first, _)| Some(*first)).chain([span.to()]);
        let begins =
            steps.iter().enumerate().map(|(at, (first, _))| if at == 0 { None } else { Some(*first) });
        let pieces = begins
            .zip(ends)
            .zip(steps)
            .filter_map(|((from, to), (_, path))| Some((Span::new(from, to)?.intersect(span)?, *path)));
        pieces.collect()
    }

    /// The paths a member's results of that day roll up through (`domain.md` §1), in order of the seats' first
    /// days. Somebody who has left, is not hired yet or has no seat uses the seats of the last day before that
    /// had some, else of the first day after, so that late payments and returns have a place. Empty only for
    /// somebody who never has a seat.
    pub fn segments(&self, member: MemberId, on: Date) -> &[Segment] {
        self.index.members.get(&member).and_then(|entry| entry.segments.at(on)).map_or(&[], Vec::as_slice)
    }

    /// The segments of every day of the span, each with its first day; the first may begin before the span.
    pub fn segments_during(&self, member: MemberId, span: Span) -> &[(Date, Vec<Segment>)] {
        self.index.members.get(&member).map_or(&[], |entry| entry.segments.during(span))
    }

    /// The seats of a member who is employed on that day, in order of their first days.
    pub fn seats_on(&self, member: MemberId, on: Date) -> impl Iterator<Item = &Seat> {
        let employed = self.member(member).is_some_and(|member| member.is_employed(on));
        let seats = self.index.members.get(&member).map_or(&[][..], |entry| &entry.seats);
        seats.iter().filter(move |seat| employed && seat.span.contains(on))
    }
}
