//! When the morning mail with what waits is due.

use jiff::civil::{Date, DateTime, Time, Weekday, time};

use crate::calendar::Calendar;

/// 08:30 in the company's zone.
pub const DIGEST_AT: Time = time(8, 30, 0, 0);

/// The morning whose digest is due at a local time: a working day, from 08:30 on. Where the calendar of the year is
/// missing, Monday to Friday.
pub fn digest_due(now: DateTime, calendar: &Calendar) -> Option<Date> {
    let day = now.date();
    let works = match calendar.year_basis(day.year()) {
        Some(_) => calendar.is_working_day(day),
        None => !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday),
    };
    (works && now.time() >= DIGEST_AT).then_some(day)
}
