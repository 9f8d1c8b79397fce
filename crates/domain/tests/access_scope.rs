//! What people reach: by post and day, after moves, through delegations and tokens.

#![allow(clippy::unwrap_used, reason = "a panic is a failed test")]

mod people_sample;

use dacheng_domain::access::{
    AccountId, Action, Decision, Delegation, Object, Owner, Person, Place, Post, Right, Role, Scope, TABLE,
    View, Viewer, When,
};
use dacheng_domain::people::{MemberId, Organisation, Span, UnitId};
use jiff::civil::Date;
use people_sample::*;
use proptest::prelude::*;

const TODAY: Date = Date::constant(2026, 11, 23);

/// The account of a member; people outside of sales have accounts from 101 on.
fn account(member: MemberId) -> AccountId {
    AccountId(member.0)
}

fn post(account: AccountId, role: Role, place: Place) -> Post {
    Post { account, role, place, span: Span::ALWAYS }
}

/// Everybody's posts: leaders for their units, the others for the company.
fn posts() -> Vec<Post> {
    let mut posts: Vec<Post> = [
        (DIRECTOR, Role::Director, COMPANY),
        (SOUTH_MANAGER, Role::RegionManager, SOUTH),
        (EAST_MANAGER, Role::RegionManager, EAST),
        (LEADER1, Role::TeamLeader, TEAM1),
        (LEADER2, Role::TeamLeader, TEAM2),
        (LEADER3, Role::TeamLeader, TEAM3),
        (ANN, Role::Specialist, TEAM1),
        (BO, Role::Specialist, TEAM2),
        (CAI, Role::Specialist, TEAM3),
    ]
    .map(|(member, role, unit)| post(account(member), role, Place::Unit(unit)))
    .into();
    let offices = [
        Role::Executive,
        Role::SalesOperations,
        Role::Marketing,
        Role::Finance,
        Role::Hr,
        Role::SystemAdmin,
        Role::SecurityAdmin,
        Role::Auditor,
    ];
    posts.extend((101..).zip(offices).map(|(id, role)| post(AccountId(id), role, Place::Company)));
    posts
}

fn member_viewer(member: MemberId) -> Viewer {
    Viewer::new(account(member), Some(member), &posts(), &[], TODAY)
}

fn office(role: Role) -> Viewer {
    let posts = posts();
    let post = posts.iter().find(|post| post.role == role).unwrap();
    Viewer::new(post.account, None, &posts, &[], TODAY)
}

fn of(member: MemberId) -> Object<'static> {
    Object::on(Owner::Member(member), TODAY)
}

fn unit_object(unit: UnitId) -> Object<'static> {
    Object::on(Owner::Unit(unit), TODAY)
}

fn company() -> Object<'static> {
    Object::on(Owner::Company, TODAY)
}

const FULL: Decision = Decision::Allowed { view: View::Full, giver: None };

fn seeing(view: View) -> Decision {
    Decision::Allowed { view, giver: None }
}

fn ask(roles: &[Role]) -> Decision {
    Decision::Forbidden(roles.to_vec())
}

#[test]
#[expect(clippy::too_many_lines, reason = "the table of the page, line by line")]
fn people_may_what_the_table_of_trust_says() {
    use Decision::Hidden;
    use Right::*;
    let company_of_six = build(rows());
    let ann = || member_viewer(ANN);
    let leader = || member_viewer(LEADER1);
    let manager = || member_viewer(SOUTH_MANAGER);
    let director = || member_viewer(DIRECTOR);
    let executive = || office(Role::Executive);
    let operations = || office(Role::SalesOperations);
    let marketing = || office(Role::Marketing);
    let finance = || office(Role::Finance);
    let hr = || office(Role::Hr);
    let system = || office(Role::SystemAdmin);
    let security = || office(Role::SecurityAdmin);
    let auditor = || office(Role::Auditor);
    let announced = &[When::Announced][..];
    let asked = &[When::Asked][..];
    let cases: Vec<(Viewer, Action, Right, Object<'_>, Decision)> = vec![
        // company and region targets
        (ann(), Action::CompanyTargets, Read, unit_object(EAST), Hidden),
        (ann(), Action::CompanyTargets, Read, unit_object(EAST).holding(announced), FULL),
        (leader(), Action::CompanyTargets, Read, unit_object(TEAM1), FULL),
        (
            leader(),
            Action::CompanyTargets,
            Update,
            unit_object(TEAM1),
            ask(&[Role::RegionManager, Role::Director, Role::SalesOperations]),
        ),
        (manager(), Action::CompanyTargets, Update, unit_object(SOUTH), FULL),
        (manager(), Action::CompanyTargets, Read, unit_object(EAST), Hidden),
        (director(), Action::CompanyTargets, Update, company(), FULL),
        (director(), Action::CompanyTargets, Approve, company(), ask(&[Role::Executive])),
        (executive(), Action::CompanyTargets, Approve, company(), FULL),
        (marketing(), Action::CompanyTargets, Read, unit_object(SOUTH), seeing(View::Aggregates)),
        (hr(), Action::CompanyTargets, Export, company(), FULL),
        (system(), Action::CompanyTargets, Read, company(), Hidden),
        // breaking down
        (ann(), Action::BreakDown, Commit, of(ANN), FULL),
        (ann(), Action::BreakDown, Read, of(LEADER1), Hidden),
        (leader(), Action::BreakDown, Update, of(ANN), FULL),
        (leader(), Action::BreakDown, Commit, of(LEADER1), FULL),
        (manager(), Action::BreakDown, Approve, unit_object(TEAM1), FULL),
        (
            manager(),
            Action::BreakDown,
            Approve,
            unit_object(SOUTH),
            ask(&[Role::RegionManager, Role::Director, Role::Executive]),
        ),
        (director(), Action::BreakDown, Approve, unit_object(SOUTH), FULL),
        (finance(), Action::BreakDown, Read, of(ANN), Hidden),
        (finance(), Action::BreakDown, Read, of(ANN).holding(asked), FULL),
        // letters
        (ann(), Action::Letters, Sign, of(ANN), FULL),
        (leader(), Action::Letters, Countersign, of(ANN), FULL),
        (
            leader(),
            Action::Letters,
            Countersign,
            of(LEADER1),
            ask(&[Role::TeamLeader, Role::RegionManager, Role::Director, Role::Executive]),
        ),
        (leader(), Action::Letters, Sign, of(LEADER1), FULL),
        (executive(), Action::Letters, Countersign, of(DIRECTOR).holding(&[When::OfDirector]), FULL),
        (operations(), Action::Letters, Issue, of(CAI), FULL),
        (hr(), Action::Letters, Read, of(CAI), FULL),
        // reports
        (ann(), Action::Reports, Update, of(ANN).holding(&[When::UntilLocked]), FULL),
        (ann(), Action::Reports, Update, of(ANN), ask(&[])),
        (leader(), Action::Reports, Comment, of(ANN), FULL),
        (manager(), Action::Reports, Comment, of(ANN), ask(&[Role::TeamLeader])),
        (finance(), Action::Reports, Read, of(ANN), Hidden),
        // facts
        (ann(), Action::Facts, Enter, of(ANN).holding(&[When::Manual]), FULL),
        (ann(), Action::Facts, Enter, of(ANN), ask(&[Role::TeamLeader, Role::RegionManager])),
        (leader(), Action::Facts, Confirm, of(ANN), ask(&[Role::SalesOperations, Role::Finance])),
        (operations(), Action::Facts, Confirm, of(ANN), FULL),
        (finance(), Action::Facts, Create, of(ANN).holding(&[When::Payments]), FULL),
        (finance(), Action::Facts, Read, of(ANN), Hidden),
        (marketing(), Action::Facts, Create, of(ANN).holding(&[When::Leads]), FULL),
        (marketing(), Action::Facts, Create, of(ANN).holding(&[When::Payments]), Hidden),
        // month close
        (ann(), Action::MonthClose, Read, company(), Hidden),
        (manager(), Action::MonthClose, Read, company(), FULL),
        (finance(), Action::MonthClose, Close, company().holding(&[When::EnteredNothing]), FULL),
        (finance(), Action::MonthClose, Close, company(), ask(&[Role::Finance])),
        (operations(), Action::MonthClose, Propose, company(), FULL),
        (director(), Action::MonthClose, Reopen, company().holding(&[When::Jointly]), FULL),
        (
            director(),
            Action::MonthClose,
            Reopen,
            company(),
            ask(&[Role::Director, Role::Executive, Role::Finance]),
        ),
        // alerts
        (ann(), Action::Alerts, Update, of(ANN), FULL),
        (leader(), Action::Alerts, Check, of(ANN).holding(&[When::Yellow]), FULL),
        (
            leader(),
            Action::Alerts,
            Check,
            of(ANN).holding(&[When::Red]),
            ask(&[Role::TeamLeader, Role::RegionManager, Role::Director, Role::Executive]),
        ),
        (director(), Action::Alerts, Check, of(ANN).holding(&[When::Red]), FULL),
        (director(), Action::Alerts, Check, of(SOUTH_MANAGER).holding(asked), FULL),
        (executive(), Action::Alerts, Check, of(DIRECTOR).holding(&[When::OfDirector]), FULL),
        // adjustments
        (ann(), Action::Adjustments, Create, of(ANN), FULL),
        (ann(), Action::Adjustments, Read, of(LEADER1), Hidden),
        (ann(), Action::Adjustments, Read, of(LEADER1).holding(announced), seeing(View::Announcement)),
        (ann(), Action::Adjustments, Read, of(BO).holding(announced), Hidden),
        (leader(), Action::Adjustments, Endorse, of(ANN), FULL),
        (director(), Action::Adjustments, Approve, of(ANN), FULL),
        (director(), Action::Adjustments, Approve, of(DIRECTOR), ask(&[Role::Director, Role::Executive])),
        (
            director(),
            Action::Adjustments,
            Approve,
            unit_object(COMPANY),
            ask(&[Role::Director, Role::Executive]),
        ),
        (executive(), Action::Adjustments, Approve, company().holding(&[When::OfDirectorOrCompany]), FULL),
        (operations(), Action::Adjustments, Review, of(ANN), FULL),
        (finance(), Action::Adjustments, Opine, of(ANN).holding(asked), FULL),
        (finance(), Action::Adjustments, Opine, of(ANN), Hidden),
        // rules
        (ann(), Action::MetricsRules, Read, company(), FULL),
        (director(), Action::MetricsRules, Approve, company().holding(&[When::PayUntouched]), FULL),
        (
            director(),
            Action::MetricsRules,
            Approve,
            company().holding(&[When::PayTouched]),
            ask(&[Role::Director, Role::Executive]),
        ),
        (marketing(), Action::MetricsRules, Opine, company(), FULL),
        // pay
        (ann(), Action::PayFigures, Read, of(ANN), FULL),
        (leader(), Action::PayFigures, Read, of(LEADER1), FULL),
        (leader(), Action::PayFigures, Read, of(ANN), Hidden),
        (leader(), Action::PayFigures, Read, unit_object(TEAM1), seeing(View::Totals)),
        (leader(), Action::PayFigures, Read, of(ANN).holding(&[When::PayShared]), seeing(View::VariablePay)),
        (executive(), Action::PayFigures, Approve, of(ANN), FULL),
        (finance(), Action::PayFigures, Read, of(ANN), Hidden),
        (finance(), Action::PayFigures, Check, of(ANN).holding(&[When::InBatch]), FULL),
        (hr(), Action::PayFigures, Update, of(ANN), FULL),
        (auditor(), Action::PayFigures, Read, of(ANN), seeing(View::Masked)),
        (ann(), Action::PayRules, Read, company(), Hidden),
        (ann(), Action::PayRules, Read, company().holding(&[When::InForce]), FULL),
        (finance(), Action::PayRules, Approve, company(), FULL),
        // administration
        (ann(), Action::AccountsOrg, Read, of(CAI).holding(&[When::OrgTree]), seeing(View::Names)),
        (hr(), Action::AccountsOrg, Create, of(CAI).holding(&[When::OrgTree]), FULL),
        (
            system(),
            Action::AccountsOrg,
            Update,
            Object::on(Owner::Account(AccountId(3)), TODAY).holding(&[When::Accounts]),
            FULL,
        ),
        (
            system(),
            Action::AccountsOrg,
            Update,
            Object::on(Owner::Account(AccountId(3)), TODAY).holding(&[When::Roles]),
            Hidden,
        ),
        (
            security(),
            Action::AccountsOrg,
            Update,
            Object::on(Owner::Account(AccountId(3)), TODAY).holding(&[When::Roles]),
            FULL,
        ),
        (
            security(),
            Action::AccountsOrg,
            Update,
            Object::on(Owner::Account(AccountId(107)), TODAY).holding(&[When::Roles]),
            Hidden,
        ),
        (system(), Action::Integrations, Update, company(), FULL),
        (security(), Action::Integrations, Approve, company(), FULL),
        (operations(), Action::Integrations, Read, company(), Hidden),
        (ann(), Action::AuditTrail, Read, Object::on(Owner::Account(account(ANN)), TODAY), FULL),
        (ann(), Action::AuditTrail, Read, Object::on(Owner::Account(account(BO)), TODAY), Hidden),
        (auditor(), Action::AuditTrail, Verify, company(), FULL),
    ];
    for (viewer, action, right, object, expected) in cases {
        let who: Vec<Role> = viewer.roles().collect();
        let decision = viewer.may(&company_of_six, action, right, &object);
        assert_eq!(decision, expected, "{who:?} {action:?} {right:?} {object:?}");
    }
}

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

#[test]
fn a_delegate_has_what_the_giver_has_for_those_days_and_both_are_named() {
    let organisation = build(rows());
    let giver = Person::new(account(SOUTH_MANAGER), Some(SOUTH_MANAGER));
    let lent = Delegation {
        giver,
        taker: account(LEADER1),
        role: Role::RegionManager,
        place: Place::Unit(SOUTH),
        span: span(Some(day(11, 20)), Some(day(11, 30))),
    };
    let may_of = |posts: &[Post], on, right, member| {
        let viewer = Viewer::new(account(LEADER1), Some(LEADER1), posts, &[lent], on);
        viewer.may(&organisation, Action::BreakDown, right, &of(member))
    };
    let may = |on, right, member| may_of(&posts(), on, right, member);
    let lent_to = Decision::Allowed { view: View::Full, giver: Some(giver) };
    assert_eq!(may(TODAY, Right::Approve, BO), lent_to);
    assert_eq!(may(TODAY, Right::Read, ANN), FULL, "one's own right comes first");
    assert_eq!(may(day(11, 30), Right::Approve, BO), Decision::Hidden);
    for own in [LEADER1, SOUTH_MANAGER] {
        assert!(matches!(may(TODAY, Right::Approve, own), Decision::Forbidden(_)), "never one's own");
    }
    assert_eq!(may(TODAY, Right::Commit, SOUTH_MANAGER), ask(&[]), "never the giver's own signature");
    let mut gone = posts();
    gone.retain(|post| post.account != account(SOUTH_MANAGER));
    assert_eq!(may_of(&gone, TODAY, Right::Approve, BO), Decision::Hidden, "it ends with the post");
}

#[test]
fn what_was_lent_cannot_be_lent_on_and_never_shows_the_givers_pay() {
    let organisation = build(rows());
    let lend = |giver: MemberId, taker: MemberId| Delegation {
        giver: Person::new(account(giver), Some(giver)),
        taker: account(taker),
        role: Role::RegionManager,
        place: Place::Unit(SOUTH),
        span: Span::ALWAYS,
    };
    let chain = [lend(SOUTH_MANAGER, LEADER1), lend(LEADER1, ANN)];
    let viewer = |member| Viewer::new(account(member), Some(member), &posts(), &chain, TODAY);
    assert_eq!(viewer(ANN).roles().collect::<Vec<_>>(), [Role::Specialist]);
    let pay = viewer(LEADER1).may(&organisation, Action::PayFigures, Right::Read, &of(SOUTH_MANAGER));
    assert_eq!(pay, Decision::Hidden);

    let to_hr = Delegation { taker: AccountId(105), ..lend(SOUTH_MANAGER, LEADER1) };
    let hr = Viewer::new(AccountId(105), Some(BO), &posts(), &[to_hr], TODAY);
    assert!(matches!(hr.may(&organisation, Action::Letters, Right::Sign, &of(BO)), Decision::Forbidden(_)));
}

#[test]
fn a_token_has_at_most_its_owners_rights_and_decides_nothing() {
    let organisation = build(rows());
    let all = TABLE.iter().flat_map(|line| {
        [Right::Create, Right::Read, Right::Update, Right::Approve, Right::Sign]
            .map(|right| (line.action, right))
    });
    let token = member_viewer(DIRECTOR).through_token(all.collect());
    let may = |viewer: &Viewer, action, right, object| viewer.may(&organisation, action, right, &object);
    assert_eq!(may(&token, Action::BreakDown, Right::Update, of(ANN)), FULL);
    assert!(matches!(may(&token, Action::BreakDown, Right::Approve, of(ANN)), Decision::Forbidden(_)));
    assert!(matches!(may(&token, Action::Letters, Right::Sign, of(DIRECTOR)), Decision::Forbidden(_)));
    assert_eq!(may(&token, Action::Integrations, Right::Read, company()), Decision::Hidden);
    let narrow = member_viewer(DIRECTOR).through_token(vec![(Action::Facts, Right::Read)]);
    assert_eq!(may(&narrow, Action::Facts, Right::Read, of(ANN)), FULL);
    assert_eq!(may(&narrow, Action::Reports, Right::Read, of(ANN)), Decision::Hidden);
    assert!(matches!(may(&narrow, Action::Facts, Right::Export, of(ANN)), Decision::Forbidden(_)));
}

#[test]
fn nobody_decides_about_themselves_whatever_their_posts() {
    let organisation = build(rows());
    let mut posts = posts();
    posts.extend(Role::ALL.map(|role| post(account(ANN), role, Place::Company)));
    let viewer = Viewer::new(account(ANN), Some(ANN), &posts, &[], TODAY);
    let all = [
        When::Asked,
        When::Announced,
        When::Manual,
        When::Payments,
        When::Jointly,
        When::Yellow,
        When::Red,
        When::OfDirector,
        When::OfDirectorOrCompany,
        When::PayTouched,
        When::PayUntouched,
        When::InBatch,
        When::PayShared,
        When::EnteredNothing,
    ];
    let own = of(ANN).holding(&all);
    for line in &TABLE {
        for right in
            [Right::Approve, Right::Check, Right::Review, Right::Endorse, Right::Countersign, Right::Opine]
        {
            let decision = viewer.may(&organisation, line.action, right, &own);
            assert!(!matches!(decision, Decision::Allowed { .. }), "{:?} {right:?}", line.action);
        }
    }
    assert!(matches!(viewer.may(&organisation, Action::Facts, Right::Confirm, &own), Decision::Forbidden(_)));
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
