//! A small company for tests: units `company › south › team1, team2` and `company › east › team3`, one leader and
//! some salespeople each. Rows can be changed before the organisation is built.

#![allow(
    dead_code,
    clippy::unwrap_used,
    reason = "each test file uses its own part, and a panic is a failed test"
)]

use dacheng_domain::people::{
    Leadership, Member, MemberId, Organisation, Paths, Placement, Position, Rows, Seat, Share, Span, Unit,
    UnitId,
};
use jiff::civil::{Date, date};

pub const COMPANY: UnitId = UnitId(1);
pub const SOUTH: UnitId = UnitId(2);
pub const EAST: UnitId = UnitId(3);
pub const TEAM1: UnitId = UnitId(4);
pub const TEAM2: UnitId = UnitId(5);
pub const TEAM3: UnitId = UnitId(6);

pub const DIRECTOR: MemberId = MemberId(1);
pub const SOUTH_MANAGER: MemberId = MemberId(2);
pub const EAST_MANAGER: MemberId = MemberId(3);
pub const LEADER1: MemberId = MemberId(4);
pub const LEADER2: MemberId = MemberId(5);
pub const LEADER3: MemberId = MemberId(6);
pub const ANN: MemberId = MemberId(7);
pub const BO: MemberId = MemberId(8);
pub const CAI: MemberId = MemberId(9);

/// A day of 2026.
pub fn day(month: i8, day: i8) -> Date {
    date(2026, month, day)
}

pub fn span(from: Option<Date>, to: Option<Date>) -> Span {
    Span::new(from, to).unwrap()
}

pub fn percent(share: i64) -> Share {
    Share::new(share * 1_000_000).unwrap()
}

pub fn unit(id: UnitId) -> Unit {
    Unit { id, code: format!("U{id}").parse().unwrap(), name: format!("unit {id}") }
}

pub fn member(id: MemberId, position: Position) -> Member {
    let code = format!("M{id}").parse().unwrap();
    Member { id, code, name: format!("member {id}"), position, employed: Span::ALWAYS }
}

pub fn placement(unit: UnitId, parent: Option<UnitId>, span: Span) -> Placement {
    Placement { unit, parent, span }
}

pub fn seat(member: MemberId, unit: UnitId, share: i64, span: Span) -> Seat {
    Seat { member, unit, share: percent(share), span }
}

pub fn build(rows: Rows) -> Organisation {
    Organisation::new(rows, Paths::default()).unwrap()
}

pub fn rows() -> Rows {
    let tree = [
        (COMPANY, None, DIRECTOR, Position::Director),
        (SOUTH, Some(COMPANY), SOUTH_MANAGER, Position::Manager),
        (EAST, Some(COMPANY), EAST_MANAGER, Position::Manager),
        (TEAM1, Some(SOUTH), LEADER1, Position::TeamLeader),
        (TEAM2, Some(SOUTH), LEADER2, Position::TeamLeader),
        (TEAM3, Some(EAST), LEADER3, Position::TeamLeader),
    ];
    let mut rows = Rows::default();
    for (id, parent, leader, position) in tree {
        rows.units.push(unit(id));
        rows.placements.push(placement(id, parent, Span::ALWAYS));
        rows.members.push(member(leader, position));
        rows.leaderships.push(Leadership { unit: id, member: leader, span: Span::ALWAYS });
        rows.seats.push(seat(leader, id, 100, Span::ALWAYS));
    }
    for (id, unit) in [(ANN, TEAM1), (BO, TEAM2), (CAI, TEAM3)] {
        rows.members.push(member(id, Position::Specialist));
        rows.seats.push(seat(id, unit, 100, Span::ALWAYS));
    }
    rows
}

/// The seat rows of a member.
pub fn seats_of(rows: &mut Rows, member: MemberId, seats: &[(UnitId, i64, Span)]) {
    rows.seats.retain(|seat| seat.member != member);
    rows.seats.extend(seats.iter().map(|&(unit, share, span)| seat(member, unit, share, span)));
}
