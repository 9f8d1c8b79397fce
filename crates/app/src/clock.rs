//! The clock as a value: the only place that asks the system for the time.

use std::path::Path;
#[cfg(feature = "test-clock")]
use std::path::PathBuf;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// Milliseconds from noon to midnight.
const HALF_DAY: i64 = 12 * 60 * 60 * 1000;

/// Where the time comes from.
#[derive(Debug, Clone)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// One fixed moment: commands on a company date, and tests.
    Fixed(Timestamp),
    /// A fixed company date on which time passes: sessions idle and waits end. The hour goes from noon to midnight
    /// and begins again, so that it is always after what was made at noon.
    Afternoon(Timestamp),
    /// A file that holds the time, for acceptance tests; built only with the feature `test-clock`.
    #[cfg(feature = "test-clock")]
    File(PathBuf),
}

impl Clock {
    /// The clock file of `DACHENG_CLOCK_FILE` where this build has one and the variable is set; else the system's.
    #[cfg_attr(not(feature = "test-clock"), allow(unused_variables))]
    pub fn of(file: Option<&Path>) -> Self {
        #[cfg(feature = "test-clock")]
        if let Some(file) = file {
            return Self::File(file.to_owned());
        }
        Self::System
    }

    /// Noon of a company date, for a fixed company date.
    pub fn at_noon(date: Date, zone: &TimeZone) -> Option<Self> {
        zone.to_timestamp(date.at(12, 0, 0, 0)).ok().map(Self::Fixed)
    }

    /// This clock where a server runs on it: on a fixed date time passes.
    #[must_use]
    pub fn running(self) -> Self {
        match self {
            Self::Fixed(noon) => Self::Afternoon(noon),
            #[cfg(feature = "test-clock")]
            Self::File(_) => self,
            Self::System | Self::Afternoon(_) => self,
        }
    }

    /// Now, in whole milliseconds: what both databases keep.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the system's clock")]
    pub fn now(&self) -> Timestamp {
        let now = match self {
            Self::System => Timestamp::now(),
            Self::Fixed(moment) => *moment,
            Self::Afternoon(noon) => {
                let passed = Timestamp::now().as_millisecond().rem_euclid(HALF_DAY);
                noon.saturating_add(SignedDuration::from_millis(passed)).unwrap_or(*noon)
            }
            #[cfg(feature = "test-clock")]
            Self::File(path) => read(path).unwrap_or_else(Timestamp::now),
        };
        Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now)
    }

    /// The company's date now.
    pub fn today(&self, zone: &TimeZone) -> Date {
        zone.to_datetime(self.now()).date()
    }

    /// This clock moved on; a system clock cannot be moved.
    #[must_use]
    pub fn advanced(&self, by: SignedDuration) -> Self {
        match self {
            Self::Fixed(moment) => Self::Fixed(moment.saturating_add(by).unwrap_or(*moment)),
            Self::Afternoon(noon) => Self::Afternoon(noon.saturating_add(by).unwrap_or(*noon)),
            #[cfg(feature = "test-clock")]
            Self::File(_) => self.clone(),
            Self::System => self.clone(),
        }
    }
}

#[cfg(feature = "test-clock")]
fn read(path: &std::path::Path) -> Option<Timestamp> {
    std::fs::read_to_string(path).ok()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_server_on_a_fixed_date_stays_on_it_after_noon() {
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        let noon = Clock::at_noon(date(2026, 11, 23), &zone).unwrap();
        let running = noon.clone().running();
        assert!(running.now() >= noon.now());
        assert_eq!(running.today(&zone), date(2026, 11, 23));
    }
}
