//! Who is there to sell: the average headcount of some days, and how long people have been with the company.

use jiff::civil::Date;

use crate::Ratio;
use crate::facts::credit::WHOLE;
use crate::people::{Presence, Span};

/// The average headcount over days: Σ share × days in post ÷ days (`domain.md` §2, 人均产能). `presences` are those of the
/// people who sell; days of theirs outside of the span do not count. `None` for a span without an end on either side.
///
/// ```
/// use dacheng_domain::Ratio;
/// use dacheng_domain::people::{MemberId, Presence, Share, Span, UnitId};
/// use dacheng_domain::planning::history::average_headcount;
/// use jiff::civil::date;
/// let span = |from, to| Span::new(Some(from), Some(to)).unwrap();
/// let april = span(date(2026, 4, 1), date(2026, 5, 1));
/// let since = |day| Presence { member: MemberId(1), unit: UnitId(1), share: Share::FULL, span: Span::since(day) };
/// let found = average_headcount(&[since(date(2025, 1, 1)), since(date(2026, 4, 16))], april);
/// assert_eq!(found, Ratio::new(3, 2));
/// ```
pub fn average_headcount(presences: &[Presence], days: Span) -> Option<Ratio> {
    let all = length(days)?;
    let present: i128 = presences
        .iter()
        .filter_map(|presence| {
            let days = length(presence.span.intersect(days)?)?;
            Some(i128::from(presence.share.parts()) * i128::from(days))
        })
        .sum();
    Ratio::new(present, i128::from(WHOLE) * i128::from(all))
}

fn length(span: Span) -> Option<i32> {
    let (from, to) = (span.from()?, span.to()?);
    from.until(to).ok().map(|days| days.get_days())
}

/// Whole months from the day of hire to a day: the month is full on the same day of a later month, or on its last where it
/// has no such day. 0 before the first is full.
///
/// ```
/// use dacheng_domain::planning::history::months_of_service;
/// use jiff::civil::date;
/// assert_eq!(months_of_service(date(2026, 1, 31), date(2026, 2, 28)), 1);
/// assert_eq!(months_of_service(date(2024, 11, 24), date(2026, 11, 23)), 23);
/// ```
pub fn months_of_service(hired: Date, on: Date) -> u32 {
    let apart = (i32::from(on.year()) - i32::from(hired.year())) * 12 + i32::from(on.month())
        - i32::from(hired.month());
    let full = on.day() >= hired.day() || on == on.last_of_month();
    u32::try_from(apart - i32::from(!full)).unwrap_or(0)
}

/// How long somebody has been with the company.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ServiceBand {
    /// Less than 3 months: the ramp.
    Newcomer,
    /// 3 to 11 months.
    FirstYear,
    /// 12 to 35 months.
    ThreeYears,
    /// 36 months and more.
    Longer,
}

impl ServiceBand {
    /// Every band, the shortest service first.
    pub const ALL: [Self; 4] = [Self::Newcomer, Self::FirstYear, Self::ThreeYears, Self::Longer];

    /// The band of some months of service.
    pub const fn of(months: u32) -> Self {
        match months {
            0..3 => Self::Newcomer,
            3..12 => Self::FirstYear,
            12..36 => Self::ThreeYears,
            36.. => Self::Longer,
        }
    }

    /// Its name in files and JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Newcomer => "0-2",
            Self::FirstYear => "3-11",
            Self::ThreeYears => "12-35",
            Self::Longer => "36+",
        }
    }
}
