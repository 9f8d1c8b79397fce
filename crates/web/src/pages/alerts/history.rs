//! The way of an alert from the day it fired to its end, as a timeline.

use dacheng_app::tracking::alerts::{AlertCase, AlertRow, State};
use dacheng_app::tracking::improvement::{Act, Moment as Happened, PlanCase};
use dacheng_domain::tracking::improvement::PlanState;
use dacheng_text::countdown::Countdown;
use dacheng_text::{Lang, date};

use crate::components::states::{improvement_name, level_name};
use crate::components::{Moment, Stage, Timeline};
use crate::http::Desk;

/// Everything that happened, what is waited for, and what comes after it.
pub fn timeline(desk: &Desk<'_>, case: &AlertCase) -> Timeline {
    let mut moments = vec![fired(desk, &case.alert)];
    if let Some(plan) = &case.plan {
        moments.extend(plan.history.iter().map(|own| moment(desk, own)));
        if case.alert.state == State::Open {
            moments.extend(to_come(desk, plan));
        }
    }
    moments.extend(ended(desk, case));
    Timeline { moments }
}

fn fired(desk: &Desk<'_>, row: &AlertRow) -> Moment {
    let lang = desk.lang();
    let text = fired_said(lang, row);
    Moment { stage: Stage::Done, text: text.into(), detail: date::full(lang, row.raised_on) }
}

/// Which month, by which rule, as what it fired.
pub fn fired_said(lang: Lang, row: &AlertRow) -> String {
    let (period, level) = (date::period(lang, row.figure.period), level_name(lang, row.level));
    lang.alerts().acted_fired(period, row.rule_version, level)
}

fn moment(desk: &Desk<'_>, happened: &Happened) -> Moment {
    let (stage, text) = act_said(desk, happened);
    Moment { stage, text: text.into(), detail: desk.moment(happened.at) }
}

/// Who did what, and whether it went on by it.
pub fn act_said(desk: &Desk<'_>, happened: &Happened) -> (Stage, String) {
    let lang = desk.lang();
    let who = &match &happened.for_whom {
        Some(giver) => lang.delegation().both(&happened.who, giver),
        None => happened.who.clone(),
    };
    let say = lang.alerts();
    match &happened.act {
        Act::Submitted => (Stage::Done, say.acted_submitted(who)),
        Act::Returned(reason) => (Stage::Refused, say.acted_returned(who, reason)),
        Act::Accepted => (Stage::Done, say.acted_accepted(who)),
        Act::Started => (Stage::Done, say.acted_started(who)),
        Act::Updated(note) => (Stage::Done, say.acted_updated(who, note)),
        Act::Noted(note) => (Stage::Done, say.acted_noted(who, note)),
        Act::Attached(file) => (Stage::Done, say.acted_attached(who, file)),
        Act::Withdrew(file) => (Stage::Done, say.acted_withdrew(who, file)),
        Act::Escalated(_, to) => (Stage::Refused, escalated(desk, to.as_deref())),
    }
}

fn escalated(desk: &Desk<'_>, to: Option<&str>) -> String {
    let say = desk.lang().alerts();
    match to.and_then(|code| desk.organisation().member_of_code(code)) {
        Some(member) => say.acted_escalated(&member.name),
        None => say.acted_escalated_alone().to_owned(),
    }
}

/// What is waited for now, and the judgement at the end.
fn to_come(desk: &Desk<'_>, plan: &PlanCase) -> Vec<Moment> {
    let (lang, line) = (desk.lang(), &plan.line);
    let say = lang.alerts();
    let who = line.acts().unwrap_or(say.nobody());
    let text = match line.state {
        PlanState::Open => say.waits_write(who),
        PlanState::Returned => say.waits_revise(who),
        PlanState::Submitted | PlanState::Accepted | PlanState::Running if line.update_due => {
            say.waits_update(who)
        }
        PlanState::Submitted => say.waits_check(who),
        PlanState::Accepted => say.waits_start(who),
        PlanState::Running => say.waits_running(who),
        PlanState::Recovered | PlanState::NotRecovered | PlanState::Withdrawn => return Vec::new(),
    };
    let due =
        line.deadline.map(|deadline| Countdown::of(deadline, &desk.company.calendar(), desk.context.today));
    let detail = due.map_or_else(String::new, |due| due.said(lang));
    let mut moments = vec![Moment { stage: Stage::Current, text: text.into(), detail }];
    if line.checker.is_some() && matches!(line.state, PlanState::Open | PlanState::Returned) {
        let text = say.waits_check(line.checker.as_deref().unwrap_or(say.nobody()));
        moments.push(Moment { stage: Stage::Waiting, text: text.into(), detail: String::new() });
    }
    if let Some(month) = plan.alerts.iter().map(|alert| alert.figure.month.next()).max() {
        let text = say.waits_recovery(date::month(lang, month.year(), month.number()));
        moments.push(Moment { stage: Stage::Waiting, text: text.into(), detail: String::new() });
    }
    moments
}

/// How it ended.
fn ended(desk: &Desk<'_>, case: &AlertCase) -> Option<Moment> {
    let (lang, row) = (desk.lang(), &case.alert);
    let (stage, text) = end_said(lang, row, case.plan.as_ref())?;
    let detail = row.ended_on.map_or_else(String::new, |day| date::full(lang, day));
    Some(Moment { stage, text: text.into(), detail })
}

/// How an alert ended, where it did, and whether well.
pub fn end_said(lang: Lang, row: &AlertRow, plan: Option<&PlanCase>) -> Option<(Stage, &'static str)> {
    let say = lang.alerts();
    Some(match row.state {
        State::Open => return None,
        State::Closed => {
            let end = plan.map(|plan| plan.line.state);
            let stage = if end == Some(PlanState::NotRecovered) { Stage::Refused } else { Stage::Done };
            let text = end.map_or(say.ended_closed(), |state| improvement_name(lang, state));
            (stage, text)
        }
        State::Replaced => (Stage::Done, say.ended_replaced()),
        State::Withdrawn => (Stage::Done, say.ended_withdrawn()),
    })
}
