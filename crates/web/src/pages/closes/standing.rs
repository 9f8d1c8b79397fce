//! What a month waits for, or what its close brought, in a sentence.

use dacheng_app::tracking::month_case::{EventStep, MonthCase};
use dacheng_domain::access::{Action, Right};
use dacheng_domain::tracking::close::CloseState;
use dacheng_text::{Lang, date};
use jiff::civil::Date;

use super::view::named;
use crate::components::{Note, Sentence, Tone};
use crate::http::Desk;

/// The sentence, with the way to the alerts for whoever may see them.
pub fn note(desk: &Desk<'_>, case: &MonthCase) -> Note {
    let (tone, said) = said(desk.lang(), case);
    let sentence = Sentence::from(said);
    let raised = raised(case).is_some_and(|(yellow, red)| yellow + red > 0);
    let may_look = desk.context.may_at_all(desk.organisation(), Action::Alerts, Right::Read).is_ok();
    let link = raised && may_look && case.row.reopening.is_none();
    let to_alerts = desk.lang().closes().to_alerts();
    Note::new(tone, if link { sentence.link(to_alerts, "/alerts") } else { sentence })
}

/// The sentence alone.
pub fn said(lang: Lang, case: &MonthCase) -> (Tone, String) {
    let (say, row) = (lang.closes(), &case.row);
    match row.state {
        CloseState::Open if !row.is_over => (Tone::Info, say.note_running(named(lang, row.month))),
        CloseState::Open => (Tone::Info, say.note_due().to_owned()),
        CloseState::Proposed => (Tone::Info, say.note_proposed().to_owned()),
        CloseState::Reopened => (Tone::Warn, say.note_reopened().to_owned()),
        CloseState::Closed => match row.reopening.as_ref().and(case.events.last()) {
            Some(signed) => (Tone::Warn, say.reopen_waits(&signed.who)),
            None => (Tone::Ok, closed(lang, case)),
        },
    }
}

fn closed(lang: Lang, case: &MonthCase) -> String {
    let say = lang.closes();
    let Some((day, yellow, red)) = last_close(case) else {
        return say.note_closed_unrecorded().to_owned();
    };
    let (yellow, red) = (say.yellow_alerts(yellow), say.red_alerts(red));
    match day {
        None => say.note_closed(yellow, red),
        Some(day) => say.note_closed_history(date::full(lang, day), yellow, red),
    }
}

/// The yellow and the red alerts that the close raised; `None` where the month is not closed, or nobody recorded it.
pub fn raised(case: &MonthCase) -> Option<(u64, u64)> {
    let last = last_close(case).filter(|_| case.row.state == CloseState::Closed);
    last.map(|(_, yellow, red)| (yellow, red))
}

/// The newest close: the day it is recorded on where it came with imported history, and the yellow and red alerts it raised.
fn last_close(case: &MonthCase) -> Option<(Option<Date>, u64, u64)> {
    case.events.iter().rev().find_map(|event| match event.step {
        EventStep::Closed(yellow, red) => Some((None, yellow, red)),
        EventStep::ClosedHistory(Some(day), yellow, red) => Some((Some(day), yellow, red)),
        EventStep::ClosedHistory(None, ..)
        | EventStep::Proposed
        | EventStep::SentBack
        | EventStep::SignedReopening
        | EventStep::Reopened => None,
    })
}
