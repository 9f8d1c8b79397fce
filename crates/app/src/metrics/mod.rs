//! A company's own metrics: defined and changed by sales operations, and the values of those that somebody enters by hand. What
//! they come to is answered in [`crate::figures`].

mod define;
mod due;
mod entries;
mod entry_file;
mod reporting;

use std::sync::Arc;

use dacheng_domain::metrics::Metric;
use dacheng_domain::metrics::own::{Catalogue, OwnSpecs};
use dacheng_store::{Read, settings};

use crate::{App, Error, Result};

pub use define::{NewMetric, change, define, retire};
pub use due::{Missing, missing};
pub use entries::{Entered, Entry, Sheet, SheetRow, cannot_enter, enter, history, sheet};
pub use entry_file::{BroughtIn, ValuesFile, import};
pub use reporting::{Reporting, reported};

/// The setting's name in `store`.
pub(crate) const NAME: &str = "own_metrics";

/// Every metric of the company, as the transaction sees it.
pub fn catalogue(app: &App, tx: &mut Read) -> Result<Arc<Catalogue>> {
    app.memory.catalogue(tx)
}

/// The metric of a code; a usage error where there is none.
pub fn read(app: &App, tx: &mut Read, code: &str) -> Result<Metric> {
    catalogue(app, tx)?.read(code).map_err(|wrong| Error::Usage(wrong.to_string()))
}

/// The own metrics as they are kept, and the version of the setting (0 where none was defined yet).
pub fn specs(tx: &mut Read) -> Result<(OwnSpecs, i64)> {
    match settings::current(tx, NAME)? {
        None => Ok((OwnSpecs::default(), 0)),
        Some(setting) => {
            let found = serde_json::from_str(&setting.value)
                .map_err(|wrong| Error::Internal(format!("own metrics: {wrong}")))?;
            Ok((found, setting.version))
        }
    }
}
