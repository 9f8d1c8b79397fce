//! How much of a full target a newcomer carries, by month of service.

use jiff::civil::Date;

use crate::calendar::Month;

/// Per cent of a full target in service month 1, 2, 3…; the last holds for all later months (setting).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ramp(Vec<u8>);

/// A ramp without a month, or with more than 100 %.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a ramp has at least one month and no more than 100 % in any")]
pub struct NotARamp;

impl Ramp {
    /// A company's own ramp.
    pub fn new(percents: Vec<u8>) -> Result<Self, NotARamp> {
        let is_valid = !percents.is_empty() && percents.iter().all(|&percent| percent <= 100);
        if is_valid { Ok(Self(percents)) } else { Err(NotARamp) }
    }

    /// Per cent of a full target that someone hired on a day carries in a month; 0 before their first.
    ///
    /// ```
    /// use dacheng_domain::allocation::method::Ramp;
    /// use jiff::civil::date;
    /// let months = ["2026-03", "2026-04", "2026-05", "2026-06", "2026-07"].map(|month| month.parse().unwrap());
    /// let ramp = Ramp::default();
    /// assert_eq!(months.map(|month| ramp.percent(date(2026, 3, 16), month)), [0, 0, 50, 75, 100]);
    /// assert_eq!(months.map(|month| ramp.percent(date(2026, 3, 15), month)), [0, 50, 75, 100, 100]);
    /// ```
    pub fn percent(&self, hired: Date, month: Month) -> u8 {
        let Some(before) = service_month(hired, month).and_then(|service| service.checked_sub(1)) else {
            return 0;
        };
        let place = usize::try_from(before).unwrap_or(usize::MAX).min(self.0.len() - 1);
        self.0.get(place).copied().unwrap_or(0)
    }
}

impl Default for Ramp {
    /// 0, 50, 75, 100 % (`domain.md` §4).
    fn default() -> Self {
        Self(vec![0, 50, 75, 100])
    }
}

/// Which month of service a month is, from 1; `None` before the first. Hired after the 15th, service month 1 is
/// the next month (`domain.md` §4).
pub fn service_month(hired: Date, month: Month) -> Option<u32> {
    let late = i32::from(hired.day() > 15);
    let first = Month::of(hired).plus(late);
    u32::try_from(month.months_since(first) + 1).ok().filter(|&service| service > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn service_begins_in_the_month_of_hiring_or_the_next() {
        let month = |text: &str| text.parse::<Month>().unwrap();
        assert_eq!(service_month(date(2026, 12, 15), month("2026-12")), Some(1));
        assert_eq!(service_month(date(2026, 12, 16), month("2026-12")), None);
        assert_eq!(service_month(date(2026, 12, 31), month("2027-01")), Some(1));
        assert_eq!(service_month(date(2020, 1, 1), month("2026-01")), Some(73));
        assert_eq!(service_month(date(2026, 2, 1), month("2026-01")), None);
    }

    #[test]
    fn a_ramp_has_months_and_no_more_than_everything() {
        assert_eq!(Ramp::new(vec![]), Err(NotARamp));
        assert_eq!(Ramp::new(vec![50, 101]), Err(NotARamp));
        let at_once = Ramp::new(vec![100]).unwrap();
        assert_eq!(at_once.percent(date(2026, 1, 1), Month::new(2026, 1).unwrap()), 100);
    }
}
