//! Printing a document, a few at a time. What stands on it is said by whoever asks; how it looks, by `dacheng-paper`.

use dacheng_paper::{Printed, Sheet, print as typeset};

use crate::turns::Turns;
use crate::{App, Context, Error, Result};

/// A sheet takes a processor for tens of milliseconds a page.
static QUEUE: Turns = Turns::new(2, 32);

/// A sheet as PDF, printed now and by somebody. Refused where too many wait.
pub fn print(app: &App, context: &Context, sheet: &Sheet, by: String) -> Result<Vec<u8>> {
    let turn = QUEUE.enter().ok_or_else(|| Error::refused(context.lang.paper().busy()))?;
    let printed = Printed { at: context.now, offset: app.zone.to_offset(context.now), by };
    let pdf = typeset(sheet, &printed).map_err(|wrong| Error::Internal(wrong.to_string()));
    drop(turn);
    pdf
}
