//! When a value may be entered by hand, and by when it is due.

use super::interned::Own;
use crate::calendar::{Calendar, Deadline, Month};

/// What months are like where a value is entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Months {
    /// The running one.
    pub running: Month,
    /// The last that was ever closed.
    pub closed: Option<Month>,
}

/// Why no value can be entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CannotEnter {
    /// It is computed from facts.
    Computed,
    /// It is retired in that month.
    Retired,
    /// The month, or a later one, was closed: what was entered by then stays. What is missing can still be entered.
    Closed(Month),
    /// The month has not begun.
    Ahead,
}

/// Finished months that are asked for where a value is missing, at most.
pub const ASKED_BACK: i32 = 3;

impl Own {
    /// Whether a missing value of a month may be entered.
    ///
    /// # Errors
    /// Where it may not.
    pub fn enter(self, month: Month, months: Months) -> Result<(), CannotEnter> {
        if !self.kind().is_entered() {
            return Err(CannotEnter::Computed);
        }
        if month > months.running {
            return Err(CannotEnter::Ahead);
        }
        if self.is_retired(month) { Err(CannotEnter::Retired) } else { Ok(()) }
    }

    /// Whether a value of a month that was entered may be changed or taken back.
    ///
    /// # Errors
    /// Where it may not: it stays once its month was closed.
    pub fn revise(self, month: Month, months: Months) -> Result<(), CannotEnter> {
        match months.closed.filter(|closed| month <= *closed) {
            Some(_) => Err(CannotEnter::Closed(month)),
            None => self.enter(month, months),
        }
    }

    /// The finished months whose values are asked for: since it was defined, three at most.
    pub fn asked(self, months: Months) -> impl Iterator<Item = Month> {
        let defined = self.versions().first().map_or(months.running, |first| first.valid_from);
        let finished = (1..=ASKED_BACK).rev().map(move |back| months.running.plus(-back));
        finished.filter(move |month| *month >= defined && self.enter(*month, months).is_ok())
    }

    /// By when the values of a month are due; `None` where nobody enters them.
    pub fn due(self, month: Month, calendar: &Calendar) -> Option<Deadline> {
        let entering = self.entering(month)?;
        Some(calendar.due(month.last_day(), entering.due_day.into()))
    }
}
