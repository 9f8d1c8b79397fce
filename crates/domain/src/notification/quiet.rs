//! The hours in which nobody is disturbed. A message of the night waits for their end; nothing is urgent enough.

use jiff::Timestamp;
use jiff::civil::{Time, time};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

/// From a time to a time in the company's zone, over midnight where the first is later. Equal ones are none at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuietHours {
    /// The first moment of quiet.
    pub from: Time,
    /// The first moment after it.
    pub until: Time,
}

impl Default for QuietHours {
    /// 21:00 to 08:00.
    fn default() -> Self {
        Self { from: time(21, 0, 0, 0), until: time(8, 0, 0, 0) }
    }
}

impl QuietHours {
    /// No quiet at all.
    pub const NONE: Self = Self { from: Time::MIN, until: Time::MIN };

    /// Whether it is quiet at a time of day.
    pub fn contains(self, at: Time) -> bool {
        if self.from <= self.until {
            self.from <= at && at < self.until
        } else {
            at >= self.from || at < self.until
        }
    }

    /// The first moment from `at` on that is not quiet.
    ///
    /// ```
    /// use dacheng_domain::notification::QuietHours;
    /// use jiff::{Timestamp, tz::{TimeZone, offset}};
    /// let shanghai = TimeZone::fixed(offset(8));
    /// let at = |text: &str| text.parse::<Timestamp>().unwrap();
    /// let night = QuietHours::default();
    /// assert_eq!(night.end(at("2026-11-23T23:10:00+08"), &shanghai), at("2026-11-24T08:00:00+08"));
    /// assert_eq!(night.end(at("2026-11-24T05:00:00+08"), &shanghai), at("2026-11-24T08:00:00+08"));
    /// assert_eq!(night.end(at("2026-11-24T08:00:00+08"), &shanghai), at("2026-11-24T08:00:00+08"));
    /// ```
    pub fn end(self, at: Timestamp, zone: &TimeZone) -> Timestamp {
        let local = zone.to_datetime(at);
        if !self.contains(local.time()) {
            return at;
        }
        let ends_today = local.time() < self.until;
        let day = if ends_today { Ok(local.date()) } else { local.date().tomorrow() };
        let end = day.ok().and_then(|day| zone.to_timestamp(day.to_datetime(self.until)).ok());
        // Where a clock is set back, the end may lie before.
        end.unwrap_or(at).max(at)
    }
}
