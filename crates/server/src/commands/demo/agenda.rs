//! What is still to happen in the story of the demo company, in the order of time: the audit trail knows no other.

use std::collections::BTreeMap;

use dacheng_app::demo::Stage;
use dacheng_domain::calendar::Month;
use jiff::civil::Date;

use super::improvement::Act;
use super::letters;

/// Hour and minute.
pub type Hour = (i8, i8);

/// Something that happens.
pub enum Event {
    /// Those hired meanwhile get their accounts.
    Accounts,
    /// Overdue plans escalate.
    Escalation,
    /// The sales of a stage come in.
    Sales(Stage),
    /// A month is proposed.
    Proposal(Month),
    /// A month is closed.
    Close(Month),
    /// Everybody has read what they were told.
    Reading,
    /// Somebody acts on an improvement plan.
    Improvement(Act),
    /// Qualitative targets are scored.
    Scores,
    /// Marketing enters the values of a month.
    Values(Month),
    /// Marketing writes a note about the market, by its place.
    Note(usize),
    /// A scenario of the next year is begun.
    NextYear,
    /// Something happens to the responsibility letters.
    Letters(letters::Act),
}

/// The events to come, those of one moment in the order in which they were noted.
#[derive(Default)]
pub struct Agenda {
    events: BTreeMap<(Date, Hour, usize), Event>,
    noted: usize,
}

impl Agenda {
    /// Notes an event.
    pub fn note(&mut self, day: Date, hour: Hour, event: Event) {
        self.events.insert((day, hour, self.noted), event);
        self.noted += 1;
    }

    /// Takes the next event with its moment.
    pub fn next(&mut self) -> Option<(Date, Hour, Event)> {
        self.events.pop_first().map(|((day, hour, _), event)| (day, hour, event))
    }
}
