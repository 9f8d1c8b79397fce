//! The way of a month's close so far, and what is waited for, as a timeline.

use dacheng_app::tracking::month_case::{Event, EventStep, MonthCase};
use dacheng_domain::tracking::close::CloseState;
use dacheng_text::{Lang, date};

use crate::components::{Moment, Stage, Timeline};
use crate::http::Desk;

/// Everything that happened, and the next step.
pub fn timeline(desk: &Desk<'_>, case: &MonthCase) -> Timeline {
    let mut moments: Vec<Moment> = case.events.iter().map(|event| moment(desk, event)).collect();
    let say = desk.lang().closes();
    let row = &case.row;
    let to_come: &[&str] = match row.state {
        CloseState::Open if !row.is_over => &[say.next_over(), say.next_propose(), say.next_close()],
        CloseState::Open | CloseState::Reopened => &[say.next_propose(), say.next_close()],
        CloseState::Proposed => &[say.next_close()],
        CloseState::Closed if row.reopening.is_some() => &[say.next_sign()],
        CloseState::Closed => &[],
    };
    moments.extend(to_come.iter().enumerate().map(|(place, text)| Moment {
        stage: if place == 0 { Stage::Current } else { Stage::Waiting },
        text: (*text).into(),
        detail: String::new(),
    }));
    Timeline { moments }
}

fn moment(desk: &Desk<'_>, event: &Event) -> Moment {
    let (stage, text) = did(desk.lang(), event);
    let at = when(desk, event);
    let detail = match &event.reason {
        Some(reason) => format!("{at} · {reason}"),
        None => at,
    };
    Moment { stage, text: text.into(), detail }
}

/// Who did what, and whether it went on by it.
pub(super) fn did(lang: Lang, event: &Event) -> (Stage, String) {
    let (say, who) = (lang.closes(), &actor(lang, &event.who));
    match event.step {
        EventStep::Proposed => (Stage::Done, say.did_propose(who)),
        EventStep::SentBack => (Stage::Refused, say.did_send_back(who)),
        EventStep::Closed(yellow, red) => {
            (Stage::Done, say.did_close(who, say.red_alerts(red), say.yellow_alerts(yellow)))
        }
        EventStep::ClosedHistory(_, yellow, red) => {
            (Stage::Done, say.did_close_history(who, say.red_alerts(red), say.yellow_alerts(yellow)))
        }
        EventStep::SignedReopening => (Stage::Done, say.did_sign(who)),
        EventStep::Reopened => (Stage::Refused, say.did_reopen(who)),
    }
}

/// When it happened; a month closed with imported history counts from the day it is recorded on.
fn when(desk: &Desk<'_>, event: &Event) -> String {
    if let EventStep::ClosedHistory(Some(day), ..) = event.step {
        return date::full(desk.lang(), day);
    }
    desk.moment(event.at)
}

/// Somebody's name; the command line has no name of a person.
pub(super) fn actor(lang: Lang, name: &str) -> String {
    if name == "operator" { lang.common().operator().to_owned() } else { name.to_owned() }
}
