//! `backup` and `restore`: the whole company in one file, and back.

use std::path::PathBuf;

use clap::Args;
use dacheng_app::backup::{Manifest, Restored, Target, restore, save};
use dacheng_app::{Error, Result};
use dacheng_store::Store;

use super::operation::damages;
use crate::output;
use crate::settings::Settings;

/// The word that lets a restore take away what is there.
const EVERYTHING: &str = "everything";

/// Write the whole company into one file, while everybody works
#[derive(Debug, Args)]
pub struct Backup {
    /// The file; one that is there is not overwritten
    file: PathBuf,
    #[command(flatten)]
    settings: Settings,
}

impl Backup {
    /// Runs the command.
    pub fn run(self) -> Result<()> {
        let saved = save(&self.settings.existing()?, &self.file)?;
        output::line(&format!("{}: {}, read back and whole", self.file.display(), told(&saved)))
    }
}

/// Put a backup into an empty database of either engine: all of it, or nothing
#[derive(Debug, Args)]
pub struct Restore {
    /// The file that `backup` wrote
    file: PathBuf,
    /// Lose what the database holds: --replace everything
    #[arg(long, value_name = "everything", value_parser = [EVERYTHING])]
    replace: Option<String>,
    #[command(flatten)]
    settings: Settings,
}

impl Restore {
    /// Runs the command.
    pub fn run(self) -> Result<()> {
        let target = if self.replace.is_some() { Target::Replaced } else { Target::Empty };
        let restored = restore(&Store::open(&self.settings.database)?, &self.file, target)?;
        output::line(&format!("{}: {}, restored", self.file.display(), told(&restored.manifest)))?;
        for sentence in left_out(&restored) {
            output::line(&sentence)?;
        }
        let damages = damages(&self.settings.existing()?)?;
        if damages.is_empty() {
            return output::line("roll-up blocks, files and audit trail are whole");
        }
        let before = "restored as it was saved, but it was not whole then".to_owned();
        Err(Error::Refused([vec![before], damages].concat()))
    }
}

fn told(manifest: &Manifest) -> String {
    let rows: u64 = manifest.tables.iter().map(|part| part.rows).sum();
    let (made, leaf) = (manifest.made_at, manifest.audit.leaf);
    format!("{rows} rows in {} tables of {made}, audit trail to {leaf}", manifest.tables.len())
}

/// What does not come back with a backup, a sentence each.
fn left_out(restored: &Restored) -> Vec<String> {
    let left = restored.left_out;
    let counted = [
        (left.sessions, "sessions: everybody signs in again"),
        (left.links, "one-time links: send new ones to who has not set a password yet"),
        (left.tokens, "API tokens: their owners make new ones under /me"),
        (left.exports, "finished exports, whose files are in no backup: export again"),
        (
            left.messages,
            "messages that waited to leave: look at the notification channels, send again what is missing",
        ),
        (restored.imports as u64, "imports under way, whose files are in no backup: discarded, upload again"),
    ];
    let told = counted.into_iter().filter(|(count, _)| *count > 0);
    told.map(|(count, what)| format!("left out: {count} {what}")).collect()
}
