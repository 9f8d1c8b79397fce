//! `migrate`, `verify`, `policy`, `openapi`.

use clap::Args;
use dacheng_app::facts::verify::{differing_blocks, rebuild};
use dacheng_app::{App, Error, Result, audit, files};
use dacheng_store::{Store, migrate};

use crate::output;
use crate::settings::Settings;

/// Bring a database up to date.
#[derive(Debug, Args)]
pub struct Migrate {
    #[command(flatten)]
    settings: Settings,
}

impl Migrate {
    /// Runs the command.
    pub fn run(self) -> Result<()> {
        let ran = migrate::run(&Store::open(&self.settings.database)?)?;
        output::line(&format!("{ran} migrations ran; the database is at {}", migrate::known()))
    }
}

/// Compare what is kept with what the facts make.
#[derive(Debug, Args)]
pub struct Verify {
    /// Replace the roll-up blocks by what the facts make
    #[arg(long)]
    rebuild: bool,
    #[command(flatten)]
    settings: Settings,
}

impl Verify {
    /// Runs the command.
    pub fn run(self) -> Result<()> {
        let app = self.settings.existing()?;
        if self.rebuild {
            rebuild(&app)?;
        }
        let problems = damages(&app)?;
        if problems.is_empty() {
            return output::line("roll-up blocks, files and audit trail are whole");
        }
        Err(Error::Refused(problems))
    }
}

/// What is not what the facts and the trail say it is, a sentence each.
pub fn damages(app: &App) -> Result<Vec<String>> {
    let mut tx = app.store.read()?;
    let blocks = differing_blocks(&mut tx)?.into_iter().map(|place| {
        format!(
            "roll-up of {} (measure {}, grain {}) is not what the facts make",
            place.month, place.measure, place.grain
        )
    });
    let trail = audit::first_damaged(&mut tx)?;
    let files = files::damaged(&mut tx)?.into_iter();
    let files = files.map(|sha256| format!("the file {sha256} is damaged or not whole"));
    Ok(blocks
        .chain(files)
        .chain(trail.map(|leaf| format!("audit entry {leaf} is damaged or missing")))
        .collect())
}

/// The permission table.
#[derive(Debug, Args)]
pub struct Policy {
    /// As JSON
    #[arg(long)]
    json: bool,
}

impl Policy {
    /// Runs the command.
    pub fn run(self) -> Result<()> {
        if !self.json {
            return Err(Error::Usage("the policy is written as JSON: policy --json".to_owned()));
        }
        output::json(&serde_json::json!(dacheng_domain::access::policy()))
    }
}

/// Prints the description of the API, as `docs/api/openapi.json` keeps it.
pub fn openapi() -> Result<()> {
    output::line(dacheng_web::api::description().trim_end())
}
