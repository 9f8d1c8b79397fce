//! Giving one's password again (再次验证密码) before an act that binds others, opens doors, touches pay or takes everything
//! away. Which acts those are stands in the permission table ([`super::Grant::step_up`]); here is for how long a password
//! that was given counts, and who is asked.

use jiff::{SignedDuration, Timestamp};

use super::{Action, Right, Viewer};
use crate::people::Organisation;

/// For how long a password counts for acts that ask for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lasting(SignedDuration);

impl Lasting {
    /// Seconds where a company chooses nothing. Ten minutes: whoever closes a month or signs a pile of letters types once;
    /// whoever sits down at a machine that was left on over a meeting or a lunch cannot.
    pub const USUAL: u32 = 10 * 60;
    /// Nobody chooses longer: an hour is most of a meeting away from one's desk.
    pub const LONGEST: u32 = 60 * 60;

    /// So many seconds, from one to [`Lasting::LONGEST`].
    ///
    /// ```
    /// use dacheng_domain::access::step_up::Lasting;
    /// assert!(Lasting::seconds(600).is_some());
    /// assert!(Lasting::seconds(0).is_none() && Lasting::seconds(3601).is_none());
    /// ```
    pub fn seconds(seconds: u32) -> Option<Self> {
        (1..=Self::LONGEST).contains(&seconds).then(|| Self(SignedDuration::from_secs(seconds.into())))
    }

    /// In whole seconds.
    pub fn as_seconds(self) -> i64 {
        self.0.as_secs()
    }

    /// The last moment at which a password that is given now counts.
    pub fn until(self, given: Timestamp) -> Timestamp {
        given.saturating_add(self.0).unwrap_or(Timestamp::MAX)
    }

    /// Whether a password that was given then still counts now. The clocks of two nodes may differ by a little; one that
    /// was set back by more asks again.
    pub fn counts(self, given: Timestamp, now: Timestamp) -> bool {
        now.duration_since(given).abs() <= self.0
    }
}

impl Default for Lasting {
    fn default() -> Self {
        Self(SignedDuration::from_secs(Self::USUAL.into()))
    }
}

impl Viewer {
    /// Whether using a right on a line of the table asks this viewer for their password: where one of their posts, own or
    /// lent, gives it with that mark. Which object it is about is not asked, so that it can be known before any is loaded:
    /// whoever checks red plans is asked for the yellow ones that come to them as well, whoever checks only yellow ones
    /// never.
    pub fn steps_up(&self, organisation: &Organisation, action: Action, right: Right) -> bool {
        let mut held = self.held.iter().filter(|held| self.is_in_office(organisation, held));
        held.any(|held| {
            let also = if held.role.leads() { action.cells().specialist } else { &[] };
            action.cells().of(held.role).iter().chain(also).any(|grant| grant.asks(right))
        })
    }
}
