//! The folder of files that wait, and the threads that work on them.

use std::fs;
use std::os::unix::fs::DirBuilderExt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use dacheng_sheets::ChildCommand;

use super::incoming::Incoming;
use super::turns::{Turns, UnderWay};
use crate::{App, Context, Error, Result};

/// Checks at once: each holds its file's rows in memory.
const CHECKS: usize = 2;

/// Files on their way in.
pub struct Uploads {
    folder: PathBuf,
    pub(super) workbooks: ChildCommand,
    pub(super) checks: Turns,
    /// One file is written at a time, so that a file which comes twice at once meets what its twin brought.
    pub(super) writes: Turns,
    under_way: UnderWay,
    stopping: AtomicBool,
}

impl Uploads {
    /// Files in a folder, which is emptied: nothing waits across a start.
    pub fn new(folder: PathBuf, workbooks: ChildCommand) -> Result<Self> {
        let failed = |wrong: std::io::Error| Error::Internal(format!("{}: {wrong}", folder.display()));
        if folder.exists() {
            fs::remove_dir_all(&folder).map_err(failed)?;
        }
        fs::DirBuilder::new().mode(0o700).create(&folder).map_err(failed)?;
        let (checks, writes) = (Turns::at_once(CHECKS), Turns::at_once(1));
        Ok(Self {
            folder,
            workbooks,
            checks,
            writes,
            under_way: UnderWay::default(),
            stopping: AtomicBool::new(false),
        })
    }

    /// A new file of at most so many bytes, to be filled.
    pub fn incoming(&self, app: &App, most: u64) -> Result<Incoming> {
        Incoming::create(&self.folder, app.random.text()?, most)
    }

    /// Where a file lies.
    pub(super) fn path(&self, upload: &str) -> PathBuf {
        self.folder.join(upload)
    }

    /// Removes a file; one that is not there has been removed before.
    pub(super) fn remove(&self, upload: &str) {
        remove(&self.folder, upload);
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether a file is still there.
    pub(super) fn has(&self, upload: &str) -> bool {
        Path::new(&self.path(upload)).exists()
    }

    /// Does something beside the request. What it comes to is in the database.
    pub(super) fn beside(
        self: &Arc<Self>,
        name: String,
        work: impl FnOnce(&Self) + Send + 'static,
    ) -> Result<()> {
        let (uploads, request) = (Arc::clone(self), tracing::Span::current());
        let run = move || {
            let _within = request.enter();
            if catch_unwind(AssertUnwindSafe(|| work(&uploads))).is_err() {
                tracing::error!("{name} ended early");
            }
            uploads.under_way.end();
        };
        self.under_way.begin();
        let started = std::thread::Builder::new().name("upload".to_owned()).spawn(run);
        started.map(drop).map_err(|wrong| {
            self.under_way.end();
            Error::Internal(wrong.to_string())
        })
    }

    /// The server stops: what is checked or written beside the requests ends at its next step and does not count.
    /// What does not get that far is discarded at the next start.
    pub fn stop(&self) {
        self.stopping.store(true, Ordering::Relaxed);
    }

    pub(super) fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::Relaxed)
    }

    pub(super) fn goes_on(&self, context: &Context) -> Result<()> {
        if self.is_stopping() { Err(Error::refused(context.lang.uploads().server_stopped())) } else { Ok(()) }
    }

    /// How many files are being checked or written, or wait for their turn.
    pub fn under_way(&self) -> usize {
        self.under_way.count()
    }

    /// Waits until nothing is checked or written any more.
    pub fn wait(&self) {
        self.under_way.wait();
    }

    /// Waits as [`Self::wait`] does, but no longer than that; whether nothing is under way then.
    pub fn wait_for(&self, most: Duration) -> bool {
        self.under_way.wait_for(most)
    }
}

/// Removes a file of a folder; one that is not there has been removed before.
pub(super) fn remove(folder: &Path, upload: &str) {
    let _ = fs::remove_file(folder.join(upload));
}

impl Drop for Uploads {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}
