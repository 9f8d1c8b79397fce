//! A few at a time: what takes a processor and much memory waits for its turn, and a crowd is sent away.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Turns at something, for the whole program: memory and processors are, too.
pub(crate) struct Turns {
    at_once: usize,
    waiting: usize,
    state: Mutex<State>,
    freed: Condvar,
}

struct State {
    working: usize,
    waiting: usize,
}

/// Leave to work, given back when dropped.
pub(crate) struct Turn(&'static Turns);

impl Turns {
    /// So many at once, and so many that wait; more are sent away rather than kept hanging.
    pub const fn new(at_once: usize, waiting: usize) -> Self {
        Self { at_once, waiting, state: Mutex::new(State { working: 0, waiting: 0 }), freed: Condvar::new() }
    }

    /// Waits for a turn; `None` where too many wait.
    pub fn enter(&'static self) -> Option<Turn> {
        let mut state = self.state();
        if state.waiting >= self.waiting {
            return None;
        }
        state.waiting += 1;
        let full = |state: &mut State| state.working >= self.at_once;
        let mut state = self.freed.wait_while(state, full).unwrap_or_else(PoisonError::into_inner);
        state.waiting -= 1;
        state.working += 1;
        Some(Turn(self))
    }

    /// Nobody panics between changing one number and the other, so a poisoned lock still holds the truth.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.0.state().working -= 1;
        self.0.freed.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;

    use super::*;

    #[test]
    fn no_more_than_two_work_at_once_and_a_crowd_is_sent_away() {
        static CROWD: Turns = Turns::new(2, 64);
        static MOST: AtomicUsize = AtomicUsize::new(0);
        let threads: Vec<_> = (0..64)
            .map(|_| {
                thread::spawn(|| {
                    let turn = CROWD.enter();
                    MOST.fetch_max(CROWD.state().working, Ordering::Relaxed);
                    turn.is_some()
                })
            })
            .collect();
        assert!(threads.into_iter().all(|thread| thread.join().unwrap()));
        assert!(MOST.load(Ordering::Relaxed) <= 2);
        let mut state = CROWD.state();
        assert_eq!((state.working, state.waiting), (0, 0));
        state.waiting = 64;
        drop(state);
        assert!(CROWD.enter().is_none());
    }
}
