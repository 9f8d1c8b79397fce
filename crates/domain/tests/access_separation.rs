//! Who may not decide because of what they did or have to gain, and which totals give somebody away.

mod people_sample;

use dacheng_domain::access::{
    AccountId, Actor, Conflict, Matter, Owner, Person, Place, Post, Profile, Role, Through,
    is_last_security_admin, may_show_totals, touched,
};
use dacheng_domain::people::{MemberId, Position, Span};
use people_sample::*;
use proptest::prelude::*;

fn person(member: MemberId) -> Person {
    Person::new(AccountId(member.0), Some(member))
}

fn signed_in(member: MemberId) -> Actor {
    Actor { person: person(member), giver: None, through: Through::Session }
}

#[test]
fn applicant_reviewer_and_approver_are_three_people() {
    let matter =
        Matter { applicants: vec![person(ANN)], deciders: vec![person(LEADER1)], ..Matter::default() };
    assert_eq!(matter.refuse(&signed_in(ANN)), Err(Conflict::Applicant));
    assert_eq!(matter.refuse(&signed_in(LEADER1)), Err(Conflict::Decider));
    assert_eq!(matter.refuse(&signed_in(DIRECTOR)), Ok(()));
}

#[test]
fn nobody_decides_their_own_through_a_second_account_a_delegate_or_a_token() {
    let matter = Matter { touched: vec![Person::member(ANN)], ..Matter::default() };
    let second_account = Actor { person: Person::new(AccountId(77), Some(ANN)), ..signed_in(ANN) };
    let delegate = Actor { giver: Some(person(ANN)), ..signed_in(BO) };
    let token = Actor { through: Through::Token, ..signed_in(BO) };
    assert_eq!(matter.refuse(&second_account), Err(Conflict::Touched));
    assert_eq!(matter.refuse(&delegate), Err(Conflict::Touched));
    assert_eq!(matter.refuse(&token), Err(Conflict::Token));
    assert_eq!(matter.refuse(&signed_in(BO)), Ok(()));
}

#[test]
fn who_enters_facts_does_not_close_and_who_writes_a_pay_rule_does_not_release() {
    let account_only = Person::new(AccountId(50), None);
    let matter = Matter { authors: vec![account_only], ..Matter::default() };
    let closer = Actor { person: account_only, giver: None, through: Through::Session };
    assert_eq!(matter.refuse(&closer), Err(Conflict::Author));
    let other = Actor { person: Person::new(AccountId(51), None), ..closer };
    assert_eq!(matter.refuse(&other), Ok(()));
}

#[test]
fn a_step_taken_for_somebody_counts_for_both() {
    let matter = Matter { deciders: vec![person(BO), person(LEADER1)], ..Matter::default() };
    assert_eq!(matter.refuse(&signed_in(BO)), Err(Conflict::Decider));
    assert_eq!(matter.refuse(&signed_in(LEADER1)), Err(Conflict::Decider));
    let for_leader = Actor { giver: Some(person(LEADER1)), ..signed_in(CAI) };
    assert_eq!(matter.refuse(&for_leader), Err(Conflict::Decider));
}

#[test]
fn a_total_touches_the_leader_who_is_measured_by_it() {
    let organisation = build(rows());
    let owners = [Owner::Member(ANN), Owner::Unit(SOUTH), Owner::Company];
    let people = touched(&organisation, &owners, day(3, 1));
    assert_eq!(people, [ANN, SOUTH_MANAGER, DIRECTOR].map(Person::member));
    let vacant = organisation.set_leader(SOUTH, None, day(3, 1)).unwrap().organisation;
    assert_eq!(touched(&vacant, &[Owner::Unit(SOUTH)], day(3, 1)), []);
}

#[test]
fn the_last_security_administrator_stays() {
    let admin = |account, span| Post {
        account: AccountId(account),
        role: Role::SecurityAdmin,
        place: Place::Company,
        span,
    };
    let posts = [admin(1, Span::ALWAYS), admin(2, Span::before(day(6, 1)))];
    assert!(!is_last_security_admin(&posts, AccountId(1), day(5, 31)));
    assert!(is_last_security_admin(&posts, AccountId(1), day(6, 1)));
    assert!(!is_last_security_admin(&posts, AccountId(3), day(6, 1)));
}

#[test]
fn desks_are_kept_apart_unless_the_team_is_small() {
    for (roles, apart) in [
        (&[Role::Specialist, Role::TeamLeader, Role::Director][..], false),
        (&[Role::Finance], false),
        (&[], false),
        (&[Role::Finance, Role::SalesOperations], true),
        (&[Role::SystemAdmin, Role::SecurityAdmin], true),
        (&[Role::Director, Role::Auditor], true),
    ] {
        assert_eq!(Profile::Standard.conflict(roles).is_some(), apart, "{roles:?}");
        assert_eq!(Profile::SmallTeam.conflict(roles), None);
    }
}

#[test]
fn a_position_has_a_usual_role() {
    let roles = Position::ALL.map(Role::of);
    assert_eq!(roles[2..5], [Role::RegionManager, Role::TeamLeader, Role::Specialist]);
}

fn people(ids: impl IntoIterator<Item = i64>) -> Vec<MemberId> {
    ids.into_iter().map(MemberId).collect()
}

#[test]
fn a_total_needs_five_people_beside_the_viewer() {
    assert_eq!(may_show_totals(None, &[people(0..5)]), [true]);
    assert_eq!(may_show_totals(Some(MemberId(0)), &[people(0..5)]), [false]);
    assert_eq!(may_show_totals(Some(MemberId(9)), &[people(0..5), people(0..5)]), [true, true]);
}

#[test]
fn totals_that_give_a_rest_away_are_not_shown_together() {
    let (region, first, second, third) = (people(0..15), people(0..6), people(6..12), people(12..15));
    let shown = may_show_totals(None, &[region.clone(), first.clone(), second.clone(), third.clone()]);
    assert_eq!(shown, [true, true, false, false], "region − first − second would be three people");
    assert_eq!(may_show_totals(None, &[first, second, third, region]), [true, true, false, false]);
    assert_eq!(may_show_totals(None, &[people(0..10), people(1..11)]), [true, false]);
}

proptest! {
    #[test]
    fn shown_totals_never_differ_by_one_to_four_people(
        groups in prop::collection::vec(prop::collection::btree_set(0_i64..14, 0..14), 0..6),
        viewer in prop::option::of((0_i64..14).prop_map(MemberId)),
    ) {
        let totals: Vec<Vec<MemberId>> = groups.iter().map(|group| people(group.iter().copied())).collect();
        let shown = may_show_totals(viewer, &totals);
        let kept: Vec<&Vec<MemberId>> = totals.iter().zip(&shown).filter(|(_, shown)| **shown).map(|(t, _)| t).collect();
        for one in &kept {
            prop_assert!(one.iter().filter(|member| Some(**member) != viewer).count() >= 5);
            for other in &kept {
                let only = |a: &[MemberId], b: &[MemberId]| {
                    a.iter().filter(|member| Some(**member) != viewer && !b.contains(member)).count()
                };
                let apart = only(one, other) + only(other, one);
                prop_assert!(apart == 0 || apart >= 5);
            }
        }
    }
}
