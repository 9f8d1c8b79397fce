//! The clock as a value: the only place that asks the system for the time.

use std::path::Path;
#[cfg(feature = "test-clock")]
use std::path::PathBuf;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// Where the time comes from.
#[derive(Debug, Clone)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// One fixed moment: the demo company's date, and tests.
    Fixed(Timestamp),
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

    /// Now, in whole milliseconds: what both databases keep.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the system's clock")]
    pub fn now(&self) -> Timestamp {
        let now = match self {
            Self::System => Timestamp::now(),
            Self::Fixed(moment) => *moment,
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
