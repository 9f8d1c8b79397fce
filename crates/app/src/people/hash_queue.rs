//! A few password hashes at a time: each takes 19 MiB and a processor, and strangers ask for them.

pub(super) use crate::turns::Turn;
use crate::turns::Turns;

static QUEUE: Turns = Turns::new(2, 64);

/// Waits for a turn; `None` where too many wait.
pub(super) fn turn() -> Option<Turn> {
    QUEUE.enter()
}
