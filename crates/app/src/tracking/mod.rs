//! Step 3: closing months, alerts on closed months, improvement plans. The rules themselves are `domain::tracking`.
//!
//! - [`close`] takes the steps of a close, [`closes`] lists the months.
//! - [`month_case`] is one month with what its close is decided by, [`preview`] what closing it would do.
//! - [`alerts`] lists alerts and shows the case of one; [`rules`] keeps the alert rules.
//! - [`statements`] keeps what people say a running period will come to.
//! - [`improvement`] takes the steps of an improvement plan.

pub mod alerts;
mod booking;
pub mod close;
pub mod closes;
pub mod improvement;
mod judging;
pub mod month_case;
mod owners;
mod persons;
pub mod preview;
pub mod rules;
pub mod statements;

use dacheng_domain::calendar::Month;

pub use judging::Outcome;
pub use owners::OwnerKey;

use crate::{Error, Result};

/// A month as the database keeps it: year × 100 + month.
pub(crate) fn number(month: Month) -> i64 {
    i64::from(month.year()) * 100 + i64::from(month.number())
}

/// The month the database keeps as this number.
pub(crate) fn month_of(number: i64) -> Result<Month> {
    let parts = i16::try_from(number / 100).ok().zip(i8::try_from(number % 100).ok());
    let month = parts.and_then(|(year, month)| Month::new(year, month));
    month.ok_or_else(|| Error::Internal(format!("stored month {number}")))
}
