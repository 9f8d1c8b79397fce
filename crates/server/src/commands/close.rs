//! `close-history` and `alerts`.

use clap::{Args, ValueEnum};
use dacheng_app::tracking::alerts::{AlertRow, Filter, alerts};
use dacheng_app::tracking::close::{Recorded, close_history};
use dacheng_app::{Error, Result};
use dacheng_domain::calendar::Month;
use dacheng_domain::tracking::alert::Level;
use serde_json::{Value, json};

use crate::output::{self, Format, Sheet};
use crate::settings::Settings;

/// Close the months of an imported history, one after the other.
#[derive(Debug, Args)]
pub struct CloseHistory {
    /// The first month
    #[arg(long, value_name = "YYYY-MM")]
    from: String,
    /// The last month
    #[arg(long, value_name = "YYYY-MM")]
    through: String,
    /// The day each close is recorded
    #[arg(long, value_enum, default_value_t = On::FirstOfNextMonth)]
    recorded: On,
    #[command(flatten)]
    settings: Settings,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum On {
    /// The 1st of the month after.
    FirstOfNextMonth,
    /// Today.
    Today,
}

impl CloseHistory {
    /// Runs the command.
    pub fn run(self) -> Result<()> {
        let month = |text: &str| -> Result<Month> {
            text.parse().map_err(|wrong| Error::Usage(format!("{text}: {wrong}")))
        };
        let months = (month(&self.from)?, month(&self.through)?);
        let recorded = match self.recorded {
            On::FirstOfNextMonth => Recorded::FirstOfNextMonth,
            On::Today => Recorded::Today,
        };
        let app = self.settings.create()?;
        let closed = close_history(&app, &self.settings.operator(&app), months, recorded)?;
        closed.iter().try_for_each(|closed| {
            output::line(&format!("{} closed on {}", closed.month, closed.recorded_on))
        })
    }
}

/// The alerts, open and ended.
#[derive(Debug, Args)]
pub struct Alerts {
    /// How the list is written
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    #[command(flatten)]
    settings: Settings,
}

impl Alerts {
    /// Runs the command.
    pub fn run(self) -> Result<()> {
        let app = self.settings.existing()?;
        let rows = alerts(&app, &self.settings.operator(&app), &Filter::default())?;
        match self.format {
            Format::Json => output::json(&Value::Array(rows.iter().map(row_json).collect())),
            Format::Table => sheet(&rows).table(),
            Format::Csv => sheet(&rows).csv(),
        }
    }
}

fn level(row: &AlertRow) -> &'static str {
    match row.level {
        Level::Yellow => "yellow",
        Level::Red => "red",
    }
}

fn ratio(row: &AlertRow) -> Option<String> {
    row.figure.attainment.map(|ratio| ratio.to_string())
}

fn row_json(row: &AlertRow) -> Value {
    json!({
        "id": row.id, "owner": row.owner.to_string(), "name": row.owner_name, "metric": row.metric.code(),
        "month": row.figure.month.to_string(), "level": level(row), "attainment": ratio(row),
        "raised_on": row.raised_on, "ended_on": row.ended_on,
    })
}

fn sheet(rows: &[AlertRow]) -> Sheet {
    let header = ["id", "owner", "name", "metric", "month", "level", "attainment", "raised_on"];
    let texts = |row: &AlertRow| {
        vec![
            row.id.to_string(),
            row.owner.to_string(),
            row.owner_name.clone(),
            row.metric.code().to_owned(),
            row.figure.month.to_string(),
            level(row).to_owned(),
            ratio(row).unwrap_or_default(),
            row.raised_on.to_string(),
        ]
    };
    Sheet { header: header.map(str::to_owned).to_vec(), rows: rows.iter().map(texts).collect() }
}
