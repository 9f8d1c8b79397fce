//! Changes of the organisation: what they store, what they refuse, and that no series of them breaks it.

#![allow(clippy::unwrap_used, reason = "a panic is a failed test")]

mod people_sample;

use std::collections::{BTreeMap, BTreeSet};

use dacheng_domain::people::{
    Changed, Edit, MemberId, Organisation, Position, Problem, RowChange, Share, Span, UnitId,
};
use jiff::ToSpan;
use jiff::civil::Date;
use people_sample::*;
use proptest::prelude::*;

fn refusal(result: Result<Changed, Vec<Problem>>) -> Vec<Problem> {
    result.unwrap_err()
}

#[test]
fn a_member_who_moves_keeps_the_old_seat_up_to_the_day() {
    let changed = build(rows()).move_member(ANN, TEAM3, day(3, 16)).unwrap();
    let old = seat(ANN, TEAM1, 100, Span::ALWAYS);
    let ended = Edit { before: Some(old), after: Some(seat(ANN, TEAM1, 100, Span::before(day(3, 16)))) };
    let begun = Edit { before: None, after: Some(seat(ANN, TEAM3, 100, Span::since(day(3, 16)))) };
    assert_eq!(changed.rows, [RowChange::Seat(ended), RowChange::Seat(begun)]);
    assert!(changed.organisation.members_on(EAST, day(3, 16)).contains(&ANN));
    assert!(changed.organisation.members_on(SOUTH, day(3, 15)).contains(&ANN));
}

#[test]
fn a_move_taken_back_on_its_own_day_leaves_no_row_behind() {
    let moved = build(rows()).move_member(ANN, TEAM3, day(3, 16)).unwrap().organisation;
    let back = moved.move_member(ANN, TEAM1, day(3, 16)).unwrap().organisation;
    assert_eq!(back.seats_on(ANN, day(3, 16)).map(|seat| seat.unit).collect::<Vec<_>>(), [TEAM1]);
    assert!(!back.rows().seats.iter().any(|seat| seat.member == ANN && seat.unit == TEAM3));
}

#[test]
fn a_part_time_member_stays_part_time_in_the_new_unit_and_unchanged_seats_keep_their_row() {
    let mut rows = rows();
    seats_of(&mut rows, ANN, &[(TEAM1, 50, Span::ALWAYS)]);
    seats_of(&mut rows, BO, &[(TEAM1, 50, Span::ALWAYS), (TEAM2, 50, Span::ALWAYS)]);
    let organisation = build(rows);
    let moved = organisation.move_member(ANN, TEAM2, day(3, 1)).unwrap().organisation;
    assert_eq!(moved.seats_on(ANN, day(3, 1)).map(|seat| seat.share).collect::<Vec<_>>(), [percent(50)]);
    let seats = [(TEAM2, percent(50)), (TEAM3, percent(50))];
    let swapped = organisation.seat_member(BO, &seats, day(3, 1)).unwrap();
    assert_eq!(swapped.rows.len(), 2);
    assert_eq!(
        refusal(organisation.seat_member(BO, &[(TEAM1, percent(50)), (TEAM2, percent(50))], day(3, 1))),
        [Problem::NothingChanges]
    );
    let too_much = organisation.seat_member(BO, &[(TEAM2, percent(50)), (TEAM3, percent(51))], day(3, 1));
    assert_eq!(refusal(too_much), [Problem::OverFull { member: BO, on: day(3, 1) }]);
}

#[test]
fn a_newcomer_gets_a_full_seat() {
    let mut rows = rows();
    rows.members.push(member(MemberId(20), Position::Specialist));
    let seated = build(rows).move_member(MemberId(20), TEAM1, day(3, 1)).unwrap().organisation;
    assert_eq!(
        seated.seats_on(MemberId(20), day(3, 1)).map(|seat| seat.share).collect::<Vec<_>>(),
        [Share::FULL]
    );
}

#[test]
fn a_move_is_refused_with_its_reason() {
    let mut rows = rows();
    rows.members.iter_mut().find(|member| member.id == ANN).unwrap().employed =
        span(Some(day(2, 1)), Some(day(10, 1)));
    let organisation = build(rows);
    let move_ann = |unit, on| refusal(organisation.move_member(ANN, unit, on));
    assert_eq!(move_ann(TEAM2, day(1, 31)), [Problem::BeforeHire { member: ANN, hired: day(2, 1) }]);
    assert_eq!(move_ann(TEAM2, day(10, 1)), [Problem::HasLeft { member: ANN, left: day(10, 1) }]);
    assert_eq!(move_ann(UnitId(99), day(3, 1)), [Problem::UnknownUnit(UnitId(99))]);
    assert_eq!(move_ann(TEAM1, day(3, 1)), [Problem::NothingChanges]);
    let nobody = organisation.move_member(MemberId(99), TEAM1, day(3, 1));
    assert_eq!(refusal(nobody), [Problem::UnknownMember(MemberId(99))]);
    let moved = organisation.move_member(ANN, TEAM2, day(6, 1)).unwrap().organisation;
    assert_eq!(refusal(moved.move_member(ANN, TEAM3, day(5, 1))), [Problem::LaterChange(day(6, 1))]);
}

#[test]
fn a_unit_moves_with_all_below_it_and_never_below_itself() {
    let organisation = build(rows());
    let moved = organisation.move_unit(EAST, Some(SOUTH), day(3, 1)).unwrap().organisation;
    assert_eq!(moved.unit_path(TEAM3, day(3, 1)), Some(&[TEAM3, EAST, SOUTH, COMPANY][..]));
    assert_eq!(moved.unit_path(TEAM3, day(2, 28)), Some(&[TEAM3, EAST, COMPANY][..]));
    let below_itself = refusal(organisation.move_unit(SOUTH, Some(TEAM2), day(3, 1)));
    assert_eq!(below_itself, [Problem::Cycle { unit: SOUTH, on: day(3, 1) }]);
    assert!(refusal(organisation.move_unit(SOUTH, Some(SOUTH), day(3, 1))).contains(&below_itself[0]));
    assert_eq!(refusal(organisation.move_unit(TEAM1, Some(SOUTH), day(3, 1))), [Problem::NothingChanges]);
    assert_eq!(refusal(moved.move_unit(EAST, None, day(2, 1))), [Problem::LaterChange(day(3, 1))]);
}

#[test]
fn two_moves_that_are_each_possible_cannot_make_a_cycle_together() {
    let organisation = build(rows());
    let first = organisation.move_unit(SOUTH, Some(EAST), day(3, 1)).unwrap();
    let second = organisation.move_unit(EAST, Some(SOUTH), day(4, 1)).unwrap();
    let problems = first.organisation.with(&second.rows).unwrap_err();
    assert_eq!(problems, [Problem::Cycle { unit: EAST, on: day(4, 1) }]);
    let same_row = organisation.move_unit(SOUTH, Some(TEAM3), day(5, 1)).unwrap();
    assert_eq!(first.organisation.with(&same_row.rows).unwrap_err(), [Problem::Stale]);
}

#[test]
fn a_unit_closes_once_it_is_empty() {
    let organisation = build(rows());
    assert_eq!(
        refusal(organisation.close_unit(TEAM3, day(6, 1))),
        [
            Problem::NoUnit { member: LEADER3, unit: TEAM3, on: day(6, 1) },
            Problem::NoUnit { member: CAI, unit: TEAM3, on: day(6, 1) },
        ]
    );
    let emptied = organisation.move_member(CAI, TEAM2, day(6, 1)).unwrap().organisation;
    let emptied = emptied.leave(LEADER3, day(6, 1)).unwrap().organisation;
    let closed = emptied.close_unit(TEAM3, day(6, 1)).unwrap().organisation;
    assert_eq!(closed.placement(TEAM3, day(6, 1)), None);
    assert!(closed.placement(TEAM3, day(5, 31)).is_some());
    assert!(refusal(closed.close_unit(COMPANY, day(7, 1))).contains(&Problem::NoParent {
        unit: SOUTH,
        parent: COMPANY,
        on: day(7, 1),
    }));
    assert_eq!(
        refusal(closed.close_unit(TEAM3, day(7, 1))),
        [Problem::NotPlaced { unit: TEAM3, on: day(7, 1) }]
    );
    assert_eq!(
        refusal(closed.move_member(CAI, TEAM3, day(7, 1))),
        [Problem::NoUnit { member: CAI, unit: TEAM3, on: day(7, 1) }]
    );
    let reopened = closed.move_unit(TEAM3, Some(SOUTH), day(9, 1)).unwrap().organisation;
    assert_eq!(reopened.unit_path(TEAM3, day(9, 1)), Some(&[TEAM3, SOUTH, COMPANY][..]));
}

#[test]
fn a_unit_that_moves_before_its_recorded_closing_still_closes() {
    let mut rows = rows();
    rows.placements[5].span = Span::before(day(9, 1));
    rows.members.retain(|member| ![LEADER3, CAI].contains(&member.id));
    rows.seats.retain(|seat| seat.unit != TEAM3);
    rows.leaderships.retain(|leadership| leadership.unit != TEAM3);
    let moved = build(rows).move_unit(TEAM3, Some(SOUTH), day(3, 1)).unwrap().organisation;
    assert_eq!(moved.unit_path(TEAM3, day(8, 31)), Some(&[TEAM3, SOUTH, COMPANY][..]));
    assert_eq!(moved.unit_path(TEAM3, day(9, 1)), None);
}

#[test]
fn somebody_who_leaves_gives_up_seat_and_post() {
    let changed = build(rows()).leave(LEADER1, day(7, 1)).unwrap();
    assert_eq!(changed.rows.len(), 3);
    let after = changed.organisation;
    assert_eq!(after.leader(TEAM1, day(6, 30)), Some(LEADER1));
    assert_eq!(after.leader(TEAM1, day(7, 1)), None);
    assert!(!after.members_on(TEAM1, day(7, 1)).contains(&LEADER1));
    assert_eq!(after.segments(LEADER1, day(12, 1)), after.segments(LEADER1, day(6, 30)));
    assert_eq!(
        refusal(after.leave(LEADER1, day(8, 1))),
        [Problem::HasLeft { member: LEADER1, left: day(7, 1) }]
    );
    assert_eq!(
        refusal(after.set_leader(TEAM1, Some(LEADER1), day(8, 1))),
        [Problem::HasLeft { member: LEADER1, left: day(7, 1) }]
    );
}

#[test]
fn a_unit_gets_one_leader_after_the_other() {
    let organisation = build(rows());
    let vacant = organisation.set_leader(TEAM1, None, day(3, 1)).unwrap().organisation;
    assert_eq!(vacant.leader(TEAM1, day(3, 1)), None);
    let changed = vacant.set_leader(TEAM1, Some(ANN), day(4, 1)).unwrap().organisation;
    let leaders = [day(2, 28), day(3, 31), day(4, 1)].map(|on| changed.leader(TEAM1, on));
    assert_eq!(leaders, [Some(LEADER1), None, Some(ANN)]);
    assert_eq!(changed.superiors(ANN, day(4, 1)), [SOUTH_MANAGER, DIRECTOR]);
    assert_eq!(refusal(changed.set_leader(TEAM1, Some(ANN), day(5, 1))), [Problem::NothingChanges]);
    assert_eq!(refusal(changed.set_leader(TEAM1, None, day(3, 15))), [Problem::LaterChange(day(4, 1))]);
}

/// What somebody may try to do.
#[derive(Debug, Clone, Copy)]
enum Attempt {
    MoveMember(MemberId, UnitId),
    SeatMember(MemberId, UnitId, UnitId),
    MoveUnit(UnitId, Option<UnitId>),
    CloseUnit(UnitId),
    Leave(MemberId),
    SetLeader(UnitId, Option<MemberId>),
}

fn attempts() -> impl Strategy<Value = Vec<(Attempt, i32)>> {
    let unit = || (1_i64..=6).prop_map(UnitId);
    let member = || (1_i64..=9).prop_map(MemberId);
    let attempt = prop_oneof![
        3 => (member(), unit()).prop_map(|(member, unit)| Attempt::MoveMember(member, unit)),
        2 => (member(), unit(), unit()).prop_map(|(member, a, b)| Attempt::SeatMember(member, a, b)),
        6 => (unit(), prop::option::weighted(0.9, unit())).prop_map(|(unit, on)| Attempt::MoveUnit(unit, on)),
        1 => unit().prop_map(Attempt::CloseUnit),
        1 => member().prop_map(Attempt::Leave),
        2 => (unit(), prop::option::of(member())).prop_map(|(unit, leader)| Attempt::SetLeader(unit, leader)),
    ];
    prop::collection::vec((attempt, 0..DAYS), 1..25)
}

/// Everything happens in so many days.
const DAYS: i32 = 12;

fn nth(days: i32) -> Date {
    day(1, 1).checked_add(days.days()).unwrap()
}

fn attempt(organisation: &Organisation, attempt: Attempt, on: Date) -> Result<Changed, Vec<Problem>> {
    match attempt {
        Attempt::MoveMember(member, unit) => organisation.move_member(member, unit, on),
        Attempt::SeatMember(member, a, b) => {
            organisation.seat_member(member, &[(a, percent(40)), (b, percent(60))], on)
        }
        Attempt::MoveUnit(unit, parent) => organisation.move_unit(unit, parent, on),
        Attempt::CloseUnit(unit) => organisation.close_unit(unit, on),
        Attempt::Leave(member) => organisation.leave(member, on),
        Attempt::SetLeader(unit, leader) => organisation.set_leader(unit, leader, on),
    }
}

/// The company written out day by day: the independent account of what the dated rows must say.
#[derive(Debug, Clone, PartialEq)]
struct Today {
    parents: BTreeMap<UnitId, Option<UnitId>>,
    leaders: BTreeMap<UnitId, MemberId>,
    seats: BTreeMap<MemberId, BTreeMap<UnitId, i64>>,
    employed: BTreeSet<MemberId>,
}

impl Today {
    fn first() -> Self {
        let rows = rows();
        Self {
            parents: rows.placements.iter().map(|row| (row.unit, row.parent)).collect(),
            leaders: rows.leaderships.iter().map(|row| (row.unit, row.member)).collect(),
            seats: rows.seats.iter().map(|row| (row.member, [(row.unit, 100)].into())).collect(),
            employed: (1..=9).map(MemberId).collect(),
        }
    }

    /// What was done on an earlier or the same day, seen from this one: a leaving or closing that was recorded
    /// for a day in between still holds.
    fn apply(&mut self, attempt: Attempt, first: &Today) {
        let founded = |unit| !first.parents.contains_key(&unit);
        match attempt {
            Attempt::MoveMember(member, unit) if self.employed.contains(&member) => {
                self.seats.insert(member, [(unit, 100)].into());
            }
            Attempt::SeatMember(member, a, b) if self.employed.contains(&member) => {
                self.seats.insert(member, [(a, 40), (b, 60)].into());
            }
            Attempt::MoveUnit(unit, parent) if founded(unit) || self.parents.contains_key(&unit) => {
                self.parents.insert(unit, parent);
            }
            Attempt::CloseUnit(unit) => {
                self.parents.remove(&unit);
                self.leaders.remove(&unit);
            }
            Attempt::Leave(member) => {
                self.employed.remove(&member);
                self.seats.remove(&member);
                self.leaders.retain(|_, leader| *leader != member);
            }
            Attempt::SetLeader(unit, leader) => {
                self.leaders.remove(&unit);
                if let Some(leader) = leader.filter(|leader| self.employed.contains(leader))
                    && self.parents.contains_key(&unit)
                {
                    self.leaders.insert(unit, leader);
                }
            }
            Attempt::MoveMember(..) | Attempt::SeatMember(..) | Attempt::MoveUnit(..) => {}
        }
    }

    /// The units above, itself first; `None` where it never reaches the top.
    fn path(&self, unit: UnitId) -> Option<Vec<UnitId>> {
        let mut path = vec![unit];
        while let Some(parent) = self.parents.get(path.last()?)? {
            if path.contains(parent) {
                return None;
            }
            path.push(*parent);
        }
        Some(path)
    }

    fn read(organisation: &Organisation, on: Date) -> Self {
        let units = (1..=6).map(UnitId);
        let placed = units.clone().filter_map(|unit| Some((unit, organisation.placement(unit, on)?.parent)));
        let seats = |member| {
            let seats = organisation.seats_on(member, on);
            seats.map(|seat| (seat.unit, seat.share.parts() / 1_000_000)).collect::<BTreeMap<_, _>>()
        };
        Self {
            parents: placed.collect(),
            leaders: units.filter_map(|unit| Some((unit, organisation.leader(unit, on)?))).collect(),
            seats: (1..=9)
                .map(|id| (MemberId(id), seats(MemberId(id))))
                .filter(|(_, seats)| !seats.is_empty())
                .collect(),
            employed: organisation
                .rows()
                .members
                .iter()
                .filter(|row| row.is_employed(on))
                .map(|row| row.id)
                .collect(),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn after_any_changes_the_rows_say_what_happened_day_by_day(attempts in attempts()) {
        let mut organisation = build(rows());
        let mut days = (0..DAYS).map(|_| Today::first()).collect::<Vec<Today>>();
        for (what, from) in attempts {
            match attempt(&organisation, what, nth(from)) {
                Ok(changed) => {
                    organisation = changed.organisation;
                    let first = days.iter().zip(0..).find(|(_, at)| *at == from).unwrap().0.clone();
                    for (today, _) in days.iter_mut().zip(0..).filter(|(_, at)| *at >= from) {
                        today.apply(what, &first);
                    }
                }
                Err(problems) => prop_assert!(!problems.is_empty()),
            }
        }
        for (today, at) in days.iter().zip(0..) {
            let on = nth(at);
            prop_assert_eq!(&Today::read(&organisation, on), today);
            for unit in (1..=6).map(UnitId) {
                let path = today.path(unit);
                prop_assert_eq!(path.is_some(), today.parents.contains_key(&unit), "a cycle or a missing parent");
                prop_assert_eq!(organisation.unit_path(unit, on), path.as_deref());
                let below: Vec<UnitId> = organisation.subtree(unit, on);
                for other in (1..=6).map(UnitId) {
                    let is_below = today.path(other).is_some_and(|path| path.contains(&unit));
                    prop_assert_eq!(below.contains(&other), is_below);
                }
                for child in organisation.children(unit, on).units {
                    prop_assert!(organisation.subtree(child, on).iter().all(|other| below.contains(other)));
                }
            }
        }
    }

    #[test]
    fn the_paths_of_every_member_sum_to_the_whole_on_every_day(attempts in attempts()) {
        let mut organisation = build(rows());
        for (what, from) in attempts {
            if let Ok(changed) = attempt(&organisation, what, nth(from)) {
                organisation = changed.organisation;
            }
        }
        for on in (-2..DAYS + 2).map(nth) {
            for member in (1..=9).map(MemberId) {
                let segments = organisation.segments(member, on);
                let total: i64 = segments.iter().map(|segment| segment.share.parts()).sum();
                prop_assert_eq!(total, Share::FULL.parts());
                for seat in organisation.seats_on(member, on) {
                    let path = organisation.unit_path(seat.unit, on).unwrap();
                    let id = organisation.paths().id(path);
                    prop_assert!(segments.iter().any(|segment| Some(segment.path) == id && segment.share == seat.share));
                }
            }
        }
    }

    #[test]
    fn changes_prepared_side_by_side_never_make_a_cycle(attempts in attempts()) {
        let start = build(rows());
        let mut organisation = start.clone();
        for (what, from) in attempts {
            let Ok(prepared) = attempt(&start, what, nth(from)) else { continue };
            if let Ok(after) = organisation.with(&prepared.rows) {
                organisation = after;
            }
        }
        for on in (0..DAYS).map(nth) {
            let today = Today::read(&organisation, on);
            for unit in today.parents.keys() {
                prop_assert!(today.path(*unit).is_some());
            }
        }
    }
}
