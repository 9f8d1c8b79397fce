//! When a message that could not be sent is tried again.

use jiff::SignedDuration;

/// The waits after each failure, in minutes: 1 m, 5 m, 30 m, 2 h, 6 h.
const WAITS: [i64; 5] = [1, 5, 30, 120, 360];

/// How long to wait after so many failed attempts; `None` where it is given up and becomes a dead letter.
///
/// ```
/// use dacheng_domain::notification::next_attempt;
/// use jiff::SignedDuration;
/// assert_eq!(next_attempt(1), Some(SignedDuration::from_mins(1)));
/// assert_eq!(next_attempt(5), Some(SignedDuration::from_hours(6)));
/// assert_eq!(next_attempt(6), None);
/// ```
pub fn next_attempt(failures: u32) -> Option<SignedDuration> {
    let place = usize::try_from(failures).ok()?.checked_sub(1)?;
    WAITS.get(place).copied().map(SignedDuration::from_mins)
}
