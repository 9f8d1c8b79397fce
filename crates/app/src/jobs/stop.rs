//! Telling those who work beside the requests to come to an end.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

/// A signal that is given once and heard by all. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<(Mutex<bool>, Condvar)>);

impl Stop {
    /// Gives the signal.
    pub fn give(&self) {
        *self.0.0.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.0.1.notify_all();
    }

    /// Whether it was given.
    pub fn is_given(&self) -> bool {
        *self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits so long, or until it is given; answers whether it was.
    pub fn wait(&self, most: Duration) -> bool {
        let given = self.0.0.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.0.1.wait_timeout_while(given, most, |given| !*given);
        *waited.unwrap_or_else(PoisonError::into_inner).0
    }
}
