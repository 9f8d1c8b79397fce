//! How an event is told: one sentence, and the address of the page that shows the thing. Who is told is `domain`'s.

use dacheng_domain::calendar::Month;
use dacheng_domain::notification::{
    AlertChange, ChannelNews, CloseNews, Event, ImportResult, ImprovementStep, PlanNews, Reason,
};
use dacheng_domain::tracking::alert::Level;
use dacheng_domain::tracking::statement::Reach;
use jiff::civil::Date;

use crate::{Lang, date, metric};

/// What happened, in a sentence.
pub fn said(lang: Lang, event: &Event) -> String {
    let say = lang.notifications();
    match event {
        Event::Alert { change, owner, place, metric, month, level, .. } => {
            let owner = match place {
                Some(place) => format!("{place} · {owner}"),
                None => owner.clone(),
            };
            let (metric, month) = (metric::name(lang, *metric), named(lang, *month));
            match change {
                AlertChange::Raised => say.alert_raised(light(lang, *level), owner, month, metric),
                AlertChange::Withdrawn => say.alert_withdrawn(owner, month, metric),
            }
        }
        Event::Improvement { step, owner, metric, due, .. } => {
            let (metric, due) = (metric::name(lang, *metric), day(*due));
            match step {
                ImprovementStep::DueSoon => say.plan_due_soon(due, owner, metric),
                ImprovementStep::Overdue => say.plan_overdue(due, owner, metric),
                ImprovementStep::Submitted => say.plan_submitted(owner, metric),
                ImprovementStep::Returned => say.plan_returned(owner, metric),
                ImprovementStep::Accepted => say.plan_accepted(owner, metric),
            }
        }
        Event::Close { step, month, red, yellow, .. } => {
            let month = named(lang, *month);
            match step {
                CloseNews::Proposed => say.close_proposed(month),
                CloseNews::SentBack => say.close_sent_back(month),
                CloseNews::Closed => {
                    let lights = lang.closes();
                    say.close_closed(month, lights.red_alerts(red), lights.yellow_alerts(yellow))
                }
                CloseNews::ReopeningSigned => say.close_signed(month),
                CloseNews::Reopened => say.close_reopened(month),
            }
        }
        Event::Plan { step, name, .. } => match step {
            PlanNews::Submitted => say.targets_submitted(name),
            PlanNews::Returned => say.targets_returned(name),
            PlanNews::InForce => say.targets_in_force(name),
        },
        Event::Judgement { metric, reach, week, .. } => {
            let (metric, week) = (metric::name(lang, *metric), week.number());
            match reach {
                Reach::Month => say.forecast_judged_month(week, metric),
                Reach::Quarter => say.forecast_judged_quarter(week, metric),
            }
        }
        Event::Import { result, file, .. } => match result {
            ImportResult::Finished => say.import_finished(file),
            ImportResult::Refused => say.import_refused(file),
        },
        Event::Accounts { count, .. } => say.accounts(*count),
        Event::Channel { news, name, .. } => match news {
            ChannelNews::Proposed => say.channel_proposed(name),
            ChannelNews::Approved => say.channel_approved(name),
            ChannelNews::Rejected => say.channel_rejected(name),
            ChannelNews::Failing => say.channel_failing(name),
        },
        Event::Damage { entry, .. } => say.audit_damaged(entry),
        Event::Digest { day, overdue, today, later, unread } => {
            say.digest(date::full(lang, *day), overdue, today, later, unread)
        }
        Event::Confirm { .. } => say.confirm().to_owned(),
        Event::Test { .. } => say.test().to_owned(),
    }
}

/// The page that shows the thing, within the site.
pub fn path(event: &Event) -> String {
    match event {
        Event::Alert { alert, .. } | Event::Improvement { alert, .. } => format!("/alerts/{alert}"),
        Event::Close { month, .. } => format!("/closes/{month}"),
        Event::Plan { code, .. } => format!("/plans/{code}"),
        Event::Judgement { member, metric, .. } => format!("/forecast/people/{member}?m={}", metric.code()),
        Event::Import { import, .. } => format!("/imports/{import}"),
        Event::Accounts { .. } => "/settings/people".to_owned(),
        Event::Channel { .. } => "/settings/notifications".to_owned(),
        Event::Damage { .. } => "/audit".to_owned(),
        Event::Digest { .. } => "/inbox".to_owned(),
        Event::Confirm { .. } => "/me".to_owned(),
        Event::Test { .. } => "/".to_owned(),
    }
}

fn named(lang: Lang, month: Month) -> String {
    date::month(lang, month.year(), month.number())
}

fn day(due: Option<Date>) -> String {
    due.map_or_else(|| "—".to_owned(), |due| due.to_string())
}

fn light(lang: Lang, level: Level) -> &'static str {
    match level {
        Level::Yellow => lang.states().yellow(),
        Level::Red => lang.states().red(),
    }
}

/// Why a message was not delivered.
pub fn reason(lang: Lang, reason: &Reason) -> String {
    let say = lang.notifications();
    match reason {
        Reason::NotAllowed(host) => say.reason_not_allowed(host),
        Reason::NotPublic(host) => say.reason_not_public(host),
        Reason::Unreachable(detail) => say.reason_unreachable(detail),
        Reason::Limited(detail) => say.reason_limited(detail),
        Reason::Refused(detail) => say.reason_refused(detail),
        Reason::Unknown(detail) => say.reason_unknown(detail),
        Reason::Secret => say.reason_secret().to_owned(),
        Reason::NoAddress => say.reason_no_address().to_owned(),
        Reason::Off => say.reason_off().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_alert_is_one_alert() {
        let month = Month::new(2026, 10).unwrap_or_else(|| unreachable!("October"));
        let event = |red, yellow| Event::Close { step: CloseNews::Closed, month, red, yellow, version: 3 };
        let told = [(1, 18), (2, 1), (0, 0)].map(|(red, yellow)| said(Lang::En, &event(red, yellow)));
        assert_eq!(
            told,
            [
                "Oct 2026 was closed: 1 red alert and 18 yellow alerts",
                "Oct 2026 was closed: 2 red alerts and 1 yellow alert",
                "Oct 2026 was closed: 0 red alerts and 0 yellow alerts",
            ]
        );
        assert_eq!(said(Lang::Zh, &event(1, 18)), "2026年10月已结账：红灯 1 个，黄灯 18 个");
    }
}
