//! Periods, working days and deadlines. The clock is not here: dates come in as parameters.
//!
//! - [`Period`] and its parts: fiscal [`Year`], [`Quarter`], [`Month`], ISO [`Week`] and day.
//! - [`Calendar`] knows which days are working days, from [`DayRow`]s: the official list of the
//!   years loaded, then the company's own days.
//! - [`Deadline`] is a date, or waits for a year that is not loaded yet.

mod day_row;
mod deadline;
mod fiscal;
mod month;
mod official;
mod period;
mod week;
mod working_days;

pub use day_row::{DayKind, DayProblem, DayRow, Layer, UnknownKind, day_problems, years_given};
pub use deadline::{Deadline, Pending, TimeLeft};
pub use fiscal::{FiscalStart, NoSuchStart, Quarter, Year};
pub use month::Month;
pub use official::official_days;
pub use period::{NotAPeriod, Period, same_date_last_year};
pub use week::Week;
pub use working_days::{Calendar, YearBasis, YearNotLoaded};

use jiff::civil::Date;

/// The days from `first` through `last`, in order; none where `last` lies before `first`.
pub fn days_through(first: Date, last: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(Some(first), |day| day.tomorrow().ok()).take_while(move |day| *day <= last)
}

/// Number of days from `first` through `last`; 0 where `last` lies before `first`.
pub(crate) fn day_count(first: Date, last: Date) -> u32 {
    let days = first.duration_until(last).as_hours() / 24 + 1;
    u32::try_from(days).unwrap_or(0)
}
