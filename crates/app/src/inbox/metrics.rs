//! Metrics that the asker enters by hand: the finished months of which a value is missing.

use dacheng_store::Read;

use super::{Looks, Matter, Task};
use crate::{App, Result, metrics};

/// Finds those of which the asker is the reporter.
pub(super) fn find(app: &App, looks: &Looks<'_>, tx: &mut Read, tasks: &mut Vec<Task>) -> Result<()> {
    for missing in metrics::missing(app, tx, looks.context, (looks.ground, looks.calendar))? {
        let matter = Matter::Enter(missing.metric, missing.month, missing.number);
        tasks.push(looks.task(matter, missing.due));
    }
    Ok(())
}
