//! How long an open opportunity may be silent before it counts as lost (`domain.md` §2), by versions from a month on.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::calendar::Month;

/// Days of silence where a company settled nothing: silent through the last of them, lost on the day after.
pub const USUAL_DAYS: u16 = 90;
/// The fewest days that can be settled.
pub const FEWEST_DAYS: u16 = 7;
/// The most days that can be settled.
pub const MOST_DAYS: u16 = 365;

/// How long silence lasts. Which version holds for an opportunity is decided by the month in which it was last heard of, so that
/// a version changes nothing about those of earlier months, and nobody is lost before the version begins.
///
/// ```
/// use dacheng_domain::calendar::Month;
/// use dacheng_domain::facts::silence::Silence;
/// use jiff::civil::date;
/// let silence = Silence::of([(Month::new(2026, 12).unwrap(), 60)]);
/// assert_eq!(silence.lost_on(date(2026, 11, 30)), date(2027, 3, 1));
/// assert_eq!(silence.lost_on(date(2026, 12, 1)), date(2027, 1, 31));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Silence(Vec<(Month, u16)>);

impl Silence {
    /// From versions, each holding from its month on, the earlier first.
    pub fn of(versions: impl IntoIterator<Item = (Month, u16)>) -> Self {
        Self(versions.into_iter().collect())
    }

    /// The days of an opportunity that was last heard of in a month.
    pub fn days(&self, month: Month) -> u16 {
        let own = self.0.iter().rev().find(|(from, _)| *from <= month);
        own.map_or(USUAL_DAYS, |(_, days)| *days)
    }

    /// The day on which an opportunity that was last heard of on a day counts as lost.
    pub fn lost_on(&self, heard: Date) -> Date {
        let days = self.days(Month::of(heard));
        heard.saturating_add((i32::from(days) + 1).days())
    }
}
