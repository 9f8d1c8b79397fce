//! What people do: one file per use case, and the edges of the world (clock, randomness).
//!
//! Every use case has one shape: open, load, allow, decide (in `domain`), save, record, commit. Pages, API,
//! command line and jobs call the same ones. Use cases block; `web` runs them beside its async loop.

pub mod allocation;
pub mod audit;
pub mod backup;
pub mod calendar;
pub mod clock;
pub mod company;
mod context;
pub mod demo;
mod error;
pub mod exports;
pub mod facts;
pub mod figures;
pub mod files;
pub mod first_steps;
pub mod generate;
pub mod hash;
pub mod health;
pub mod idempotency;
pub mod inbox;
pub mod jobs;
pub mod memory;
pub mod metrics;
pub mod outbox;
pub mod people;
pub mod planning;
pub mod printing;
pub mod random;
pub mod search;
pub mod settings;
#[cfg(feature = "testing")]
pub mod testing;
pub mod tracking;
pub mod trail;
mod turns;

use dacheng_store::Store;
use dacheng_text::Lang;
use jiff::tz::TimeZone;

pub use clock::Clock;
pub use context::{Actor, Context};
pub use dacheng_store::Read;
pub use dacheng_store::accounts::{Account, AccountId, State as AccountState};
pub use dacheng_store::posts::{Post, PostId};
pub use dacheng_store::sessions::Session;
pub use dacheng_store::tokens::{Token, TokenId};
pub use error::{Error, Result};
pub use random::Random;

/// The program's edges, handed to every use case. Cheap to clone.
#[derive(Clone)]
pub struct App {
    /// The database.
    pub store: Store,
    /// The time.
    pub clock: Clock,
    /// Secrets.
    pub random: Random,
    /// Caches.
    pub memory: std::sync::Arc<memory::Memory>,
    /// The company's zone; days begin and end there.
    pub zone: TimeZone,
    /// What may leave for outside, and by which way.
    pub outbound: std::sync::Arc<outbox::Outbound>,
}

impl App {
    /// One request by `actor`, now. The operator and the program reach everything; somebody who signed in comes
    /// with their rights from [`people::access::Caller::context`].
    pub fn context(&self, actor: Actor, lang: Lang) -> Context {
        let access = people::access::Access::of(&actor);
        let (now, today) = (self.clock.now(), self.clock.today(&self.zone));
        Context { actor, access, lent: Vec::new(), now, today, lang, request: None }
    }
}
