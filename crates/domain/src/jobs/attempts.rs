//! When a failed attempt is repeated, and when no more.

use jiff::SignedDuration;

/// What follows a failed attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Another one, after so long.
    Again(SignedDuration),
    /// Nothing: somebody has to look.
    GiveUp,
}

/// Waits after the first, the second … failed attempt: soon at first, for what mends itself; then seldom, so that
/// whatever is overloaded is left alone.
const WAITS: [SignedDuration; 4] = [
    SignedDuration::from_mins(1),
    SignedDuration::from_mins(5),
    SignedDuration::from_mins(30),
    SignedDuration::from_hours(2),
];

/// Attempts of a job.
pub const MOST_ATTEMPTS: usize = WAITS.len() + 1;

/// What follows when that many attempts have failed.
///
/// ```
/// use dacheng_domain::jobs::{Next, after};
/// use jiff::SignedDuration;
/// assert_eq!(after(1), Next::Again(SignedDuration::from_mins(1)));
/// assert_eq!(after(5), Next::GiveUp);
/// ```
pub fn after(attempts: usize) -> Next {
    let wait = attempts.checked_sub(1).map_or(WAITS.first(), |place| WAITS.get(place));
    wait.map_or(Next::GiveUp, |wait| Next::Again(*wait))
}
