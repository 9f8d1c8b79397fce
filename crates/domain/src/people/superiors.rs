//! Upwards through the organisation: who leads a unit, and who stands above a member.

use jiff::civil::Date;

use super::{MemberId, Organisation, UnitId};

impl Organisation {
    /// The leader of the unit on that day; `None` while the post is vacant or its holder is not employed.
    pub fn leader(&self, unit: UnitId, on: Date) -> Option<MemberId> {
        let mut leaders = self.index.units.get(&unit)?.leaders.iter();
        let leader = leaders.find(|leadership| leadership.span.contains(on))?.member;
        self.member(leader)?.is_employed(on).then_some(leader)
    }

    /// The units a member leads on that day, highest first.
    pub fn units_led(&self, member: MemberId, on: Date) -> Vec<UnitId> {
        let leads = self.index.members.get(&member).map_or(&[][..], |entry| &entry.leads);
        let in_force = leads.iter().filter(|leadership| leadership.span.contains(on));
        let mut units: Vec<UnitId> = in_force.map(|leadership| leadership.unit).collect();
        units.retain(|&unit| self.leader(unit, on).is_some() && self.placement(unit, on).is_some());
        units.sort_by_key(|&unit| (self.unit_path(unit, on).map_or(0, <[UnitId]>::len), unit));
        units
    }

    /// The unit a member belongs to on that day: the highest one they lead, else that of their largest seat, the
    /// earlier of equal ones. Outside their days in post the nearest seat answers.
    pub fn home_unit(&self, member: MemberId, on: Date) -> Option<UnitId> {
        if let Some(&led) = self.units_led(member, on).first() {
            return Some(led);
        }
        let segments = self.segments(member, on).iter().rev();
        let largest = segments.max_by_key(|segment| segment.share)?;
        self.paths().units(largest.path).first().copied()
    }

    /// The superiors of a member on that day, the nearest first: the leader of their own unit, then of the unit
    /// above, and so on; a leader's own superior is the leader above. Vacant posts are skipped, nobody is named
    /// twice, and nobody is their own superior.
    pub fn superiors(&self, member: MemberId, on: Date) -> Vec<MemberId> {
        let home = self.home_unit(member, on);
        let path = home.and_then(|unit| self.nearest_unit_path(unit, on)).unwrap_or_default();
        let mut chain: Vec<MemberId> = Vec::new();
        for leader in path.iter().filter_map(|&unit| self.leader(unit, on)) {
            if leader != member && !chain.contains(&leader) {
                chain.push(leader);
            }
        }
        chain
    }
}
