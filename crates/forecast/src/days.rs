//! The working days a month is expected to have: what sales are divided by before they are compared, so that a spring
//! festival that moves from February to January does not look like a season.

use std::collections::BTreeMap;

use dacheng_domain::calendar::{Calendar, Month, YearBasis};
use jiff::civil::Date;

use crate::number::{count, mean};

/// Working days of any month, also of years whose official days are not known yet.
///
/// Where a year is not loaded, a month has its Mondays to Fridays less what such a month lost to holidays in the years
/// that are loaded, on average: an estimate, which [`Days::provisional`] tells.
#[derive(Debug, Clone)]
pub struct Days {
    calendar: Calendar,
    /// By month of the year: working days minus Mondays to Fridays, the mean of the official years.
    moved: BTreeMap<i8, f64>,
}

impl Days {
    /// The days of a company's calendar; `around` is a year whose neighbourhood is looked at for official years.
    pub fn new(calendar: Calendar, around: i16) -> Self {
        let years: Vec<i16> = (around.saturating_sub(10)..=around.saturating_add(3))
            .filter(|year| calendar.year_basis(*year) == Some(YearBasis::Official))
            .collect();
        let moved = (1..=12).filter_map(|number| {
            let months = years.iter().filter_map(|year| Month::new(*year, number));
            let moved: Vec<f64> = months.map(|month| worked(&calendar, month) - weekdays(month)).collect();
            Some((number, mean(&moved)?))
        });
        let moved = moved.collect();
        Self { calendar, moved }
    }

    /// How many working days a month has or is expected to have; at least one.
    pub fn of(&self, month: Month) -> f64 {
        let known = self.calendar.year_basis(month.year()).is_some();
        let moved = self.moved.get(&month.number()).copied().filter(|_| !known);
        moved.map_or_else(|| worked(&self.calendar, month), |moved| weekdays(month) + moved).max(1.0)
    }

    /// The first year of some months whose official days are not known: what is said of it is provisional (暂定).
    pub fn provisional(&self, first: Month, last: Month) -> Option<i16> {
        self.calendar.provisional_year(first.first_day(), last.last_day())
    }

    /// The day on which as much of a month had passed as of another through a day, by working days: what was booked
    /// through it is compared with what is booked now. The day before the month where nothing had.
    pub fn same_stage(&self, month: Month, running: Month, through: Date) -> Date {
        let all = self.calendar.working_days(running.first_day(), running.last_day());
        let passed = self.calendar.working_days(running.first_day(), through.min(running.last_day()));
        let own = self.calendar.working_days(month.first_day(), month.last_day());
        // Half up, in whole numbers.
        let wanted = if all == 0 { 0 } else { (passed * own * 2 + all) / (all * 2) };
        if wanted == 0 {
            return month.first_day().yesterday().unwrap_or(Date::MIN);
        }
        if wanted >= own {
            return month.last_day();
        }
        let mut found = month.days().filter(|day| self.calendar.is_working_day(*day));
        found.nth(usize::try_from(wanted - 1).unwrap_or(0)).unwrap_or_else(|| month.last_day())
    }
}

fn worked(calendar: &Calendar, month: Month) -> f64 {
    f64::from(calendar.working_days(month.first_day(), month.last_day()))
}

fn weekdays(month: Month) -> f64 {
    count(month.days().filter(|day| day.weekday().to_monday_zero_offset() < 5).count())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn month(text: &str) -> Month {
        text.parse().unwrap()
    }

    #[test]
    fn a_loaded_month_has_its_own_days() {
        let days = Days::new(Calendar::shipped(), 2026);
        assert_eq!(
            ["2026-01", "2026-02", "2026-10"].map(|text| days.of(month(text)).to_string()),
            ["21", "16", "18"]
        );
        assert_eq!(days.provisional(month("2026-01"), month("2026-12")), None);
        assert_eq!(days.provisional(month("2026-12"), month("2027-01")), Some(2027));
    }

    #[test]
    fn a_month_to_come_loses_what_such_months_lost() {
        let days = Days::new(Calendar::shipped(), 2026);
        // Of Mondays to Fridays, October lost in the three official years, on average:
        let lost = |year: i16| {
            let october = Month::new(year, 10).unwrap();
            weekdays(october) - days.of(october)
        };
        let mean = [2024, 2025, 2026].map(lost).iter().sum::<f64>() / 3.0;
        assert!(mean > 3.0);
        assert!((days.of(month("2027-10")) - (21.0 - mean)).abs() < 1e-9);
    }

    #[test]
    fn the_same_stage_is_by_working_days() {
        let days = Days::new(Calendar::shipped(), 2026);
        let (november, through) = (month("2026-11"), date(2026, 11, 20));
        // 15 of 21 working days have passed. October 2026 has 18: the 13th of them is the 26th.
        assert_eq!(days.same_stage(november, november, through), date(2026, 11, 20));
        let calendar = Calendar::shipped();
        let then = days.same_stage(month("2026-10"), november, through);
        assert_eq!(calendar.working_days(date(2026, 10, 1), then), 13);
        assert!(calendar.is_working_day(then));
        assert_eq!(days.same_stage(month("2026-10"), november, date(2026, 10, 31)), date(2026, 9, 30));
        assert_eq!(days.same_stage(month("2026-10"), november, date(2026, 11, 30)), date(2026, 10, 31));
    }
}
