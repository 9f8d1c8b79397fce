//! The way of a month's close so far, and what is waited for, as a timeline.

use dacheng_app::tracking::month_case::{Event, EventStep, MonthCase};
use dacheng_domain::tracking::close::CloseState;
use dacheng_text::date;
use jiff::Timestamp;

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
    let (lang, who, zone) = (desk.lang(), &event.who, &desk.app.zone);
    let say = lang.closes();
    let (stage, text) = match event.step {
        EventStep::Proposed => (Stage::Done, say.did_propose(who)),
        EventStep::SentBack => (Stage::Refused, say.did_send_back(who)),
        EventStep::Closed(yellow, red) => (Stage::Done, say.did_close(who, red, yellow)),
        EventStep::ClosedHistory => (Stage::Done, say.did_close_history().to_owned()),
        EventStep::SignedReopening => (Stage::Done, say.did_sign(who)),
        EventStep::Reopened => (Stage::Refused, say.did_reopen(who)),
    };
    let at = Timestamp::from_millisecond(event.at).unwrap_or_default();
    let at = date::moment(lang, zone.to_datetime(at), zone.to_datetime(desk.context.now));
    let detail = match &event.reason {
        Some(reason) => format!("{at} · {reason}"),
        None => at,
    };
    Moment { stage, text: text.into(), detail }
}
