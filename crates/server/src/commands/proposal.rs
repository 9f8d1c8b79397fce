//! `proposal`.

use clap::Args;
use dacheng_app::planning::{Proposed, proposal};
use dacheng_app::{Error, Result};
use dacheng_domain::Fen;
use dacheng_domain::metrics::{Metric, Unit};

use crate::output::{self, Format, Sheet};
use crate::settings::Settings;

/// What a plan's year may come to: history × season × market × capacity, factor by factor.
#[derive(Debug, Args)]
pub struct Proposal {
    /// The plan's code
    plan: String,
    /// revenue or collections
    #[arg(long, default_value = "revenue")]
    metric: String,
    /// How the answer is written
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    #[command(flatten)]
    settings: Settings,
}

impl Proposal {
    /// Runs the command.
    pub fn run(self) -> Result<()> {
        let app = self.settings.existing()?;
        let metric: Metric = self.metric.parse().map_err(|wrong| Error::Usage(format!("{wrong}")))?;
        let found = proposal(&app, &self.settings.operator(&app), &self.plan, metric)?;
        match self.format {
            Format::Json => output::json(&found.json()),
            Format::Table => sheet(&found).table(),
            Format::Csv => sheet(&found).csv(),
        }
    }
}

/// The steps, then the three totals.
fn sheet(found: &Proposed) -> Sheet {
    let amount = |minor: i64| match found.metric.definition().unit {
        Unit::Money => Fen(minor).to_string(),
        Unit::Count | Unit::Percent | Unit::Score | Unit::Days => minor.to_string(),
    };
    let row = |name: &str, change: String, total: i64| vec![name.to_owned(), change, amount(total)];
    let rows = found.proposal.as_ref().map_or_else(
        |_| Vec::new(),
        |own| {
            let steps =
                own.steps.iter().map(|moved| row(moved.step.code(), amount(moved.change), moved.total));
            let totals = [("floor", own.floor), ("target", own.target), ("stretch", own.stretch)];
            steps.chain(totals.map(|(name, total)| row(name, String::new(), total))).collect()
        },
    );
    Sheet { header: ["factor", "change", "total"].map(str::to_owned).to_vec(), rows }
}
