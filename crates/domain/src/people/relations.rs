//! Whether one stands below another, on any day of a span. Outside the days in post the nearest seat answers, as
//! it does for results.

use super::{MemberId, Organisation, Span, UnitId};

impl Organisation {
    /// Whether the member sits in the unit or below it.
    pub fn is_member_below(&self, member: MemberId, unit: UnitId, days: Span) -> bool {
        self.member_paths(member, days).any(|path| path.contains(&unit))
    }

    /// Whether the unit stands below the other one or is it.
    pub fn is_unit_below(&self, unit: UnitId, above: UnitId, days: Span) -> bool {
        self.unit_paths(unit, days).any(|path| path.contains(&above))
    }

    /// Whether the unit stands at the top of the tree.
    pub fn is_unit_at_top(&self, unit: UnitId, days: Span) -> bool {
        self.unit_paths(unit, days).any(|path| path.len() == 1)
    }

    /// Whether the member sits in the unit itself.
    pub fn sits_in(&self, member: MemberId, unit: UnitId, days: Span) -> bool {
        self.member_paths(member, days).any(|path| path.first() == Some(&unit))
    }

    /// Whether both members sit in one unit; everybody is a colleague of themselves.
    pub fn are_colleagues(&self, one: MemberId, other: MemberId, days: Span) -> bool {
        self.member_paths(one, days)
            .any(|path| path.first().is_some_and(|unit| self.sits_in(other, *unit, days)))
    }

    fn member_paths(&self, member: MemberId, days: Span) -> impl Iterator<Item = &[UnitId]> {
        let segments = self.segments_during(member, days).iter().flat_map(|(_, segments)| segments);
        segments.map(|segment| self.paths().units(segment.path))
    }

    fn unit_paths(&self, unit: UnitId, days: Span) -> impl Iterator<Item = &[UnitId]> {
        let paths = self.index.units.get(&unit).map_or(&[][..], |entry| entry.paths.during(days));
        paths.iter().map(|(_, path)| self.paths().units(*path))
    }
}
