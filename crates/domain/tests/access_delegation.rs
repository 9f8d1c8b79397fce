//! What is lent for a time, left to a token, or barred because it is one's own.

mod access_sample;
mod people_sample;

use access_sample::*;
use dacheng_domain::access::{
    AccountId, Action, Decision, Delegation, Person, Place, Post, Right, Role, TABLE, View, Viewer, When,
};
use dacheng_domain::people::{MemberId, Span};
use people_sample::*;

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
