//! What people reach: by post and day, after moves, and below them.

#![allow(clippy::unwrap_used, reason = "a panic is a failed test")]

mod access_sample;
mod people_sample;

use access_sample::*;
use dacheng_domain::access::{
    AccountId, Action, Decision, Delegation, Object, Owner, Person, Place, Post, Right, Role, Scope, TABLE,
    Viewer, When,
};
use dacheng_domain::people::{MemberId, Organisation, Span, UnitId};
use jiff::civil::Date;
use people_sample::*;
use proptest::prelude::*;

#[test]
fn an_account_without_posts_sees_nothing() {
    let organisation = build(rows());
    let nobody = Viewer::new(AccountId(999), Some(ANN), &posts(), &[], TODAY);
    let conditions = &[When::Announced, When::Asked, When::InForce, When::OrgTree, When::PayShared][..];
    for line in &TABLE {
        let scope = nobody.scope(&organisation, line.action, Right::Read);
        assert!(scope.is_empty());
        for owner in [Owner::Member(ANN), Owner::Unit(TEAM1), Owner::Company, Owner::Account(AccountId(999))]
        {
            assert_eq!(scope.view(&Object::on(owner, TODAY).holding(conditions)), None);
        }
    }
}

#[test]
fn a_post_gives_nothing_outside_its_days() {
    let organisation = build(rows());
    let days = span(Some(day(3, 1)), Some(day(6, 1)));
    let posts = [Post { span: days, ..post(account(LEADER2), Role::TeamLeader, Place::Unit(TEAM2)) }];
    let covers = |on| {
        let viewer = Viewer::new(account(LEADER2), Some(LEADER2), &posts, &[], on);
        viewer.scope(&organisation, Action::Reports, Right::Read).covers_member(BO, day(4, 1))
    };
    assert_eq!([day(2, 28), day(3, 1), day(5, 31), day(6, 1)].map(covers), [false, true, true, false]);
}

#[test]
fn somebody_who_left_sees_nothing_and_lends_nothing_whatever_their_posts_say() {
    let organisation = build(rows()).leave(SOUTH_MANAGER, day(9, 1)).unwrap().organisation;
    let may = |viewer: Viewer| viewer.may(&organisation, Action::Reports, Right::Read, &of(BO));
    assert_eq!(may(member_viewer(SOUTH_MANAGER)), Decision::Hidden);
    let lent = Delegation {
        giver: Person::new(account(SOUTH_MANAGER), Some(SOUTH_MANAGER)),
        taker: account(LEADER1),
        role: Role::RegionManager,
        place: Place::Unit(SOUTH),
        span: Span::ALWAYS,
    };
    assert_eq!(may(Viewer::new(account(LEADER1), Some(LEADER1), &posts(), &[lent], TODAY)), Decision::Hidden);
    let before = Viewer::new(account(LEADER1), Some(LEADER1), &posts(), &[lent], day(8, 31));
    assert!(matches!(may(before), Decision::Allowed { .. }));
}

#[test]
fn after_a_move_the_old_leader_keeps_what_lies_before_it_and_the_new_one_gets_the_rest() {
    let organisation = build(rows()).move_member(ANN, TEAM3, day(6, 15)).unwrap().organisation;
    let scope = |member| member_viewer(member).scope(&organisation, Action::Reports, Right::Read);
    let (old, new) = (scope(LEADER1), scope(LEADER3));
    assert!(old.covers_member(ANN, day(6, 14)) && !old.covers_member(ANN, day(6, 15)));
    assert!(!new.covers_member(ANN, day(6, 14)) && new.covers_member(ANN, day(6, 15)));
    assert!(scope(DIRECTOR).covers_member(ANN, day(6, 14)) && scope(DIRECTOR).covers_member(ANN, day(6, 15)));
    let june = Object { owner: Owner::Member(ANN), days: span(Some(day(6, 1)), Some(day(7, 1))), holds: &[] };
    assert!(old.view(&june).is_some() && new.view(&june).is_some());
    let path = |on| organisation.segments(ANN, on)[0].path;
    assert!(old.covers_path(ANN, path(day(6, 14))) && !old.covers_path(ANN, path(day(6, 15))));
    assert!(new.covers_path(ANN, path(day(6, 15))) && !new.covers_path(BO, path(day(6, 14))));
}

#[test]
fn lists_hold_exactly_what_is_covered() {
    let organisation = build(rows());
    let scope = member_viewer(SOUTH_MANAGER).scope(&organisation, Action::BreakDown, Right::Read);
    assert_eq!(scope.units(TODAY).collect::<Vec<_>>(), [SOUTH, TEAM1, TEAM2]);
    let members: Vec<MemberId> = scope.members(TODAY).collect();
    assert_eq!(members, [SOUTH_MANAGER, LEADER1, LEADER2, ANN, BO]);
    assert_eq!(Scope::whole(&organisation).members(TODAY).count(), 9);
}

#[test]
fn several_posts_add_up_and_each_keeps_its_own_rights() {
    let organisation = build(rows());
    let mut posts = posts();
    posts.push(post(account(LEADER1), Role::Specialist, Place::Unit(TEAM1)));
    posts.push(post(account(LEADER1), Role::TeamLeader, Place::Unit(TEAM3)));
    let viewer = Viewer::new(account(LEADER1), Some(LEADER1), &posts, &[], TODAY);
    let scope = viewer.scope(&organisation, Action::Reports, Right::Comment);
    assert!(scope.covers_member(ANN, TODAY) && scope.covers_member(CAI, TODAY));
    assert!(!scope.covers_member(BO, TODAY));
}

/// What a superior need not see of those below: what is private to a person.
fn is_private(action: Action) -> bool {
    [Action::PayFigures, Action::AuditTrail, Action::OwnProfile].contains(&action)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_scope_of_a_superior_holds_the_scope_of_everybody_below(
        moves in prop::collection::vec((1_i64..=9, 1_i64..=6, 1_i8..=12), 0..8),
        unit_moves in prop::collection::vec((2_i64..=6, 1_i64..=6, 1_i8..=12), 0..6),
        owner in prop_oneof![
            (1_i64..=9).prop_map(|id| Owner::Member(MemberId(id))),
            (1_i64..=6).prop_map(|id| Owner::Unit(UnitId(id))),
            Just(Owner::Company),
        ],
        month in 1_i8..=12,
        holds in prop::sample::subsequence(
            vec![When::Announced, When::InForce, When::UntilLocked, When::Manual, When::OrgTree], 0..=5
        ),
    ) {
        let organisation = moved(&moves, &unit_moves);
        let on = day(month, 28);
        let posts = posts_of_leaders(&organisation, on);
        let viewer = |member| Viewer::new(account(member), Some(member), &posts, &[], on);
        let object = Object::on(owner, on).holding(&holds);
        for below in (1..=9).map(MemberId) {
            for above in organisation.superiors(below, on) {
                for line in TABLE.iter().filter(|line| !is_private(line.action)) {
                    let seen = |member| viewer(member).scope(&organisation, line.action, Right::Read).view(&object);
                    prop_assert!(seen(below) <= seen(above), "{below} {above} {:?}", line.action);
                }
            }
        }
    }

    #[test]
    fn the_scope_of_a_leader_is_the_branch_as_it_stood_on_the_day_of_the_row(
        moves in prop::collection::vec((1_i64..=9, 1_i64..=6, 1_i8..=12), 0..8),
        unit_moves in prop::collection::vec((2_i64..=6, 1_i64..=6, 1_i8..=12), 0..6),
        month in 1_i8..=12,
        unit in (1_i64..=6).prop_map(UnitId),
    ) {
        let organisation = moved(&moves, &unit_moves);
        let on = day(month, 1);
        let post = post(AccountId(500), Role::TeamLeader, Place::Unit(unit));
        let viewer = Viewer::new(AccountId(500), None, &[post], &[], TODAY);
        let scope = viewer.scope(&organisation, Action::Reports, Right::Read);
        let is_company = organisation.top(TODAY).collect::<Vec<_>>() == [unit];
        let branch = organisation.subtree(unit, on);
        for other in (1..=6).map(UnitId) {
            prop_assert_eq!(scope.covers_unit(other, on), is_company || branch.contains(&other));
        }
        for member in (1..=9).map(MemberId) {
            let sits_there = organisation.seats_on(member, on).any(|seat| branch.contains(&seat.unit));
            prop_assert_eq!(scope.covers_member(member, on), is_company || sits_there);
        }
    }
}

/// The company after the moves that were possible.
fn moved(moves: &[(i64, i64, i8)], unit_moves: &[(i64, i64, i8)]) -> Organisation {
    let mut organisation = build(rows());
    for &(unit, parent, month) in unit_moves {
        if let Ok(changed) = organisation.move_unit(UnitId(unit), Some(UnitId(parent)), day(month, 10)) {
            organisation = changed.organisation;
        }
    }
    for &(member, unit, month) in moves {
        let leads = !organisation.units_led(MemberId(member), day(month, 20)).is_empty();
        if let (false, Ok(changed)) =
            (leads, organisation.move_member(MemberId(member), UnitId(unit), day(month, 20)))
        {
            organisation = changed.organisation;
        }
    }
    organisation
}

/// Each leader with the role of the depth at which their unit stands.
fn posts_of_leaders(organisation: &Organisation, on: Date) -> Vec<Post> {
    let mut posts: Vec<Post> =
        [ANN, BO, CAI].map(|member| post(account(member), Role::Specialist, Place::Company)).into();
    for at in organisation.depth_first(on) {
        let role = [Role::Director, Role::RegionManager, Role::TeamLeader][at.depth.min(2)];
        let leader = organisation.leader(at.unit, on);
        posts.extend(leader.map(|leader| post(account(leader), role, Place::Unit(at.unit))));
    }
    posts
}
