//! What it will come to: a monthly series of whole minor units continued, with a band and the chance of reaching any
//! number. No SQL, no clock, no business word; the same series always has the same forecast.
//!
//! A [`Series`] is a history by month with the working days of each. [`Past`] forecasts every month of it from the
//! months before (a rolling-origin back-test); the errors of that are the only source of bands and chances (split
//! conformal), so that nothing rests on an assumed distribution. A [`Question`] asks for the sum of some months ahead;
//! its errors are those of sums over as many months, never sums of quantiles. Floating point stays inside: amounts come
//! and go in whole minor units, chances in ten-thousandths.

mod answer;
mod chance;
mod choice;
mod days;
mod distribution;
mod flags;
mod inside;
mod method;
mod number;
mod past;
mod question;
mod record;
mod scale;
mod series;
mod table;

pub use answer::{Band, Forecast, TooShort};
pub use chance::Chance;
pub use choice::{Chosen, Errors, Why};
pub use days::Days;
pub use flags::{Flag, Side};
pub use inside::{Falls, Inside};
pub use method::Method;
pub use past::Past;
pub use question::Question;
pub use record::Record;
pub use series::{History, Series};

/// The fewest past errors a band is made of. With nine the band's ends are the smallest and the largest of them;
/// with fewer they lie a little outside.
pub const LEAST_ERRORS: usize = 6;

/// How many months ahead a series is continued: the running month, the rest of its year and the year after.
pub const HORIZON: usize = 26;
