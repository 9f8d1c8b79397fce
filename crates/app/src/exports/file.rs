//! The files of exports: where they lie, fetching one, letting go of those whose day is over.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use dacheng_domain::people::Organisation;
use dacheng_store::jobs::{self, State};

use super::own::{Asked, kept};
use super::{Format, KEPT};
use crate::jobs::{Kind, Places};
use crate::{App, Context, Error, Result};

/// A file that is ready.
#[derive(Debug)]
pub struct File {
    /// Its name for whoever saves it.
    pub name: String,
    /// As what it was asked for.
    pub format: Format,
    /// The file, open.
    pub file: fs::File,
    /// Its size.
    pub bytes: u64,
}

/// Where the file of an export lies once it is whole.
pub(super) fn path(folder: &Path, id: i64, format: Format) -> PathBuf {
    folder.join(format!("{id}.{}", format.ending()))
}

/// Where it lies while it is written.
pub(super) fn part(folder: &Path, id: i64) -> PathBuf {
    folder.join(format!("{id}.part"))
}

/// The file of one of one's own exports, within a day. What may be read is looked at again.
pub fn fetch(
    app: &App,
    context: &Context,
    organisation: &Organisation,
    places: &Places,
    id: i64,
) -> Result<File> {
    let (job, Asked { format, .. }) = kept(&mut app.store.read()?, context, organisation, id)?;
    let say = context.lang.jobs();
    let now = context.now.as_millisecond();
    let ended = job.ended_at.filter(|_| job.state == State::Done);
    let Some(ended) = ended else { return Err(Error::refused(say.not_ready())) };
    if ended.saturating_add(KEPT) <= now {
        return Err(Error::refused(say.day_is_over()));
    }
    let file =
        fs::File::open(path(&places.exports, id, format)).map_err(|_| Error::refused(say.file_is_gone()))?;
    let bytes = file.metadata().map_err(|wrong| Error::Internal(wrong.to_string()))?.len();
    let made = app.zone.to_datetime(jiff::Timestamp::from_millisecond(ended).unwrap_or(context.now));
    Ok(File { name: format!("audit-{}.{}", made.date(), format.ending()), format, file, bytes })
}

/// Removes the files of exports whose day is over, or that nobody waits for; says how many.
pub fn expire(app: &App, places: &Places, now: i64) -> Result<usize> {
    let Ok(entries) = fs::read_dir(&places.exports) else { return Ok(0) };
    let wanted = jobs::wanted(&mut app.store.read()?, Kind::Export.name(), now.saturating_sub(KEPT))?;
    let wanted: BTreeSet<i64> = wanted.into_iter().collect();
    let mut removed = 0;
    for entry in entries.flatten() {
        let of = entry.path().file_stem().and_then(|stem| stem.to_str()?.parse::<i64>().ok());
        if of.is_none_or(|id| !wanted.contains(&id)) && fs::remove_file(entry.path()).is_ok() {
            removed += 1;
        }
    }
    Ok(removed)
}
