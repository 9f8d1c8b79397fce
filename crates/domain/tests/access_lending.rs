//! Standing in for somebody never widens anything: no line that is not lent, nothing beyond what the giver's post and
//! one's own reach, no decision about either of the two, no chain, and it ends by itself.
#![allow(clippy::unwrap_used, reason = "a panic is a failed test")]

mod access_sample;
mod people_sample;

use access_sample::*;
use dacheng_domain::access::delegation::{LONGEST, Refusal, Wish, can_lend, is_lent, lent_for};
use dacheng_domain::access::{
    AccountId, Decision, Delegation, Object, Owner, Person, Right, Role, TABLE, Viewer, When,
};
use dacheng_domain::people::{MemberId, Organisation, Span};
use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use people_sample::*;
use proptest::prelude::*;

const PEOPLE: [MemberId; 9] =
    [DIRECTOR, SOUTH_MANAGER, EAST_MANAGER, LEADER1, LEADER2, LEADER3, ANN, BO, CAI];
const RIGHTS: [Right; 20] = [
    Right::Create,
    Right::Read,
    Right::Update,
    Right::Approve,
    Right::Export,
    Right::Enter,
    Right::Confirm,
    Right::Comment,
    Right::Commit,
    Right::Issue,
    Right::Sign,
    Right::Countersign,
    Right::Propose,
    Right::Endorse,
    Right::Review,
    Right::Opine,
    Right::Check,
    Right::Close,
    Right::Reopen,
    Right::Verify,
];

fn lend(giver: MemberId, taker: MemberId, span: Span) -> Delegation {
    let post = posts().into_iter().find(|post| post.account == account(giver)).unwrap();
    let giver = Person::new(account(giver), Some(giver));
    Delegation { giver, taker: account(taker), role: post.role, place: post.place, span }
}

fn objects() -> Vec<Owner> {
    let units = [COMPANY, SOUTH, EAST, TEAM1, TEAM2, TEAM3].map(Owner::Unit);
    PEOPLE.map(Owner::Member).into_iter().chain(units).chain([Owner::Company]).collect()
}

fn allowed(
    organisation: &Organisation,
    member: MemberId,
    delegations: &[Delegation],
    on: Date,
) -> Vec<(usize, Right, Owner)> {
    let holds = [When::Yellow, When::Red, When::Asked, When::OfDirector, When::Jointly, When::Announced];
    let mut found = Vec::new();
    for (place, line) in TABLE.iter().enumerate() {
        let lent = lent_for(delegations, line.action);
        let viewer = Viewer::new(account(member), Some(member), &posts(), lent, on);
        for right in RIGHTS {
            for owner in objects() {
                let object = Object::on(owner, on).holding(&holds);
                if matches!(viewer.may(organisation, line.action, right, &object), Decision::Allowed { .. }) {
                    found.push((place, right, owner));
                }
            }
        }
    }
    found
}

fn anybody() -> impl Strategy<Value = MemberId> {
    prop::sample::select(PEOPLE.to_vec())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn a_delegate_reaches_nothing_that_neither_reaches_and_decides_about_neither(
        giver in anybody(), taker in anybody(),
    ) {
        prop_assume!(giver != taker);
        let organisation = build(rows());
        let lent = [lend(giver, taker, Span::ALWAYS)];
        let (own, theirs) =
            (allowed(&organisation, taker, &[], TODAY), allowed(&organisation, giver, &[], TODAY));
        for reached in allowed(&organisation, taker, &lent, TODAY) {
            if own.contains(&reached) {
                continue;
            }
            let (line, right, owner) = reached;
            prop_assert!(theirs.contains(&reached), "wider than the giver: {right:?} {owner:?}");
            prop_assert!(is_lent(TABLE[line].action), "{:?} is not lent", TABLE[line].action);
            let is_own = owner == Owner::Member(giver) || owner == Owner::Member(taker);
            prop_assert!(!(right.decides() && is_own), "{right:?} about {owner:?}");
        }
    }

    #[test]
    fn what_was_lent_is_not_lent_on(first in anybody(), second in anybody(), third in anybody()) {
        prop_assume!(first != second && second != third && first != third);
        let organisation = build(rows());
        let chain = [lend(first, second, Span::ALWAYS), lend(second, third, Span::ALWAYS)];
        let whole = allowed(&organisation, third, &chain, TODAY);
        prop_assert_eq!(whole, allowed(&organisation, third, &chain[1..], TODAY));
    }

    #[test]
    fn before_and_after_its_days_nothing_is_lent(giver in anybody(), taker in anybody(), days in 1i32..40, gap in 0i32..9) {
        prop_assume!(giver != taker);
        let organisation = build(rows());
        let end = TODAY.saturating_add(days.days());
        let lent = [lend(giver, taker, Span::new(Some(TODAY), Some(end)).unwrap())];
        for on in [TODAY.saturating_sub((1 + gap).days()), end.saturating_add(gap.days())] {
            prop_assert_eq!(
                allowed(&organisation, taker, &lent, on),
                allowed(&organisation, taker, &[], on)
            );
        }
    }

    #[test]
    fn a_wish_that_is_granted_begins_no_earlier_than_today_ends_and_meets_no_other(
        first in -5i32..120, length in -3i32..120, other in 0i32..120, other_length in 1i32..30,
    ) {
        let day = |n: i32| TODAY.saturating_add(n.days());
        let (giver, taker) = (Person::member(LEADER1), Person::member(LEADER2));
        let lent = Span::new(Some(day(other)), Some(day(other + other_length))).unwrap();
        let wish = Wish { giver, taker, first: day(first), last: day(first + length - 1) };
        let granted = wish.granted(&[Role::TeamLeader], &[lent], TODAY);
        let apart = first + length <= other || other + other_length <= first;
        let fits = first >= 0 && (1..=LONGEST).contains(&length) && apart;
        prop_assert_eq!(granted.is_ok(), fits, "{:?}", granted);
        if let Ok(span) = granted {
            prop_assert!(span.contains(day(first)) && span.contains(day(first + length - 1)));
            prop_assert!(!span.contains(day(first - 1)) && !span.contains(day(first + length)));
        }
    }
}

#[test]
fn nobody_stands_in_for_themselves_also_by_a_second_account() {
    let giver = Person::new(AccountId(1), Some(LEADER1));
    let wish = |taker| Wish { giver, taker, first: TODAY, last: TODAY };
    let refused = |taker| wish(taker).granted(&[Role::TeamLeader], &[], TODAY);
    assert_eq!(refused(Person::new(AccountId(1), None)), Err(Refusal::Oneself));
    assert_eq!(refused(Person::new(AccountId(2), Some(LEADER1))), Err(Refusal::Oneself));
    assert!(refused(Person::new(AccountId(2), Some(LEADER2))).is_ok());
}

#[test]
fn only_those_who_decide_about_others_have_something_to_lend() {
    let lending: Vec<Role> = Role::ALL.into_iter().filter(|role| can_lend(*role)).collect();
    assert_eq!(lending, [Role::TeamLeader, Role::RegionManager, Role::Director, Role::Executive]);
    let wish = Wish {
        giver: Person::member(ANN),
        taker: Person::member(BO),
        first: date(2026, 12, 1),
        last: date(2026, 12, 2),
    };
    assert_eq!(wish.granted(&[Role::Specialist], &[], TODAY), Err(Refusal::NothingToLend));
}
