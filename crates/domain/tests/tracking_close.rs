//! The close of a month: its steps, and the separation of duties that no step may bend.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeSet;

use dacheng_domain::access::Role;
use dacheng_domain::calendar::{Calendar, Deadline, Month};
use dacheng_domain::people::MemberId;
use dacheng_domain::tracking::close::{
    CloseRefused, CloseSettings, CloseState, CloseStep, ControlTotal, MonthClose, MonthStanding, Signer,
};
use jiff::civil::date;

const OPERATIONS: Signer = Signer { member: MemberId(1), role: Role::SalesOperations };
const FINANCE: Signer = Signer { member: MemberId(2), role: Role::Finance };
const DIRECTOR: Signer = Signer { member: MemberId(3), role: Role::Director };
const EXECUTIVE: Signer = Signer { member: MemberId(4), role: Role::Executive };

fn month() -> MonthClose {
    MonthClose::open("2026-10".parse::<Month>().unwrap())
}

fn nobody() -> BTreeSet<MemberId> {
    BTreeSet::new()
}

fn proposed() -> MonthClose {
    month().propose(OPERATIONS, &[]).unwrap()
}

fn closed() -> MonthClose {
    proposed().close(FINANCE, &nobody(), &[]).unwrap()
}

fn reopened() -> MonthClose {
    closed().reopen(DIRECTOR).unwrap().reopen(FINANCE).unwrap()
}

fn total(booked: i64, signed_off_by: Option<MemberId>) -> ControlTotal {
    ControlTotal { source: "orders".into(), booked, expected: 100, signed_off_by, reason: None }
}

#[test]
fn a_month_is_proposed_closed_and_reopened() {
    assert_eq!((month().state(), month().standing()), (CloseState::Open, MonthStanding::Open));
    assert_eq!((proposed().state(), proposed().standing()), (CloseState::Proposed, MonthStanding::Open));
    assert_eq!((closed().state(), closed().standing()), (CloseState::Closed, MonthStanding::Closed));
    assert_eq!((reopened().state(), reopened().standing()), (CloseState::Reopened, MonthStanding::Reopened));
    let again = reopened().propose(OPERATIONS, &[]).unwrap();
    assert_eq!(again.standing(), MonthStanding::Reopened);
    assert_eq!(again.close(FINANCE, &nobody(), &[]).unwrap(), closed());
}

#[test]
fn a_proposal_goes_back_to_where_it_came_from() {
    assert_eq!(proposed().send_back(FINANCE).unwrap(), month());
    let again = reopened().propose(OPERATIONS, &[]).unwrap();
    assert_eq!(again.send_back(FINANCE).unwrap(), reopened());
}

#[test]
fn every_other_step_is_refused() {
    let states = [month(), proposed(), closed(), reopened()];
    for (state, step) in states.iter().flat_map(|state| CloseStep::ALL.map(|step| (state, step))) {
        let done = match step {
            CloseStep::Propose => state.propose(OPERATIONS, &[]),
            CloseStep::SendBack => state.send_back(FINANCE),
            CloseStep::Close => state.close(FINANCE, &nobody(), &[]),
            CloseStep::Reopen => state.reopen(DIRECTOR),
        };
        let allowed = matches!(
            (state.state(), step),
            (CloseState::Open | CloseState::Reopened, CloseStep::Propose)
                | (CloseState::Proposed, CloseStep::SendBack | CloseStep::Close)
                | (CloseState::Closed, CloseStep::Reopen)
        );
        let refused = Err(CloseRefused::WrongState { step, state: state.state() });
        assert!(if allowed { done.is_ok() } else { done == refused }, "{:?} {step:?}", state.state());
    }
}

#[test]
fn each_role_does_its_own_steps_only() {
    let wrong = |step, role| Err(CloseRefused::WrongRole { step, role });
    for other in [FINANCE, DIRECTOR, EXECUTIVE] {
        assert_eq!(month().propose(other, &[]), wrong(CloseStep::Propose, other.role));
    }
    for other in [OPERATIONS, DIRECTOR, EXECUTIVE] {
        assert_eq!(proposed().close(other, &nobody(), &[]), wrong(CloseStep::Close, other.role));
        assert_eq!(proposed().send_back(other), wrong(CloseStep::SendBack, other.role));
    }
    assert_eq!(closed().reopen(OPERATIONS), wrong(CloseStep::Reopen, Role::SalesOperations));
}

#[test]
fn who_entered_a_fact_of_the_month_does_not_close_it() {
    let authors = BTreeSet::from([FINANCE.member]);
    assert_eq!(proposed().close(FINANCE, &authors, &[]), Err(CloseRefused::EnteredFacts));
    let colleague = Signer { member: MemberId(9), ..FINANCE };
    assert!(proposed().close(colleague, &authors, &[]).is_ok());
}

#[test]
fn who_proposed_a_month_does_not_close_it_in_another_post() {
    let same = Signer { role: Role::Finance, ..OPERATIONS };
    assert_eq!(proposed().close(same, &nobody(), &[]), Err(CloseRefused::SamePerson));
}

#[test]
fn a_difference_blocks_until_it_is_signed_off() {
    let unsettled = Err(CloseRefused::Unsettled { source_name: "orders".into() });
    assert_eq!(month().propose(OPERATIONS, &[total(99, None)]), unsettled);
    assert_eq!(proposed().close(FINANCE, &nobody(), &[total(100, None), total(99, None)]), unsettled);
    assert!(month().propose(OPERATIONS, &[total(100, None), total(99, Some(MemberId(7)))]).is_ok());
}

#[test]
fn two_persons_of_two_sides_reopen() {
    let asked = closed().reopen(DIRECTOR).unwrap();
    assert_eq!((asked.state(), asked.standing()), (CloseState::Closed, MonthStanding::Closed));
    assert_eq!(asked.reopening(), Some(DIRECTOR));
    // A second signature of the same side does not make two sides.
    let replaced = asked.reopen(EXECUTIVE).unwrap();
    assert_eq!((replaced.state(), replaced.reopening()), (CloseState::Closed, Some(EXECUTIVE)));
    let one_person = Signer { role: Role::Finance, ..DIRECTOR };
    assert_eq!(asked.reopen(one_person), Err(CloseRefused::SamePerson));
    // Either side may come first.
    assert_eq!(closed().reopen(FINANCE).unwrap().reopen(EXECUTIVE).unwrap(), reopened());
    assert_eq!(reopened().reopening(), None);
}

#[test]
fn a_month_is_judged_and_closed_in_the_first_working_days_of_the_next() {
    let calendar = Calendar::shipped();
    let settings = CloseSettings::default();
    let september = "2026-09".parse().unwrap();
    assert_eq!(settings.judgement_of(september, &calendar), Deadline::Due(date(2026, 10, 8)));
    assert_eq!(settings.close_of(september, &calendar), Deadline::Due(date(2026, 10, 10)));
    let december = "2026-12".parse().unwrap();
    assert_eq!(settings.close_of(december, &calendar).date(), None);
}
