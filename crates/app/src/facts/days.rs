//! Days as numbers since 1970-01-01, as facts and cells keep them.

use jiff::SignedDuration;
use jiff::civil::{Date, date};

const EPOCH: Date = date(1970, 1, 1);
const HOURS: i64 = 24;

/// The number of a day.
pub fn number(day: Date) -> i32 {
    i32::try_from(day.duration_since(EPOCH).as_hours() / HOURS).unwrap_or_default()
}

/// The day of a number; a number outside the calendar is its nearest end.
pub fn date_of(number: i32) -> Date {
    EPOCH.saturating_add(SignedDuration::from_hours(i64::from(number) * HOURS))
}

/// The month of a day as year × 100 + month, as blocks are kept.
pub fn month_of(day: Date) -> i32 {
    i32::from(day.year()) * 100 + i32::from(day.month())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_days_are_each_others_inverse() {
        for day in [
            date(1, 1, 1),
            date(1969, 12, 31),
            EPOCH,
            date(1996, 7, 4),
            date(2026, 11, 23),
            date(9999, 12, 31),
        ] {
            assert_eq!(date_of(number(day)), day);
        }
        assert_eq!((number(date(1, 1, 1)), number(date(1970, 1, 2))), (-719_162, 1));
    }
}
