//! `allocate`: the solver alone. The infeasible object goes to standard output, one sentence to standard error.

use std::io::Read;
use std::path::PathBuf;

use clap::Args;
use dacheng_app::allocation::{Preview, preview};
use dacheng_app::{Error, Result};
use serde_json::json;

use crate::output;
use crate::settings::Language;

/// Break a total down: the solver alone, JSON in and out.
#[derive(Debug, Args)]
pub struct Allocate {
    /// The file with the request; - reads standard input
    file: PathBuf,
    /// The language of sentences on the command line
    #[arg(long, env = "DACHENG_LANG", value_enum, default_value_t = Language::En)]
    lang: Language,
}

impl Allocate {
    /// Runs the command.
    pub fn run(self) -> Result<()> {
        let unreadable = |wrong: std::io::Error| Error::Usage(format!("{}: {wrong}", self.file.display()));
        let mut text = String::new();
        if self.file.as_os_str() == "-" {
            std::io::stdin().read_to_string(&mut text).map_err(unreadable)?;
        } else {
            text = std::fs::read_to_string(&self.file).map_err(unreadable)?;
        }
        match preview(&text) {
            Preview::Solved(solved) => output::json(&json!(solved)),
            Preview::Refused(refused) => {
                output::json(&json!(refused))?;
                Err(Error::refused(refused.sentence(self.lang.into())))
            }
            Preview::Malformed(malformed) => Err(Error::Usage(malformed.sentence(self.lang.into()))),
        }
    }
}
