//! How a deadline looks: what is left in working days first, then the date (`ux.md` §3.11).
//! Counting working days is `domain`'s calendar.

use dacheng_domain::calendar::{Calendar, Deadline, TimeLeft};
use jiff::civil::Date;

use crate::Lang;
use crate::date::short;

/// Where a deadline stands today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Countdown {
    /// Ends at 24:00 of `due`, with so many working days left after today.
    Left {
        /// Working days after today up to and including the day it is due.
        days: u32,
        /// The day at whose 24:00 it ends.
        due: Date,
    },
    /// Ends today at 24:00.
    Today {
        /// Today.
        due: Date,
    },
    /// Ended so many working days ago.
    Overdue {
        /// Working days since `due`, at least 0.
        days: u32,
        /// The day at whose 24:00 it ended.
        due: Date,
    },
    /// The calendar of that year is not imported yet, so that there is no date (`domain.md` §1).
    Pending {
        /// The missing calendar year.
        year: i16,
    },
}

/// The three looks of a deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Urgency {
    /// More than one working day left.
    Fine,
    /// One working day or less.
    Soon,
    /// Overdue.
    Late,
}

impl Countdown {
    /// Where a deadline stands on `today`.
    ///
    /// ```
    /// use dacheng_domain::calendar::Calendar;
    /// use dacheng_text::{Lang, countdown::Countdown};
    /// use jiff::civil::date;
    /// let calendar = Calendar::shipped();
    /// let due = calendar.due(date(2026, 11, 19), 3);
    /// let shown = Countdown::of(due, &calendar, date(2026, 11, 23));
    /// assert_eq!(shown.said(Lang::Zh), "剩 1 个工作日 · 11-24 24:00 截止");
    /// ```
    pub fn of(deadline: Deadline, calendar: &Calendar, today: Date) -> Self {
        match (deadline, deadline.time_left(calendar, today)) {
            (Deadline::Pending(pending), _) => Self::Pending { year: pending.year },
            (Deadline::Due(due), Some(TimeLeft::Overdue(days))) => Self::Overdue { days, due },
            (Deadline::Due(due), _) if due == today => Self::Today { due },
            (Deadline::Due(due), Some(TimeLeft::Left(days))) => Self::Left { days, due },
            (Deadline::Due(due), None) => Self::Today { due },
        }
    }

    /// Which of the three looks it takes.
    pub const fn urgency(self) -> Urgency {
        match self {
            Self::Left { days: 0 | 1, .. } | Self::Today { .. } => Urgency::Soon,
            Self::Left { .. } | Self::Pending { .. } => Urgency::Fine,
            Self::Overdue { .. } => Urgency::Late,
        }
    }

    /// What is left: `剩 1 个工作日`, `已逾期 2 个工作日`, `今天截止`.
    pub fn left(self, lang: Lang) -> String {
        let say = lang.countdown();
        match self {
            Self::Left { days, .. } => say.left(days),
            Self::Today { .. } => say.today().to_owned(),
            Self::Overdue { days: 0, .. } => say.just_overdue().to_owned(),
            Self::Overdue { days, .. } => say.overdue(days),
            Self::Pending { year } => say.pending(year),
        }
    }

    /// When: `11-24 24:00 截止`; empty while the calendar is missing.
    pub fn due(self, lang: Lang) -> String {
        match self {
            Self::Left { due, .. } | Self::Today { due } | Self::Overdue { due, .. } => {
                lang.countdown().due(short(due))
            }
            Self::Pending { .. } => String::new(),
        }
    }

    /// Both together.
    ///
    /// ```
    /// use dacheng_text::{Lang, countdown::Countdown};
    /// use jiff::civil::date;
    /// let deadline = Countdown::Left { days: 1, due: date(2026, 11, 24) };
    /// assert_eq!(deadline.said(Lang::Zh), "剩 1 个工作日 · 11-24 24:00 截止");
    /// assert_eq!(deadline.said(Lang::En), "1 working day left · due 11-24 24:00");
    /// ```
    pub fn said(self, lang: Lang) -> String {
        let (left, due) = (self.left(lang), self.due(lang));
        if due.is_empty() { left } else { format!("{left} · {due}") }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_deadline_has_three_looks() {
        let due = date(2026, 11, 24);
        assert_eq!(Countdown::Left { days: 2, due }.urgency(), Urgency::Fine);
        assert_eq!(Countdown::Left { days: 1, due }.urgency(), Urgency::Soon);
        assert_eq!(Countdown::Today { due }.urgency(), Urgency::Soon);
        assert_eq!(Countdown::Overdue { days: 2, due }.urgency(), Urgency::Late);
    }

    #[test]
    fn an_overdue_deadline_says_since_when() {
        let late = Countdown::Overdue { days: 2, due: date(2026, 11, 19) };
        assert_eq!(late.said(Lang::Zh), "已逾期 2 个工作日 · 11-19 24:00 截止");
        assert_eq!(Countdown::Overdue { days: 0, due: date(2026, 11, 21) }.left(Lang::Zh), "已逾期");
    }

    #[test]
    fn a_missing_calendar_leaves_the_deadline_pending() {
        assert_eq!(Countdown::Pending { year: 2027 }.said(Lang::Zh), "待定（2027 年日历未导入）");
    }
}
