//! Letting go of contents that hang nowhere any more.

use crate::{App, Result};
use dacheng_store::files;

/// For how long a content is kept that nothing holds, in milliseconds: far longer than any upload takes.
pub const GRACE: i64 = 24 * 60 * 60 * 1_000;
/// Contents that go in one transaction: each may be large.
const BATCH: i64 = 10;

/// Lets go of some of them; says how many. To be called until it is none.
pub fn sweep(app: &App, now: i64) -> Result<u64> {
    let mut tx = app.store.write()?;
    let gone = files::sweep(&mut tx, now.saturating_sub(GRACE), BATCH)?;
    tx.commit()?;
    Ok(gone)
}
