//! A history by month as it comes in, and as it is reckoned with.

use dacheng_domain::calendar::Month;

use crate::HORIZON;
use crate::days::Days;
use crate::inside::Inside;
use crate::number::real;

/// What is known of a measure, in minor units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History {
    /// The first month.
    pub first: Month,
    /// The sum of each complete month, from the first; 0 where nothing was booked.
    pub amounts: Vec<i64>,
    /// The month after the last complete one, where part of it is booked.
    pub inside: Option<Inside>,
    /// Whether the first month with anything began in its second half: it is no month to compare with.
    pub began_late: bool,
}

/// A history from its first whole month, with the working days of each month and of those to come.
#[derive(Debug, Clone)]
pub struct Series {
    pub(crate) first: Month,
    pub(crate) amounts: Vec<i64>,
    /// Of every month of the history and of [`HORIZON`] more.
    pub(crate) days: Vec<f64>,
    pub(crate) inside: Option<Inside>,
    pub(crate) left_out: Option<Month>,
}

impl Series {
    /// Months before anything was booked are no part of a history; a first month that began late is left out, and
    /// told as a flag.
    pub fn new(history: History, days: &Days) -> Self {
        let History { first, amounts, inside, began_late } = history;
        let empty = amounts.iter().take_while(|amount| **amount == 0).count();
        let begun = began_late && empty < amounts.len();
        let skipped = empty + usize::from(begun);
        let at = |place: usize| first.plus(i32::try_from(place).unwrap_or(i32::MAX));
        let amounts: Vec<i64> = amounts.into_iter().skip(skipped).collect();
        let own = at(skipped);
        let all = (0..amounts.len() + HORIZON)
            .map(|place| days.of(own.plus(i32::try_from(place).unwrap_or(i32::MAX))));
        Self {
            days: all.collect(),
            inside: inside.map(|inside| inside.without(skipped)),
            left_out: begun.then(|| at(empty)),
            first: own,
            amounts,
        }
    }

    /// How many complete months there are.
    pub fn len(&self) -> usize {
        self.amounts.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.amounts.is_empty()
    }

    /// The first month.
    pub fn first(&self) -> Month {
        self.first
    }

    /// The first month that is not complete: what is running or comes.
    pub fn next(&self) -> Month {
        self.month(self.len())
    }

    /// The months with what was booked in each.
    pub fn months(&self) -> impl Iterator<Item = (Month, i64)> {
        self.amounts.iter().enumerate().map(|(place, amount)| (self.month(place), *amount))
    }

    pub(crate) fn month(&self, place: usize) -> Month {
        self.first.plus(i32::try_from(place).unwrap_or(i32::MAX))
    }

    /// What was booked on each working day, on average.
    pub(crate) fn rates(&self) -> Vec<f64> {
        self.amounts.iter().zip(&self.days).map(|(amount, days)| real(*amount) / days).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dacheng_domain::calendar::Calendar;

    fn series(amounts: &[i64], began_late: bool) -> Series {
        let first = Month::new(2024, 1).unwrap();
        let history = History { first, amounts: amounts.to_vec(), inside: None, began_late };
        Series::new(history, &Days::new(Calendar::shipped(), 2026))
    }

    #[test]
    fn a_history_begins_with_its_first_whole_month() {
        let own = series(&[0, 0, 7, 0, 9], false);
        assert_eq!((own.first().to_string(), own.len(), own.left_out), ("2024-03".into(), 3, None));
        let late = series(&[0, 0, 7, 0, 9], true);
        assert_eq!((late.first().to_string(), late.len()), ("2024-04".into(), 2));
        assert_eq!(late.left_out, Month::new(2024, 3));
        assert_eq!(late.next().to_string(), "2024-06");
        assert!(series(&[0, 0], true).is_empty());
    }

    #[test]
    fn every_month_to_come_has_its_days() {
        let own = series(&[1; 36], false);
        assert_eq!(own.days.len(), 36 + HORIZON);
        assert!(own.days.iter().all(|days| *days >= 10.0));
    }
}
