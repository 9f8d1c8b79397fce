//! A few password hashes at a time: each takes 19 MiB and a processor, and strangers ask for them.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Hashes at once.
const AT_ONCE: usize = 2;
/// Callers that wait for their turn; more are sent away rather than kept hanging.
const WAITING: usize = 64;

/// How many hash and how many wait. One for the whole program: memory and processors are.
static QUEUE: Queue = Queue { state: Mutex::new(State { hashing: 0, waiting: 0 }), freed: Condvar::new() };

struct Queue {
    state: Mutex<State>,
    freed: Condvar,
}

struct State {
    hashing: usize,
    waiting: usize,
}

/// Leave to hash, given back when dropped.
pub(super) struct Turn(&'static Queue);

/// Waits for a turn; `None` where too many wait.
pub(super) fn turn() -> Option<Turn> {
    QUEUE.enter()
}

impl Queue {
    fn enter(&'static self) -> Option<Turn> {
        let mut state = self.state();
        if state.waiting >= WAITING {
            return None;
        }
        state.waiting += 1;
        let full = |state: &mut State| state.hashing >= AT_ONCE;
        let mut state = self.freed.wait_while(state, full).unwrap_or_else(PoisonError::into_inner);
        state.waiting -= 1;
        state.hashing += 1;
        Some(Turn(self))
    }

    /// Nobody panics between changing one number and the other, so a poisoned lock still holds the truth.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.0.state().hashing -= 1;
        self.0.freed.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;

    use super::*;

    #[test]
    fn no_more_than_two_hash_at_once_and_a_crowd_is_sent_away() {
        static CROWD: Queue =
            Queue { state: Mutex::new(State { hashing: 0, waiting: 0 }), freed: Condvar::new() };
        static MOST: AtomicUsize = AtomicUsize::new(0);
        let threads: Vec<_> = (0..WAITING)
            .map(|_| {
                thread::spawn(|| {
                    let turn = CROWD.enter();
                    MOST.fetch_max(CROWD.state().hashing, Ordering::Relaxed);
                    turn.is_some()
                })
            })
            .collect();
        assert!(threads.into_iter().all(|thread| thread.join().unwrap()));
        assert!(MOST.load(Ordering::Relaxed) <= AT_ONCE);
        let mut state = CROWD.state();
        assert_eq!((state.hashing, state.waiting), (0, 0));
        state.waiting = WAITING;
        drop(state);
        assert!(CROWD.enter().is_none());
    }
}
