//! Downwards through the organisation: who and what is below a unit, on a day or in a period.

use jiff::civil::Date;

use super::{MemberId, Organisation, Seat, Sells, Share, Span, UnitId};

/// What is directly below a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Children {
    /// The units below, in the order of the list of units.
    pub units: Vec<UnitId>,
    /// The members who sit in the unit itself, in the order of the list of members.
    pub members: Vec<MemberId>,
}

/// A unit of the tree and how many units stand above it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnitAt {
    /// The unit.
    pub unit: UnitId,
    /// 0 at the top.
    pub depth: usize,
}

/// A member in post in a unit: employed and seated, on all days of the span.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Presence {
    /// Who.
    pub member: MemberId,
    /// In which unit, itself.
    pub unit: UnitId,
    /// With how much of a full post.
    pub share: Share,
    /// On which days.
    pub span: Span,
}

impl Organisation {
    /// The units and members directly below a unit on that day.
    pub fn children(&self, unit: UnitId, on: Date) -> Children {
        let entry = self.index.units.get(&unit);
        let seats = entry.into_iter().flat_map(|entry| &entry.seats);
        Children {
            units: self.units_below(Some(unit), on).collect(),
            members: seats.filter(|seat| self.is_in_post(seat, on)).map(|seat| seat.member).collect(),
        }
    }

    /// The units at the top on that day.
    pub fn top(&self, on: Date) -> impl Iterator<Item = UnitId> {
        self.units_below(None, on)
    }

    /// All units of that day, each before the units below it.
    pub fn depth_first(&self, on: Date) -> Vec<UnitAt> {
        let mut walk = Vec::new();
        for unit in self.top(on) {
            self.walk(UnitAt { unit, depth: 0 }, on, &mut walk);
        }
        walk
    }

    /// The unit and all units below it on that day, each before the units below it. Empty on a day on which the
    /// unit does not exist.
    pub fn subtree(&self, unit: UnitId, on: Date) -> Vec<UnitId> {
        let mut walk = Vec::new();
        if self.placement(unit, on).is_some() {
            self.walk(UnitAt { unit, depth: 0 }, on, &mut walk);
        }
        walk.into_iter().map(|found| found.unit).collect()
    }

    /// The members in post in the unit or below it on that day, each once.
    pub fn members_on(&self, unit: UnitId, on: Date) -> Vec<MemberId> {
        let units = self.subtree(unit, on);
        let mut members: Vec<MemberId> =
            units.into_iter().flat_map(|unit| self.children(unit, on).members).collect();
        keep_first(&mut members);
        members
    }

    /// The members in post in the unit or below it on any day of the span, each once.
    pub fn members_during(&self, unit: UnitId, span: Span) -> Vec<MemberId> {
        let mut members: Vec<MemberId> =
            self.presences(unit, span).into_iter().map(|presence| presence.member).collect();
        keep_first(&mut members);
        members
    }

    /// Who is in post in the unit or below it, with which share and on which days of the span. Headcount is the
    /// sum of share × days (`domain.md` §2, 人均产能).
    pub fn presences(&self, unit: UnitId, span: Span) -> Vec<Presence> {
        let mut found = Vec::new();
        let placements = self.index.units.get(&unit).map_or(&[][..], |entry| &entry.placements);
        for days in placements.iter().filter_map(|placement| placement.span.intersect(span)) {
            self.find_presences(unit, days, &mut found);
        }
        found
    }

    /// The members in post in the unit or below it on that day whose position sells; a leader only where
    /// `has_own_target` says so (`domain.md` §2).
    pub fn selling_members(
        &self,
        unit: UnitId,
        on: Date,
        has_own_target: impl Fn(MemberId) -> bool,
    ) -> Vec<MemberId> {
        let mut members = self.members_on(unit, on);
        members.retain(|&member| match self.member(member).map(|row| row.position.sells()) {
            Some(Sells::Always) => true,
            Some(Sells::WithOwnTarget) => has_own_target(member),
            Some(Sells::Never) | None => false,
        });
        members
    }

    fn units_below(&self, parent: Option<UnitId>, on: Date) -> impl Iterator<Item = UnitId> {
        let children = self.index.children(parent).iter();
        children.filter(move |(span, _)| span.contains(on)).map(|(_, unit)| *unit)
    }

    fn walk(&self, at: UnitAt, on: Date, walk: &mut Vec<UnitAt>) {
        walk.push(at);
        for unit in self.units_below(Some(at.unit), on) {
            self.walk(UnitAt { unit, depth: at.depth + 1 }, on, walk);
        }
    }

    fn is_in_post(&self, seat: &Seat, on: Date) -> bool {
        seat.span.contains(on) && self.member(seat.member).is_some_and(|member| member.is_employed(on))
    }

    fn find_presences(&self, unit: UnitId, days: Span, found: &mut Vec<Presence>) {
        let seats = self.index.units.get(&unit).map_or(&[][..], |entry| &entry.seats);
        found.extend(seats.iter().filter_map(|seat| {
            let span = self.member(seat.member)?.employed.intersect(seat.span)?.intersect(days)?;
            Some(Presence { member: seat.member, unit, share: seat.share, span })
        }));
        for &(span, below) in self.index.children(Some(unit)) {
            if let Some(days) = span.intersect(days) {
                self.find_presences(below, days, found);
            }
        }
    }
}

/// Keeps the first of equal members.
fn keep_first(members: &mut Vec<MemberId>) {
    let mut seen = std::collections::HashSet::new();
    members.retain(|member| seen.insert(*member));
}
