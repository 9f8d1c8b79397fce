//! Support that somebody promised in a letter (支持资源): what, how often, by whom and until when; and how much of it came.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Who promised.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Promiser {
    /// A department, by the role of those who work for it: `marketing`.
    Department(String),
    /// A member, by code.
    Member(String),
}

/// A promise: 市场部 3 场线下推广, 产品培训 2 次.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Promise {
    /// Its number in the letter, from 1; the same in every version, so that what was delivered stays with it.
    pub number: u32,
    /// What is promised: 线下推广.
    pub what: String,
    /// How often; at least once.
    pub times: u32,
    /// What it is counted in: 场.
    pub unit: String,
    /// By whom.
    pub by: Promiser,
    /// Until the end of which day.
    pub due: Date,
}

/// How a promise stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Not all of it came yet, and there is time.
    Open,
    /// Its day has passed and not all of it came.
    Overdue,
    /// All of it came.
    Kept,
}

/// How a promise stands on a day after so many deliveries: two of three is open, not nearly done (`domain.md` §4).
///
/// ```
/// use dacheng_domain::allocation::letter::{Promise, Promiser, Standing, standing};
/// use jiff::civil::date;
/// let by = Promiser::Department("marketing".to_owned());
/// let what = "线下推广".to_owned();
/// let three = Promise { number: 1, what, times: 3, unit: "场".to_owned(), by, due: date(2026, 9, 30) };
/// assert_eq!(standing(&three, 2, date(2026, 9, 30)), Standing::Open);
/// assert_eq!(standing(&three, 2, date(2026, 10, 1)), Standing::Overdue);
/// assert_eq!(standing(&three, 3, date(2026, 10, 1)), Standing::Kept);
/// ```
pub fn standing(promise: &Promise, delivered: u32, today: Date) -> Standing {
    if delivered >= promise.times {
        Standing::Kept
    } else if promise.due < today {
        Standing::Overdue
    } else {
        Standing::Open
    }
}
