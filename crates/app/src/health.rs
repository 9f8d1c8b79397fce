//! How the program is: whether it can answer, and what it holds. Nothing here says anything about the company.

pub use dacheng_store::Pool;
use dacheng_store::{jobs, migrate};

use crate::{App, Result};

/// Whether the database answers and is at the newest migration.
pub fn ready(app: &App) -> Result<()> {
    Ok(migrate::check(&app.store)?)
}

/// The migration this program works with.
pub fn migration() -> i64 {
    migrate::known()
}

/// How many jobs there are in each state.
pub fn jobs_by_state(app: &App) -> Result<Vec<(&'static str, i64)>> {
    let counts = jobs::counts(&mut app.store.read()?)?;
    Ok(counts.into_iter().map(|(state, count)| (state.word(), count)).collect())
}

/// What the program holds.
#[derive(Debug, Clone)]
pub struct Holdings {
    /// Connections to the database.
    pub pools: Vec<Pool>,
    /// Roll-up blocks in memory.
    pub blocks: usize,
}

/// What the program holds now. Asks the database nothing.
pub fn holdings(app: &App) -> Holdings {
    Holdings { pools: app.store.pools(), blocks: app.memory.blocks_held() }
}
