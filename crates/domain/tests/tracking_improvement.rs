//! Improvement plans: states, deadlines, joining months, recovery and the checker.
#![expect(clippy::unwrap_used, reason = "tests")]

use dacheng_domain::Ratio;
use dacheng_domain::calendar::{Calendar, Deadline, Month};
use dacheng_domain::people::{MemberId, Position};
use dacheng_domain::tracking::alert::{Before, Finding, Judged, Level, Remedy, Verdict, Window};
use dacheng_domain::tracking::improvement::{
    NotFromHere, Plan, PlanEnded, PlanSettings, PlanState, PlanStep, PlanTerms, Superior, checker,
    unit_plan_may_cover,
};
use jiff::civil::{Date, date};

const DELIVERED: Date = date(2026, 10, 10);

fn on_terms<T>(check: impl FnOnce(&PlanTerms<'_>) -> T) -> T {
    check(&PlanTerms { calendar: &Calendar::shipped(), settings: PlanSettings::default() })
}

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

/// The plan of a yellow September, delivered on a moved working Saturday.
fn opened() -> Plan {
    on_terms(|terms| Plan::open(month("2026-09"), Level::Yellow, DELIVERED, terms))
}

fn submitted() -> Plan {
    let mut plan = opened();
    plan.submit(date(2026, 10, 13), month("2026-11")).unwrap();
    plan
}

fn running() -> Plan {
    let mut plan = submitted();
    plan.accept().unwrap();
    plan.start().unwrap();
    plan
}

const JUDGED: Judged =
    Judged { figure: Ratio::percent(80), before: Before::Broken, window: Window::Month, rule_version: 1 };
const FINE: Verdict = Verdict::Fine(JUDGED);
const ALERT: Verdict =
    Verdict::Alert(Finding { level: Level::Red, remedy: Remedy::ImprovementPlan, judged: JUDGED });

fn due(plan: &Plan, entry: usize) -> Deadline {
    plan.entries()[entry].task.deadline
}

#[test]
fn a_plan_is_due_three_working_days_after_delivery() {
    assert_eq!(due(&opened(), 0), Deadline::Due(date(2026, 10, 14)));
    assert_eq!((opened().state(), opened().level()), (PlanState::Open, Level::Yellow));
}

#[test]
fn a_returned_plan_is_due_again_two_working_days_later() {
    let mut plan = submitted();
    on_terms(|terms| plan.send_back(date(2026, 10, 16), terms)).unwrap();
    assert_eq!((plan.state(), due(&plan, 0)), (PlanState::Returned, Deadline::Due(date(2026, 10, 20))));
    plan.submit(date(2026, 10, 19), month("2026-12")).unwrap();
    assert_eq!((plan.state(), plan.last_month()), (PlanState::Submitted, Some(month("2026-12"))));
}

#[test]
fn a_plan_takes_its_steps_in_order() {
    assert_eq!(running().state(), PlanState::Running);
    let refused = |step, state| Err(NotFromHere { step, state });
    assert_eq!(opened().accept(), refused(PlanStep::Accept, PlanState::Open));
    assert_eq!(submitted().start(), refused(PlanStep::Start, PlanState::Submitted));
    assert_eq!(running().submit(DELIVERED, month("2026-12")), refused(PlanStep::Submit, PlanState::Running));
    for step in PlanStep::ALL {
        let (from, to) = step.rule();
        assert!(from.iter().all(|state| state.is_open() && *state != to), "{step:?}");
    }
}

#[test]
fn a_later_month_without_an_alert_recovers_the_plan() {
    for mut plan in [opened(), submitted(), running()] {
        plan.judge(month("2026-10"), &FINE);
        assert_eq!(plan.state(), PlanState::Recovered);
    }
    let mut plan = running();
    for verdict in [Verdict::NotClosed, Verdict::NoFigure] {
        plan.judge(month("2026-10"), &verdict);
    }
    plan.judge(month("2026-09"), &FINE);
    plan.judge(month("2026-08"), &FINE);
    assert_eq!(plan.state(), PlanState::Running);
}

#[test]
fn a_further_alerted_month_joins_and_red_raises_the_level() {
    let mut plan = running();
    plan.judge(month("2026-10"), &ALERT);
    assert_eq!(plan.state(), PlanState::Running);
    on_terms(|terms| plan.join(month("2026-10"), Level::Red, date(2026, 11, 4), terms)).unwrap();
    assert_eq!((plan.entries().len(), plan.level()), (2, Level::Red));
    assert_eq!(due(&plan, 1), Deadline::Due(date(2026, 11, 9)));
    // The same alert joins once.
    on_terms(|terms| plan.join(month("2026-10"), Level::Yellow, date(2026, 11, 5), terms)).unwrap();
    assert_eq!((plan.entries().len(), plan.level()), (2, Level::Yellow));
    assert_eq!(due(&plan, 1), Deadline::Due(date(2026, 11, 9)));
}

#[test]
fn a_plan_alerted_in_its_last_month_is_not_recovered() {
    let mut plan = running();
    plan.judge(month("2026-11"), &ALERT);
    assert_eq!(plan.state(), PlanState::NotRecovered);
    let joined = on_terms(|terms| plan.join(month("2026-11"), Level::Red, date(2026, 12, 3), terms));
    assert_eq!(joined, Err(PlanEnded));
    plan.judge(month("2026-12"), &FINE);
    assert_eq!(plan.state(), PlanState::NotRecovered);
}

#[test]
fn a_plan_is_withdrawn_with_its_last_alert() {
    let mut plan = running();
    on_terms(|terms| plan.join(month("2026-10"), Level::Red, date(2026, 11, 4), terms)).unwrap();
    plan.withdraw(month("2026-10"), date(2026, 11, 10));
    assert_eq!((plan.state(), plan.level()), (PlanState::Running, Level::Yellow));
    plan.withdraw(month("2026-09"), date(2026, 11, 11));
    assert_eq!((plan.state(), plan.entries().len()), (PlanState::Withdrawn, 2));
}

#[test]
fn an_overdue_task_escalates_once() {
    let mut plan = opened();
    assert_eq!(plan.escalate(date(2026, 10, 14)), []);
    assert_eq!(plan.escalate(date(2026, 10, 15)), [month("2026-09")]);
    assert_eq!(plan.escalate(date(2026, 10, 16)), []);
    // A new deadline can be missed anew.
    plan.submit(date(2026, 10, 16), month("2026-11")).unwrap();
    on_terms(|terms| plan.send_back(date(2026, 10, 16), terms)).unwrap();
    assert_eq!(plan.escalate(date(2026, 10, 21)), [month("2026-09")]);
    let mut handed_in = submitted();
    assert_eq!(handed_in.escalate(date(2026, 12, 1)), []);
    on_terms(|terms| handed_in.join(month("2026-10"), Level::Red, date(2026, 11, 4), terms)).unwrap();
    let mut updated = handed_in.clone();
    updated.update(date(2026, 11, 9));
    assert_eq!(
        (handed_in.escalate(date(2026, 11, 10)), updated.escalate(date(2026, 11, 10))),
        (vec![month("2026-10")], vec![])
    );
}

fn superior(member: i64, position: Position) -> Superior {
    Superior { member: MemberId(member), position }
}

#[test]
fn yellow_goes_to_the_next_superior_and_red_to_the_director() {
    let owner = MemberId(1);
    let leader = superior(2, Position::TeamLeader);
    let manager = superior(3, Position::Manager);
    let director = superior(4, Position::Director);
    let executive = superior(5, Position::Executive);
    let all = [leader, manager, director, executive];
    assert_eq!(checker(Level::Yellow, owner, &all), Some(leader.member));
    assert_eq!(checker(Level::Red, owner, &all), Some(director.member));
    // A vacant post is missing from the chain: the next above checks.
    assert_eq!(checker(Level::Yellow, owner, &all[1..]), Some(manager.member));
    assert_eq!(checker(Level::Red, owner, &[leader, manager, executive]), Some(executive.member));
    // Nobody checks their own plan.
    assert_eq!(checker(Level::Yellow, leader.member, &all), Some(manager.member));
    assert_eq!(checker(Level::Red, director.member, &all[2..]), Some(executive.member));
    assert_eq!(checker(Level::Yellow, director.member, &all[2..]), Some(executive.member));
    // A small company without a director.
    assert_eq!(checker(Level::Red, owner, &[leader, manager]), Some(manager.member));
    assert_eq!(checker(Level::Red, executive.member, &[executive]), None);
}

#[test]
fn a_unit_plan_covers_its_members_from_more_than_half() {
    assert!(unit_plan_may_cover(3, 5) && unit_plan_may_cover(2, 3) && unit_plan_may_cover(1, 1));
    assert!(!unit_plan_may_cover(2, 4) && !unit_plan_may_cover(2, 5) && !unit_plan_may_cover(0, 0));
}
